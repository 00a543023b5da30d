// SPDX-License-Identifier: MIT
/** SPIN explores scenario files as we do; `pnpm torture` asks about all of them. */

import { expect, test } from 'vitest';
import { askSpin } from '../../tools/promela/second-opinion.ts';
import { whyNoSpin } from '../../tools/promela/spin.ts';
import { scenarioPrograms } from './scenario-programs.ts';

const missing = whyNoSpin();
const skipped = missing === null ? '' : ` (skipped: ${missing})`;

const files = [
  'bench/closed-forms/hash-table',
  'locks/abba',
  'locks/downgrade',
  'locks/kref',
  'locks/lifetime',
  'locks/lost-wakeup',
  'locks/timeout',
  'locks/trylock-recursive',
  'litmus/iriw',
  'litmus/overtaking',
  'litmus/wait-event',
  'locks/read-read-abba',
];

test.skipIf(missing !== null)(
  `SPIN agrees on scenario files${skipped}`,
  { timeout: 0 },
  async () => {
    const programs = scenarioPrograms(files.map((name) => `scenarios/${name}.hmm`));
    const { disagreements, leftOut } = await askSpin(programs);
    expect(disagreements).toEqual([]);
    expect([...leftOut]).toEqual([]);
    expect(programs.length).toBeGreaterThan(20);
  },
);
