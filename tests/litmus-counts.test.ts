// SPDX-License-Identifier: MIT
/**
 * Each litmus file says in its comment how many complete schedules, states, transitions and final
 * states it has, counted by hand. The runtime is held to these numbers.
 */

import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { compile } from '@hmmlab/dsl';
import { createNodeHost } from '@hmmlab/dsl/node';
import { createInterpreter, createSearch, type Machine } from '@hmmlab/runtime';
import type { Program, Verdict } from '@hmmlab/runtime/program';
import { describe, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '..');
const folder = 'scenarios/litmus';

interface Counts {
  /** Infinity if a schedule can go around for ever. */
  readonly schedules: number;
  readonly states: number;
  readonly transitions: number;
  readonly finalStates: number;
}

const SENTENCE =
  /Counted: (endless|\d+) schedules, (\d+) states, (\d+) transitions, (\d+) final states?\./;

function countsIn(doc: string): Counts {
  const [, schedules, states, transitions, finalStates] = SENTENCE.exec(doc) ?? [];
  return {
    schedules: schedules === 'endless' ? Infinity : Number(schedules),
    states: Number(states),
    transitions: Number(transitions),
    finalStates: Number(finalStates),
  };
}

/** Walks every schedule to its end, one by one; nothing is remembered but the way back. */
function countSchedules<State>(machine: Machine<State>): number {
  const onTheWay = new Set<string>();
  const countFrom = (state: State): number => {
    const key = machine.key(state);
    if (onTheWay.has(key)) return Infinity;
    const enabled = machine.enabled(state);
    if (enabled.length === 0) return 1;
    onTheWay.add(key);
    let sum = 0;
    for (const transition of enabled) {
      const next = machine.step(state, transition);
      sum += next.kind === 'state' ? countFrom(next.state) : 1;
      if (sum === Infinity) break;
    }
    onTheWay.delete(key);
    return sum;
  };
  const first = machine.initial();
  return first.kind === 'state' ? countFrom(first.state) : 0;
}

function explore(program: Program): Verdict {
  const search = createSearch(program);
  while (!search.advance(10_000));
  return search.verdict();
}

const scenarios = readdirSync(resolve(root, folder))
  .filter((name) => name.endsWith('.hmm'))
  .flatMap((name) => {
    const file = `${folder}/${name}`;
    const text = readFileSync(resolve(root, file), 'utf8');
    const { scenarios: found } = compile(text, file, createNodeHost({ root }));
    return found.map((scenario) => ({ name, scenario }));
  });

test('there are litmus files, and all of them compile', () => {
  const files = readdirSync(resolve(root, folder)).filter((name) => name.endsWith('.hmm'));
  expect(files.length).toBeGreaterThan(8);
  expect(new Set(scenarios.map(({ name }) => name))).toEqual(new Set(files));
});

describe.each(scenarios)('$name: $scenario.title', ({ scenario }) => {
  test.each(scenario.instances)('$name', ({ program }) => {
    const { coverage } = explore(program);
    expect({
      schedules: countSchedules(createInterpreter(program)),
      states: coverage.states,
      transitions: coverage.transitions,
      finalStates: coverage.finalStates,
    }).toEqual(countsIn(scenario.doc ?? ''));
  });
});
