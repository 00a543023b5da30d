// SPDX-License-Identifier: MIT
/** Random models as in tests/differential, by both searches: HMM_MODELS and HMM_MODELS_SEED say how many and which. */

import { expect, test } from 'vitest';
import { compareSearches } from '../differential/compare.ts';

const models = Number(process.env['HMM_MODELS'] ?? 5_000);
const seed = Number(process.env['HMM_MODELS_SEED'] ?? 1_000_000);

test(`${models} random models from seed ${seed} on: one verdict`, () => {
  const { kinds } = compareSearches(seed, models);
  expect(kinds.broken).toBe(0);
  expect(kinds.holds + kinds.violated + kinds.inconclusive).toBe(models);
});
