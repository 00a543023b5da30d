// SPDX-License-Identifier: MIT
/**
 * What a step is to the search for livelocks, by the instruction at which its thread stands. A `forever`
 * loop has a head that is a border, so that going round is a step of the thread's own and can be seen
 * from its position; no engine has to report it.
 */

import type { Machine, Transition } from '../interpreter/machine.ts';
import type { Instruction, Program } from '../program/index.ts';
import { positionNumber } from './control-flow.ts';

/** The thread passes the head of a loop that is meant: a `forever`, or a worker's loop over its queue. */
export const MEANT = 1;
/** The environment's choice in a thread's own step: an allocation that fails. */
export const REFUSED = 2;

function isMeant(instruction: Instruction): boolean {
  if (instruction.meant === true) return true;
  return instruction.op === 'primitive' && instruction.name === 'worker_take';
}

export class StepMarks {
  readonly #meant = new Set<number>();
  readonly #allocations = new Set<number>();

  constructor({ procs }: Program) {
    for (const [proc, { code }] of procs.entries()) {
      for (const [pc, instruction] of code.entries()) {
        const position = positionNumber(proc, pc);
        if (isMeant(instruction)) this.#meant.add(position);
        if (instruction.op === 'alloc') this.#allocations.add(position);
      }
    }
  }

  /** The marks of a step from `state`. */
  of<State>(machine: Machine<State>, state: State, transition: Transition): number {
    if (transition.environment !== null) return 0;
    const fails = transition.alternative > 0 && this.#allocations.size > 0;
    if (this.#meant.size === 0 && !fails) return 0;
    const top = machine.positions(state, transition.thread).at(-1);
    if (top === undefined) return 0;
    const position = positionNumber(...top);
    if (this.#meant.has(position)) return MEANT;
    return fails && this.#allocations.has(position) ? REFUSED : 0;
  }
}
