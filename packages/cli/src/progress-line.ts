// SPDX-License-Identifier: MIT
/** One line on a terminal's standard error that says how far a long search is. */

import { visible } from '@hmmlab/reporter';
import type { Progress } from '@hmmlab/runtime';
import type { Console } from './console.ts';

const FIRST_AFTER_MS = 1000;
const EVERY_MS = 200;

/** Writes nothing unless standard error is a terminal. */
export class ProgressLine {
  readonly #console: Console;
  #shownAt = 0;
  #shown = false;

  constructor(console: Console) {
    this.#console = console;
  }

  /** Shows where the search of `name` stands; too early or too often is ignored. */
  show(name: string, progress: Progress, elapsedMs: number): void {
    const due = this.#shown ? this.#shownAt + EVERY_MS : FIRST_AFTER_MS;
    if (!this.#console.err.isTerminal || elapsedMs < due) return;
    const { states, transitions, frontier } = progress;
    const seconds = Math.floor(elapsedMs / 1000);
    const counts = `${counted(states)} states, ${counted(transitions)} transitions`;
    const text = visible(`${seconds} s: ${counts}, ${counted(frontier)} to go; ${name}`);
    this.#console.err.write(`\r\u001b[K${text.slice(0, this.#console.width - 1)}`);
    this.#shown = true;
    this.#shownAt = elapsedMs;
  }

  /** Takes the line away; before anything else is printed. */
  clear(): void {
    if (this.#shown) this.#console.err.write('\r\u001b[K');
    this.#shown = false;
  }
}

function counted(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, ',');
}
