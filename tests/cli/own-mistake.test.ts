// SPDX-License-Identifier: MIT
/** A mistake of hmmlab itself, as seen from outside: a built-in function that it uses goes wrong. */

import { expect, test, vi } from 'vitest';
import { createFolder } from './hmm.ts';

vi.setConfig({ testTimeout: 60_000 });

const files = {
  'two.hmm': `scenario "deadlock" { mutex m; thread A: mutex_lock m; mutex_lock m }
scenario "next" { int x; thread A: x = 1 }
`,
};

/** What the command leaves if this function throws from before anything of ours is loaded. */
async function whenBroken(name: string, ...words: readonly string[]) {
  const planted = encodeURIComponent(`${name} = () => { throw new Error('planted') }`);
  const folder = createFolder(files);
  try {
    return await folder.start(...words, {
      NODE_OPTIONS: `--import=data:text/javascript,${planted}`,
    }).finished;
  } finally {
    folder.dispose();
  }
}

test('in a search: that scenario is broken, the next one runs, and the command exits with 4', async () => {
  const { code, out } = await whenBroken(
    'Math.imul',
    'run',
    'two.hmm',
    '--json',
    '--strategy',
    'naive',
  );
  const { scenarios } = JSON.parse(out) as { scenarios: { outcome: string }[] };
  expect(scenarios.map(({ outcome }) => outcome)).toEqual(['broken', 'passed']);
  expect(code).toBe(4);
});

test('anywhere else: HMM9001 and how to report it, exit code 4', async () => {
  const { code, out, err } = await whenBroken('Array.prototype.toReversed', 'run', 'two.hmm');
  expect(err).toContain('HMM9001');
  expect(err).toContain('a mistake of hmmlab itself: planted');
  expect(err).toContain('please report it');
  expect(out).toContain('no scenario ran');
  expect(code).toBe(4);
});

test('before a command begins: exit code 4', async () => {
  const { code, err } = await whenBroken('Array.prototype.toSorted', 'version');
  expect(err).toContain('planted');
  expect(code).toBe(4);
});
