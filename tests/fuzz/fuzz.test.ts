// SPDX-License-Identifier: MIT
/**
 * 100,000 random files: none breaks the front end, every error has a place, and the formatter keeps what the
 * valid ones mean. `pnpm torture` has more of them, from other seeds.
 */

import { expect, test } from 'vitest';
import { fuzz } from './fuzz.ts';

const seed = Number(process.env['FUZZ_SEED'] ?? 20_190_703);

test('60,000 files that the grammar derives', async () => {
  const { syntax, checks } = await fuzz({ seed, files: 60_000, sort: 'grammar', formatEvery: 100 });
  expect(checks).toBeGreaterThan(10_000);
  expect(syntax).toBeGreaterThan(10_000);
});

test('35,000 files with accidents', async () => {
  const tally = await fuzz({ seed, files: 35_000, sort: 'mutant', formatEvery: 50 });
  expect(tally.syntax).toBeGreaterThan(20_000);
  expect(tally.checks).toBeGreaterThan(1_000);
  expect(tally.compiles).toBeGreaterThan(200);
});

test('5,000 files that make sense', async () => {
  const { compiles } = await fuzz({ seed, files: 5_000, sort: 'sense', formatEvery: 100 });
  expect(compiles).toBeGreaterThan(4_500);
});
