// SPDX-License-Identifier: MIT
/**
 * The interpreter's context for steps whose footprints are to be small. After each step the interpreter frees dead
 * slots that nothing refers to and renumbers sequence counters, so that equal states look equal; both read the
 * whole state. Traces never compare states. So counters count on, and a slot is found to be free when one is needed.
 */

import { Draft } from '../interpreter/draft.ts';
import { createContext } from '../interpreter/interpreter.ts';
import { referencedSlots } from '../interpreter/references.ts';
import type { StepContext } from '../interpreter/step.ts';
import type { Program } from '../program/index.ts';

/** As `createContext`, for traces. */
export function traceContext(program: Program, reached: Set<number>): StepContext {
  const usual = createContext(program, reached);
  const { world } = usual;
  return {
    ...usual,
    world: {
      ...world,
      sequences: null,
      // What has been forgotten once is never referred to again, so it does not matter when this is asked.
      isForgotten: (view, slot) => !referencedSlots(new Draft(world, view, 0)).has(slot),
    },
  };
}
