// SPDX-License-Identifier: MIT
/** Says now and then how far a long search is, as annotations of its test: reporters get them while it runs. */

import { progressText } from '@hmmlab/reporter';
import { type Progress, SearchPace } from '@hmmlab/runtime';
import type { TestContext } from 'vitest';

const FIRST_AFTER_MS = 5000;
const EVERY_MS = 10_000;

export class ProgressNotes {
  readonly #annotate: (text: string) => void;
  readonly #pace = new SearchPace();
  #nextAt = FIRST_AFTER_MS;

  constructor(ctx: Pick<TestContext, 'annotate'>) {
    this.#annotate = (text) => void ctx.annotate(text, 'progress');
  }

  /** Between two slices of work; most calls say nothing. */
  show(progress: Progress, elapsedMs: number): void {
    const pace = this.#pace.look(progress, elapsedMs);
    if (elapsedMs < this.#nextAt) return;
    this.#nextAt = elapsedMs + EVERY_MS;
    this.#annotate(progressText(progress, pace, elapsedMs));
  }
}
