// SPDX-License-Identifier: MIT
/** Equality of transitions, by value. */

import type { Transition } from '../interpreter/machine.ts';

/** Whether two transitions are the same way on. */
export function isSameTransition(a: Transition, b: Transition): boolean {
  return (
    a.thread === b.thread && a.alternative === b.alternative && a.environment === b.environment
  );
}
