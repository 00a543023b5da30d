// SPDX-License-Identifier: MIT
/**
 * SPIN's opinion on thousands of random programs and on every scenario file.
 *
 * `HMM_ORACLE_RUNS` is how many programs, `HMM_ORACLE_SEED` which.
 */

import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { askSpin } from '../../tools/promela/second-opinion.ts';
import { whyNoSpin } from '../../tools/promela/spin.ts';
import { randomPrograms } from '../spin/random-programs.ts';
import { scenarioPrograms } from '../spin/scenario-programs.ts';

const missing = whyNoSpin();
const runs = Number(process.env['HMM_ORACLE_RUNS'] ?? 5_000);
const seed = Number(process.env['HMM_ORACLE_SEED'] ?? 1);

/** What the model has no form for. Anything else that is left out is news. */
const UNTRANSLATED: readonly string[] = [
  'assumptions',
  'bounds',
  'daemons and workers',
  'data races',
  'device tables',
  'guarded variables',
  'ptep_get_and_clear',
  'signals',
  'too many states',
];

const root = resolve(import.meta.dirname, '../..');
const files = readdirSync(resolve(root, 'scenarios'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.hmm'))
  .map((name) => `scenarios/${name.replaceAll('\\', '/')}`);

describe.skipIf(missing !== null)(`SPIN${missing === null ? '' : ` (skipped: ${missing})`}`, () => {
  test(`${runs} random programs`, async () => {
    const programs = randomPrograms(runs, seed);
    const { disagreements, leftOut } = await askSpin(programs, { maxStates: 3_000, batch: 40 });
    expect(disagreements).toEqual([]);
    expect(new Set(leftOut.values())).toEqual(new Set(['too many states']));
  });

  test('every scenario file', async () => {
    const programs = scenarioPrograms(files);
    const { disagreements, leftOut } = await askSpin(programs);
    expect(disagreements).toEqual([]);
    expect([...leftOut.values()].filter((why) => !UNTRANSLATED.includes(why))).toEqual([]);
    expect(leftOut.size).toBeLessThan(programs.length);
  });
});
