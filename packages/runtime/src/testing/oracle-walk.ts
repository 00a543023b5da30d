// SPDX-License-Identifier: MIT
/** Counts the schedules of a machine without walking one twice behind equal states. */

import type { Machine, Occurrence } from '../interpreter/machine.ts';
import { observedMemory } from './oracle-compile.ts';
import type { Outcome } from './oracle-program.ts';

class Count<State> {
  readonly findings = new Set<string>();
  readonly finals = new Set<string>();
  readonly #machine: Machine<State>;
  readonly #counted = new Map<string, number>();

  constructor(machine: Machine<State>) {
    this.#machine = machine;
  }

  note(occurrences: readonly Occurrence[]): number {
    for (const { name } of occurrences) this.findings.add(name);
    return 1;
  }

  count(state: State): number {
    const key = this.#machine.key(state);
    const known = this.#counted.get(key);
    if (known !== undefined) return known;
    const enabled = this.#machine.enabled(state);
    const ending = this.#machine.ending(state, enabled);
    if (ending.kind !== 'running') this.note(ending.occurrences);
    if (ending.kind === 'final') this.finals.add(observedMemory(this.#machine, state));
    let sum = 0;
    for (const transition of ending.kind === 'stuck' ? [] : enabled) {
      const next = this.#machine.step(state, transition);
      if (next.kind === 'limit') throw new Error(next.message);
      if (next.kind === 'cut') continue;
      sum += next.kind === 'state' ? this.count(next.state) : this.note(next.occurrences);
    }
    this.#counted.set(key, Math.max(sum, 1));
    return Math.max(sum, 1);
  }
}

/** All schedules of a machine whose states never repeat along one. */
export function countAllSchedules<State>(machine: Machine<State>): Outcome {
  const run = new Count(machine);
  const start = machine.initial();
  if (start.kind === 'limit') throw new Error(start.message);
  if (start.kind === 'cut') throw new Error('nothing is left of the program');
  const schedules = start.kind === 'state' ? run.count(start.state) : run.note(start.occurrences);
  return {
    schedules,
    findings: [...run.findings].toSorted(),
    finals: [...run.finals].toSorted(),
  };
}
