// SPDX-License-Identifier: MIT
/** All states of a small program, and what they come to, in words that a test can state. */

import { createInterpreter } from '../interpreter/interpreter.ts';
import { createLayout } from '../interpreter/layout.ts';
import type { Occurrence } from '../interpreter/machine.ts';
import type { State } from '../interpreter/state.ts';
import type { Program } from '../program/index.ts';
import type { ProgramBuilder } from './program-builder.ts';
import { buildProgram } from './program-builder.ts';

/** More than any program of these tests has: a state that never comes round shows here. */
const STATE_LIMIT = 20_000;

export interface Explored {
  /** `deadlock on m in A`, without the parts that are null; sorted, each once. */
  readonly findings: readonly string[];
  /** Integer cells of the static objects in the final states, `x=1 y=0`; sorted, each once. */
  readonly finals: readonly string[];
  readonly states: readonly State[];
}

function inWords({ name, object, thread }: Occurrence, program: Program): string {
  const who = thread === null ? undefined : program.threads[thread]?.name;
  return name + (object === null ? '' : ` on ${object}`) + (who === undefined ? '' : ` in ${who}`);
}

function finalValues(program: Program, state: State): string {
  const cells = createLayout(program).cells.flatMap(({ name, type, slot }, address) =>
    address > 0 && slot === null && type.kind === 'int'
      ? [`${name}=${Number(state.memory[address])}`]
      : [],
  );
  return cells.join(' ');
}

/** Explores a program that is written here. */
export function exploreAll(write: (builder: ProgramBuilder) => void): Explored {
  return exploreProgram(buildProgram(write));
}

/** Explores a program by keys; a limit is an error. */
export function exploreProgram(program: Program): Explored {
  const machine = createInterpreter(program);
  const [findings, finals, met] = [new Set<string>(), new Set<string>(), new Set<string>()];
  const states: State[] = [];
  const take = (next: ReturnType<typeof machine.initial>): void => {
    if (next.kind === 'limit') throw new Error(next.message);
    if (next.kind === 'cut') return;
    for (const occurrence of next.occurrences) findings.add(inWords(occurrence, program));
    if (next.kind === 'finding' || met.has(machine.key(next.state))) return;
    if (states.length >= STATE_LIMIT) throw new Error(`more than ${STATE_LIMIT} states`);
    met.add(machine.key(next.state));
    states.push(next.state);
  };
  take(machine.initial());
  for (const state of states) {
    const enabled = machine.enabled(state);
    const ending = machine.ending(state, enabled);
    if (ending.kind !== 'running') {
      for (const occurrence of ending.occurrences) findings.add(inWords(occurrence, program));
    }
    if (ending.kind === 'final') finals.add(finalValues(program, state));
    if (ending.kind === 'final' || ending.kind === 'stuck') continue;
    for (const transition of enabled) take(machine.step(state, transition));
  }
  return { findings: [...findings].toSorted(), finals: [...finals].toSorted(), states };
}
