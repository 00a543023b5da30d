// SPDX-License-Identifier: MIT
/** What the life of an object is told from, and what is told of it. */

import type { Trace } from '@hmmlab/runtime';
import type { Finding, Program } from '@hmmlab/runtime/program';

/** A step worth telling: its index and what it is in this life. */
export interface Mark {
  readonly index: number;
  readonly what: string;
}

/** Finds the marks of an object's life; `object` is the finding's. */
export type Recipe = (input: LifeInput) => readonly Mark[];

export interface LifeInput {
  readonly program: Program;
  readonly finding: Finding;
  readonly trace: Trace;
  readonly object: string;
}
