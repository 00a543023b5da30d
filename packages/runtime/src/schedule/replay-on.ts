// SPDX-License-Identifier: MIT
/** Replays a schedule on any machine. */

import type { Hold, Machine, StepRecord, StepResult, Transition } from '../interpreter/machine.ts';
import { isSameTransition } from './same-transition.ts';
import type { Schedule } from './schedule.ts';
import { scheduleError } from './schedule-error.ts';
import type { Replay, TraceHold, TraceStep } from './trace.ts';

function holdKey({ thread, object }: Hold): string {
  return `${thread} ${object}`;
}

/**
 * The holds after a step with the step that began each. A hold goes on while its thread keeps the
 * object, in whatever mode (a downgrade acquires nothing); of several on one object the last ends first.
 */
function followHolds(
  before: readonly TraceHold[],
  now: readonly Hold[],
  step: number,
): readonly TraceHold[] {
  const started = new Map<string, number[]>();
  for (const hold of before) {
    started.set(holdKey(hold), [...(started.get(holdKey(hold)) ?? []), hold.since]);
  }
  return now.map((hold) => ({ ...hold, since: started.get(holdKey(hold))?.shift() ?? step }));
}

/** `B`, `B alternative 1`, `B timeout`. */
function words<State>(machine: Machine<State>, transition: Transition): string {
  const { thread, alternative, environment } = transition;
  const name = machine.program.threads[thread]?.name ?? `thread ${thread}`;
  const choice = alternative === 0 ? '' : ` alternative ${alternative}`;
  return `${name}${choice}${environment === null ? '' : ` ${environment}`}`;
}

function notEnabled<State>(
  machine: Machine<State>,
  at: number,
  transition: Transition,
  enabled: readonly Transition[] | null,
): Replay {
  const others = (enabled ?? []).map((other) => words(machine, other)).join(', ');
  const instead =
    enabled === null
      ? 'the schedule ended before'
      : `enabled: ${others === '' ? 'nothing' : others}`;
  const message = `transition ${at} (${words(machine, transition)}) is not enabled; ${instead}`;
  return { kind: 'error', error: scheduleError('schedule-not-enabled', message, at) };
}

/** Every step of a schedule in words, or HMM6004 with the first transition that cannot be taken. */
export function replayOn<State>(machine: Machine<State>, schedule: Schedule): Replay {
  let at: StepResult<State> = machine.initial();
  let holds = at.kind === 'state' ? followHolds([], machine.holds(at.state), -1) : [];
  const steps: TraceStep[] = [];
  for (const [index, transition] of schedule.entries()) {
    if (at.kind !== 'state') return notEnabled(machine, index, transition, null);
    const { state } = at;
    const enabled = machine.enabled(state);
    if (!enabled.some((other) => isSameTransition(other, transition))) {
      return notEnabled(machine, index, transition, enabled);
    }
    const own = enabled.filter(({ environment }) => environment === null);
    const record = machine.describe(state, transition);
    at = machine.step(state, transition);
    // Behind a finding there is no state: the locks are those before the step.
    if (at.kind === 'state') holds = followHolds(holds, machine.holds(at.state), index);
    const enabledThreads = [...new Set(own.map(({ thread }) => thread))];
    steps.push({ ...record, transition, holds, enabledThreads });
  }
  return {
    kind: 'trace',
    trace: { steps, next: at.kind === 'state' ? nextOf(machine, at.state) : [] },
  };
}

/** The first own way on of each thread that has one. */
function nextOf<State>(machine: Machine<State>, state: State): readonly StepRecord[] {
  return machine
    .enabled(state)
    .filter(({ environment, alternative }) => environment === null && alternative === 0)
    .map((transition) => machine.describe(state, transition));
}
