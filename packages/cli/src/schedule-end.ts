// SPDX-License-Identifier: MIT
/** How a replayed schedule ends: with findings, in a final state, or in the middle. */

import { type Machine, type Occurrence, type Trace, createInterpreter } from '@hmmlab/runtime';
import { type Program, findingCode } from '@hmmlab/runtime/program';

/** What to say about the end of the schedule, at least one line. */
export function scheduleEnd(program: Program, trace: Trace): readonly string[] {
  return endOn(createInterpreter(program), trace);
}

function endOn<State>(machine: Machine<State>, { steps }: Trace): readonly string[] {
  let at = machine.initial();
  const before: string[] = [];
  for (const { transition } of steps) {
    if (at.kind !== 'state') continue;
    before.push(machine.key(at.state));
    at = machine.step(at.state, transition);
  }
  switch (at.kind) {
    case 'finding':
      return at.occurrences.map(occurrenceText);
    case 'cut':
      return ['the scenario assumes that this does not happen'];
    case 'limit':
      return [`the model is too small to go on (${at.why}): ${at.message}`];
    case 'state':
      return stateEnd(machine, at.state, before.indexOf(machine.key(at.state)));
  }
}

/** @param repeats index of the step before which everything was as it is at the end, or -1 */
function stateEnd<State>(
  machine: Machine<State>,
  state: State,
  repeats: number,
): readonly string[] {
  const ending = machine.ending(state, machine.enabled(state));
  const occurrences = ending.kind === 'running' ? [] : ending.occurrences.map(occurrenceText);
  switch (ending.kind) {
    case 'running':
      return repeats < 0
        ? ['some threads can still go on']
        : [
            `everything is as it was before step ${repeats + 1}: from there on this can go on for ever`,
          ];
    case 'final': {
      const wrong = [...occurrences, ...brokenOutcomes(machine, state)];
      return wrong.length === 0 ? ['every thread has finished or is idle'] : wrong;
    }
    case 'stuck':
    case 'stalled':
      return occurrences;
  }
}

/** `always` and `never` conditions that this final state breaks. */
function brokenOutcomes<State>(machine: Machine<State>, state: State): readonly string[] {
  return machine.program.expectations.flatMap((expectation, index) => {
    if (expectation.kind !== 'always' && expectation.kind !== 'never') return [];
    const now = machine.condition(state, index);
    if (now === (expectation.kind === 'always')) return [];
    const name = 'outcome';
    const message = `${expectation.kind} ${expectation.text}: it is ${now} in this final state`;
    return [`${name} (${findingCode(name) ?? 'HMM9001'}): ${message}`];
  });
}

function occurrenceText({ name, message }: Occurrence): string {
  return `${name} (${findingCode(name) ?? 'HMM9001'}): ${message}`;
}
