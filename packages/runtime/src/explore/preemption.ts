// SPDX-License-Identifier: MIT
/** When a switch to another thread is a preemption: where the running one could have gone on. */

import type { Machine, Transition } from '../interpreter/machine.ts';

/** Whether a thread has a step of its own in a state, other than one that only excluded runs take. */
export function canGoOnFrom<State>(
  machine: Machine<State>,
  state: State,
  enabled: readonly Transition[],
  thread: number,
): boolean {
  return enabled.some(
    (transition) =>
      transition.thread === thread &&
      transition.environment === null &&
      machine.step(state, transition).kind !== 'cut',
  );
}
