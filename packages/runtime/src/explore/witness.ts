// SPDX-License-Identifier: MIT
/**
 * Replays a counterexample on the machine: the proof that it shows what it is said to show, and the
 * finding's words as they are at the end of this very schedule.
 */

import type { Machine, Occurrence, StepResult } from '../interpreter/machine.ts';
import { isSameTransition } from '../schedule/same-transition.ts';
import type { Schedule } from '../schedule/schedule.ts';
import { brokenOutcomes } from './outcomes.ts';
import { canGoOnFrom } from './preemption.ts';
import type { Sliced } from './sliced.ts';

export interface Witness {
  readonly occurrence: Occurrence;
  readonly preemptions: number;
}

/** All that the end of a schedule shows. */
function shownAt<State>(
  machine: Machine<State>,
  end: StepResult<State>,
  blockedThread: number | null,
): readonly Occurrence[] {
  if (end.kind !== 'state') return end.kind === 'finding' ? end.occurrences : [];
  const { state } = end;
  if (blockedThread !== null) return [machine.blockedForEver(state, blockedThread)];
  const ending = machine.ending(state, machine.enabled(state));
  if (ending.kind === 'running') return [];
  const outcomes = ending.kind === 'final' ? brokenOutcomes(machine, state) : [];
  return [...ending.occurrences, ...outcomes];
}

/** Where a schedule leads. */
export interface Walked<State> {
  readonly end: StepResult<State>;
  readonly preemptions: number;
}

/**
 * Takes a schedule to its end and counts its preemptions.
 *
 * @throws if a transition is not enabled: then the machine contradicts itself
 */
export function* walk<State>(machine: Machine<State>, schedule: Schedule): Sliced<Walked<State>> {
  let at = machine.initial();
  let running = -1;
  let preemptions = 0;
  for (const transition of schedule) {
    yield;
    const enabled = at.kind === 'state' ? machine.enabled(at.state) : [];
    if (at.kind !== 'state' || !enabled.some((other) => isSameTransition(other, transition))) {
      throw new Error('a stored schedule cannot be taken again');
    }
    if (transition.environment === null) {
      const canGoOn = canGoOnFrom(machine, at.state, enabled, running);
      if (canGoOn && transition.thread !== running) preemptions += 1;
      running = transition.thread;
    }
    at = machine.step(at.state, transition);
  }
  return { end: at, preemptions };
}

/**
 * @param isShown whether an occurrence is the one to be shown
 * @param blockedThread the thread that a partial deadlock is about, else null
 * @throws if the schedule does not lead to the finding: then the machine contradicts itself
 */
export function* witness<State>(
  machine: Machine<State>,
  isShown: (occurrence: Occurrence) => boolean,
  blockedThread: number | null,
  schedule: Schedule,
): Sliced<Witness> {
  const { end, preemptions } = yield* walk(machine, schedule);
  const occurrence = shownAt(machine, end, blockedThread).find(isShown);
  if (occurrence === undefined) throw new Error('a stored schedule no longer shows its finding');
  return { occurrence, preemptions };
}

/**
 * The preemptions of a lasso, once round.
 *
 * @throws if the loop does not come back to the state it began in
 */
export function* lassoWitness<State>(
  machine: Machine<State>,
  schedule: Schedule,
  loop: number,
): Sliced<number> {
  const { end: before } = yield* walk(machine, schedule.slice(0, loop));
  const { end: after, preemptions } = yield* walk(machine, schedule);
  const closes =
    before.kind === 'state' &&
    after.kind === 'state' &&
    machine.key(before.state) === machine.key(after.state);
  if (!closes || loop === schedule.length) throw new Error('a stored loop does not close');
  return preemptions;
}
