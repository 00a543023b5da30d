// SPDX-License-Identifier: MIT
/** Random files as in tests/fuzz, for as long as one has patience: FUZZ_FILES and FUZZ_SEED say how many and which. */

import { expect, test } from 'vitest';
import { type Sort, fuzz } from '../fuzz/fuzz.ts';

const files = Number(process.env['FUZZ_FILES'] ?? 1_000_000);
const seed = Number(process.env['FUZZ_SEED'] ?? 1);

test.each<Sort>(['grammar', 'mutant', 'sense'])('%s', async (sort) => {
  const tally = await fuzz({ seed, files, sort, formatEvery: 10 });
  expect(tally.syntax + tally.checks + tally.compiles).toBe(files);
});
