// SPDX-License-Identifier: MIT
/** The models under scenarios/bench of more than 50,000 states. */

import { describe, expect, test } from 'vitest';
import { benchModels, isSmall } from '../bench/bench-models.ts';
import { measured } from '../bench/measured-counts.ts';

const large = benchModels()
  .filter((model) => !isSmall(model))
  .map((model) => [model.name, model] as const);

describe.each(['exhaustive', 'naive'] as const)('%s', (strategy) => {
  test.each(large)('%s', (_, { expected, program }) => {
    expect(measured(program(), expected, strategy)).toEqual(expected.counts);
  });
});
