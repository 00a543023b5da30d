// SPDX-License-Identifier: MIT
/** Walks every schedule of a small machine, one by one and without memory: for hand counts and oracles. */

import type { Machine, Occurrence } from '../interpreter/machine.ts';

export interface Walk<State> {
  /** Complete schedules: those that end in a state without a way on, or in a finding. */
  readonly schedules: number;
  /** Names of findings, sorted, each once: `deadlock`, `unlock_not_held`. */
  readonly findings: readonly string[];
  /** Final states by key. */
  readonly finals: ReadonlyMap<string, State>;
  /** Keys of all states met. */
  readonly states: ReadonlySet<string>;
}

/** Environment transitions are taken like any other. Recursion is as deep as the longest schedule. */
export function walkAllSchedules<State>(machine: Machine<State>): Walk<State> {
  const finals = new Map<string, State>();
  const states = new Set<string>();
  const names = new Set<string>();
  let schedules = 0;
  const note = (occurrences: readonly Occurrence[]): void => {
    for (const { name } of occurrences) names.add(name);
  };
  const visit = (state: State): void => {
    states.add(machine.key(state));
    const enabled = machine.enabled(state);
    const ending = machine.ending(state, enabled);
    if (ending.kind !== 'running') note(ending.occurrences);
    if (ending.kind === 'final') finals.set(machine.key(state), state);
    const over = ending.kind === 'stuck' || enabled.length === 0;
    if (over) {
      schedules++;
      return;
    }
    for (const transition of enabled) {
      const next = machine.step(state, transition);
      if (next.kind === 'state') visit(next.state);
      else if (next.kind !== 'cut') {
        schedules++;
        if (next.kind === 'finding') note(next.occurrences);
      }
    }
  };
  const start = machine.initial();
  if (start.kind === 'state') visit(start.state);
  else if (start.kind === 'finding') note(start.occurrences);
  return { schedules, findings: [...names].toSorted(), finals, states };
}
