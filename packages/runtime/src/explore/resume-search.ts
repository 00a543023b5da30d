// SPDX-License-Identifier: MIT
/** Goes on with a search from a checkpoint, if it is one of this program. */

import { LearnedExploration } from '../engine/learned-exploration.ts';
import type { Program } from '../program/index.ts';
import { programHash } from '../schedule/program-hash.ts';
import type { Checkpoint } from './checkpoint.ts';
import { CHECKPOINT_VERSION } from './checkpoint.ts';
import { canCheckpoint } from './create-search.ts';
import type { Search, SearchOptions } from './search.ts';
import { searchBy, taskOf } from './search-machine.ts';

/** Why a checkpoint is not gone on with. */
export interface Refusal {
  /** `version`: of another version of ours; `foreign`: of another question; `strategy`: such a search has none. */
  readonly why: 'version' | 'foreign' | 'strategy';
  readonly message: string;
}

/** A search, or why there is none. */
export type Resumed =
  | { readonly kind: 'search'; readonly search: Search }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/**
 * The search that a checkpoint was made of, from where it was. Its verdict is that of a search that was
 * never interrupted, byte for byte, but for what a limit of bytes cuts off: tables are smaller again at
 * first. Limits are those of `options`, which may be higher than before; what is asked must be the same.
 */
export function resumeSearch(
  program: Program,
  checkpoint: Checkpoint,
  options: SearchOptions = {},
): Resumed {
  const refusal = refusalOf(program, checkpoint, options);
  if (refusal !== null) return { kind: 'refused', refusal };
  const task = taskOf(program, options);
  const { keepsGraph } = checkpoint.header;
  const first = new LearnedExploration(program, task, { keepsGraph, from: checkpoint });
  const second = (): LearnedExploration =>
    new LearnedExploration(program, task, { keepsGraph: true });
  return { kind: 'search', search: searchBy({ first, second }, task) };
}

function refusalOf(
  program: Program,
  { header }: Checkpoint,
  options: SearchOptions,
): Refusal | null {
  if (!canCheckpoint(program, options)) {
    return { why: 'strategy', message: 'a bounded or naive search has no checkpoints' };
  }
  if (header.version !== CHECKPOINT_VERSION) {
    const message = `a checkpoint of version ${header.version}; this is ${CHECKPOINT_VERSION}`;
    return { why: 'version', message };
  }
  const [before, now]: readonly number[] = [header.program.version, program.version];
  if (before !== now) {
    const message = `a program of version ${before}; this is one of ${now}`;
    return { why: 'version', message };
  }
  const [was, is] = [programHash(header.program), programHash(program)];
  if (was !== is) {
    return { why: 'foreign', message: `it was made for program ${was}; this one is ${is}` };
  }
  // Findings have places, and expectations tell them apart: here nothing may differ.
  if (JSON.stringify(header.program) !== JSON.stringify(program)) {
    return { why: 'foreign', message: 'text, place or expectations of the program have changed' };
  }
  if (header.checks.join() !== taskOf(program, options).checks.join()) {
    return { why: 'foreign', message: `it was made for these checks: ${header.checks.join(', ')}` };
  }
  return null;
}
