// SPDX-License-Identifier: MIT
/** The models under scenarios/bench have exactly the counts that their comments say, those of the literature. */

import { describe, expect, test } from 'vitest';
import { benchModels, countsTraces, isSmall } from './bench/bench-models.ts';
import { expectedIn } from './bench/expected-counts.ts';
import { measured } from './bench/measured-counts.ts';

const models = benchModels();

test('there are models, small and large', () => {
  expect(models.filter(isSmall).length).toBeGreaterThan(40);
  expect(models.filter((model) => !isSmall(model)).length).toBeGreaterThan(5);
});

const small = models
  .filter((model) => isSmall(model) && !countsTraces(model))
  .map((model) => [model.name, model] as const);
const traces = models
  .filter((model) => isSmall(model) && countsTraces(model))
  .map((model) => [model.name, model] as const);

describe.each(['naive', 'exhaustive'] as const)('%s', (strategy) => {
  test.each(small)('%s', (_, { expected, program }) => {
    expect(measured(program(), expected, strategy)).toEqual(expected.counts);
  });
});

test.each(traces)('traces: %s', (_, { expected, program }) => {
  expect(measured(program(), expected, 'exhaustive')).toEqual(expected.counts);
});

describe('what a comment says', () => {
  test('is read in full', () => {
    const doc =
      'Words. Counted with dead locals [N=2]: 1,234 states, 1 transition, 2 final states,\n2 levels, 1 deadlock, 5 schedules (2 wrong), error after 3 steps, 1 preemption: 4 schedules (1 wrong),\n0 delays: 1 schedule (1 wrong).';
    expect(expectedIn(`${doc}\nCounted: 2 states, no error.`)).toEqual([
      {
        parameters: 'N=2',
        deadLocals: true,
        counts: {
          states: 1234,
          transitions: 1,
          finalStates: 2,
          levels: 2,
          deadlocks: 1,
          schedules: { all: 5n, wrong: 2n },
          error: 3,
          preemptions: { bound: 1, all: 4n, wrong: 1n },
          delays: { bound: 0, all: 1n, wrong: 1n },
        },
      },
      { parameters: '', deadLocals: false, counts: { states: 2, error: null } },
    ]);
    expect(expectedIn('Counted: 1,234 traces (1 wrong). Counted: 1 trace.')).toMatchObject([
      { counts: { traces: { all: 1234, wrong: 1 } } },
      { counts: { traces: { all: 1, wrong: 0 } } },
    ]);
  });

  test('and must be a count', () => {
    expect(() => expectedIn('Counted: 2 statues.')).toThrow('not a count: 2 statues');
  });
});
