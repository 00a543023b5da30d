// SPDX-License-Identifier: MIT
/** What a step is to the search for livelocks: which threads pass a head on it, and whether it is forced. */

import type { Transition } from '../interpreter/machine.ts';
import type { Program } from '../program/index.ts';
import { positionNumber } from './control-flow.ts';

/** The acting thread passes the head of a loop that is meant: see `meant` of a step's result. */
export const MEANT = 1;
/** The environment's choice in a thread's own step: an allocation that fails. */
export const REFUSED = 2;

/** One bit per thread. */
export function bitOf(thread: number): number {
  return 1 << thread;
}

/** Threads that pass such a head in another's step, as a mask: rare. */
export function othersIn(meant: readonly number[], { thread }: Transition): number {
  let mask = 0;
  for (const one of meant) if (one !== thread) mask |= bitOf(one);
  return mask;
}

export class StepMarks {
  readonly #allocations = new Set<number>();

  constructor({ procs }: Program) {
    for (const [proc, { code }] of procs.entries()) {
      for (const [pc, { op }] of code.entries()) {
        if (op === 'alloc') this.#allocations.add(positionNumber(proc, pc));
      }
    }
  }

  /**
   * The marks of a step with this `meant` in its result.
   *
   * @param standing where its thread stands: (proc, pc) of each frame, outermost first
   */
  of(
    transition: Transition,
    meant: readonly number[],
    standing: () => readonly (readonly [proc: number, pc: number])[],
  ): number {
    const passes = meant.includes(transition.thread) ? MEANT : 0;
    return passes | (this.#isRefused(transition, standing) ? REFUSED : 0);
  }

  #isRefused(
    { alternative, environment }: Transition,
    standing: () => readonly (readonly [proc: number, pc: number])[],
  ): boolean {
    if (environment !== null || alternative === 0 || this.#allocations.size === 0) return false;
    const top = standing().at(-1);
    return top !== undefined && this.#allocations.has(positionNumber(...top));
  }
}
