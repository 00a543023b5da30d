// SPDX-License-Identifier: MIT
/** The models under scenarios/bench of more than 50,000 states, or more than 10,000 traces. */

import { describe, expect, test } from 'vitest';
import { benchModels, countsTraces, isSmall } from '../bench/bench-models.ts';
import { measured } from '../bench/measured-counts.ts';

const models = benchModels().filter((model) => !isSmall(model));
const large = models
  .filter((model) => !countsTraces(model))
  .map((model) => [model.name, model] as const);
const traces = models.filter(countsTraces).map((model) => [model.name, model] as const);

describe.each(['exhaustive', 'naive'] as const)('%s', (strategy) => {
  test.each(large)('%s', (_, { expected, program }) => {
    expect(measured(program(), expected, strategy)).toEqual(expected.counts);
  });
});

test.each(traces)('traces: %s', (_, { expected, program }) => {
  expect(measured(program(), expected, 'exhaustive')).toEqual(expected.counts);
});
