// SPDX-License-Identifier: MIT
/** SPIN explores random programs as we do: same states, same transitions, same findings. */

import { expect, test } from 'vitest';
import { askSpin } from '../../tools/promela/second-opinion.ts';
import { whyNoSpin } from '../../tools/promela/spin.ts';
import { randomPrograms } from './random-programs.ts';

const missing = whyNoSpin();
const skipped = missing === null ? '' : ` (skipped: ${missing})`;
const seed = Number(process.env['HMM_ORACLE_SEED'] ?? 20_190_703);
const COUNT = 300;

const title = `SPIN agrees on ${COUNT} random programs${skipped}`;

test.skipIf(missing !== null)(title, { timeout: 0 }, async () => {
  const programs = randomPrograms(COUNT, seed);
  const { disagreements, leftOut, findings, states } = await askSpin(programs, {
    maxStates: 2_000,
    batch: 40,
  });
  expect(disagreements).toEqual([]);
  // What is left out is too large, or counts without end; nothing is left out for want of a translation.
  expect(new Set(leftOut.values())).toEqual(new Set(['too many states']));
  expect(leftOut.size).toBeLessThan(COUNT / 5);
  expect(states).toBeGreaterThan(20 * COUNT);
  expect(findings.size).toBeGreaterThan(10);
});
