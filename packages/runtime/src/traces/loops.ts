// SPDX-License-Identifier: MIT
/** Notices that the current schedule has come back to a state it was in: schedules of such programs have no end. */

import type { Execution } from './execution.ts';

export class Loops {
  readonly #execution: Execution;
  /** By thread and number of its value: how many states of the schedule have it just behind a step of the thread. */
  readonly #visits: number[][];

  constructor(execution: Execution, threads: number) {
    this.#execution = execution;
    this.#visits = Array.from({ length: threads }, () => []);
  }

  /** To be called before a step whose next row is written: whether it leads back to an earlier state. */
  closes(thread: number): boolean {
    const { length, rows, width } = this.#execution;
    const to = this.#execution.offset(length + 1);
    const value = rows[to + thread] ?? 0;
    const isFirst = (rows[thread] ?? 0) !== value && (this.#visits[thread]?.[value] ?? 0) === 0;
    if (isFirst) return false;
    for (let from = to - width; from >= 0; from -= width) {
      if (rows[from + thread] === value && areEqual(rows, from, to, width)) return true;
    }
    return false;
  }

  /** The thread has taken a step, the last one of the schedule. */
  enter(thread: number): void {
    this.#count(thread, this.#execution.length, 1);
  }

  /** The last step, one of this thread, is about to be taken back. */
  leave(thread: number): void {
    this.#count(thread, this.#execution.length, -1);
  }

  #count(thread: number, length: number, by: number): void {
    const counts = this.#visits[thread] ?? [];
    const value = this.#execution.rows[this.#execution.offset(length) + thread] ?? 0;
    while (counts.length <= value) counts.push(0);
    counts[value] = (counts[value] ?? 0) + by;
  }
}

function areEqual(rows: Int32Array, a: number, b: number, width: number): boolean {
  for (let field = 0; field < width; field += 1) {
    if (rows[a + field] !== rows[b + field]) return false;
  }
  return true;
}
