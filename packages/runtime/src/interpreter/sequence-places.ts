// SPDX-License-Identifier: MIT
/** Where a program keeps values of sequence counters: worked out once, for `sequences.ts`. */

import type { Program } from '../program/index.ts';
import type { Layout } from './layout.ts';

/** Places of cells and locals of kind `seq`. */
export interface SequencePlaces {
  /** Addresses of cells; `counters` are those that are counted. */
  readonly cells: readonly number[];
  readonly counters: readonly number[];
  /** Per proc, slots of locals; in those of `counting` lies what is worked on from. */
  readonly locals: readonly (readonly number[])[];
  readonly counting: readonly (readonly number[])[];
}

/** The places of a program; null if it has no counter, so that values never change. */
export function sequencePlaces(program: Program, layout: Layout): SequencePlaces | null {
  const cells = layout.cells.flatMap(({ type }, address) => (type.kind === 'seq' ? [address] : []));
  const counters = cells.filter((address) => {
    const type = layout.cells[address]?.type;
    return type?.kind === 'seq' && type.counter;
  });
  if (counters.length === 0) return null;
  const locals = program.procs.map((proc) =>
    proc.locals.flatMap(({ type }, slot) => (type.kind === 'seq' ? [slot] : [])),
  );
  const counting = program.procs.map((proc) =>
    proc.locals.flatMap(({ type }, slot) => (type.kind === 'seq' && type.counter ? [slot] : [])),
  );
  return { cells, counters, locals, counting };
}
