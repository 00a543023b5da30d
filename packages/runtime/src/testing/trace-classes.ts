// SPDX-License-Identifier: MIT
/** The Mazurkiewicz traces of a small program, found the plain way: all complete schedules, sorted by what happens before what. */

import type { State } from '../interpreter/state.ts';
import { Execution, writeRow } from '../traces/execution.ts';
import type { LearnedProgram } from '../traces/learned-program.ts';
import type { Observer, WalkOptions } from '../traces/trace-walk.ts';
import { WholeStateChecks } from '../traces/whole-state-checks.ts';

/** More schedules than a test wants to look at, or endless ones. */
export class TooManySchedules extends Error {}

const LONGEST = 200;

/** Equal for two schedules iff one becomes the other by exchanging independent neighbours. */
export function traceOf(execution: Execution, threads: number): string {
  const byThread = Array.from({ length: threads }, (): string[] => []);
  for (const [index, { way }] of execution.steps.entries()) {
    const clock = execution.newClock();
    execution.join(clock, index);
    byThread[way.transition.thread]?.push(`${way.label}:${clock.join()}`);
  }
  return byThread.map((steps) => steps.join(' ')).join(' | ');
}

/**
 * All complete schedules, one after the other.
 *
 * @throws TooManySchedules beyond `most`
 */
export class AllSchedules {
  readonly #learned: LearnedProgram;
  readonly #checks: WholeStateChecks;
  readonly #execution: Execution;
  readonly #observer: Observer;
  #left: number;

  constructor(
    learned: LearnedProgram,
    observer: Observer,
    { hasEnvironment }: WalkOptions,
    most: number,
  ) {
    this.#learned = learned;
    this.#observer = observer;
    this.#checks = new WholeStateChecks(learned, hasEnvironment);
    const { fields, threads, dependence } = learned;
    this.#execution = new Execution(fields.count, threads, dependence);
    this.#left = most;
  }

  walk(initial: State): void {
    this.#execution.rows.set(this.#learned.fields.encode(initial), 0);
    this.#from();
  }

  #complete(): void {
    this.#left -= 1;
    if (this.#left < 0) throw new TooManySchedules();
    this.#observer.complete(this.#execution);
  }

  #from(): void {
    const { length, width } = this.#execution;
    if (length > LONGEST) throw new TooManySchedules();
    const [from, to] = [length * width, (length + 1) * width];
    const all = Array.from({ length: this.#learned.threads }, (_, thread) =>
      this.#learned.waysOf(thread, this.#execution.rows, from),
    );
    const isQuiet = all.every(({ own }) => own === 0);
    if (isQuiet && this.#observer.quiet(this.#execution)) return this.#complete();
    const ways = all.flatMap(({ list }) => list);
    if (ways.length === 0) return this.#complete();
    for (const way of ways) {
      const { rows } = this.#execution;
      const plain = this.#learned.stepOf(way, rows, from);
      writeRow(rows, from, to, plain, width);
      const step = this.#checks.with(plain, rows, from, to);
      this.#execution.push(step);
      if (step.end === null) this.#from();
      else {
        this.#observer.ended(this.#execution, step.end);
        this.#complete();
      }
      this.#execution.pop();
    }
  }
}
