// SPDX-License-Identifier: MIT
/** One line on a terminal's standard error that says how far a long search is. */

import { progressText, visible } from '@hmmlab/reporter';
import { type Progress, SearchPace } from '@hmmlab/runtime';
import type { Console } from './console.ts';

const FIRST_AFTER_MS = 1000;
const EVERY_MS = 200;

/** Writes nothing unless standard error is a terminal. */
export class ProgressLine {
  readonly #console: Console;
  #shownAt = 0;
  #shown = false;
  #pace = new SearchPace();
  #lookedAt = 0;

  constructor(console: Console) {
    this.#console = console;
  }

  /** Shows where the search of `name` stands; too early or too often is ignored. */
  show(name: string, progress: Progress, elapsedMs: number): void {
    if (elapsedMs < this.#lookedAt) this.#pace = new SearchPace();
    this.#lookedAt = elapsedMs;
    const due = this.#shown ? this.#shownAt + EVERY_MS : FIRST_AFTER_MS;
    if (!this.#console.err.isTerminal || elapsedMs < due) return;
    const pace = this.#pace.look(progress, elapsedMs);
    const text = visible(`${progressText(progress, pace, elapsedMs)}; ${name}`);
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
