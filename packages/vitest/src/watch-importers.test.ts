// SPDX-License-Identifier: MIT
import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import type { TestProject, Vite } from 'vitest/node';
import { watchImporters } from './watch-importers.ts';

const tests = ['/p/a.hmm', '/p/b.hmm', '/p/lib.hmm', '/p/x.test.ts'];

/** Changes that the watcher sees, our own repetitions included, after `event` on `file`. */
async function seenAfter(event: string, file: string): Promise<readonly string[]> {
  const watcher = new EventEmitter();
  const seen: string[] = [];
  const project = { globTestFiles: () => Promise.resolve({ testFiles: tests }) };
  watcher.on('change', (changed: string) => seen.push(changed));
  watchImporters(
    watcher as unknown as Vite.FSWatcher,
    new Set([project as unknown as TestProject]),
    (importer, changed) =>
      importer === '/p/a.hmm' && ['/p/lib.hmm', '/p/kernel.hmm'].includes(changed),
  );
  watcher.emit(event, file);
  await new Promise((done) => setTimeout(done, 10));
  return seen;
}

test.each(['change', 'add', 'unlink'])(
  '%s of an imported file is repeated for importers',
  async (event) => {
    const own = event === 'change' ? ['/p/lib.hmm'] : [];
    expect(await seenAfter(event, '/p/lib.hmm')).toEqual([...own, '/p/a.hmm']);
  },
);

test('so is a change of a file that is no test, such as a built-in profile', async () => {
  expect(await seenAfter('add', '/p/kernel.hmm')).toEqual(['/p/a.hmm']);
});

test('nothing is repeated for other files, nor for its own repetition', async () => {
  expect(await seenAfter('change', '/p/b.hmm')).toEqual(['/p/b.hmm']);
  expect(await seenAfter('change', '/p/lib.ts')).toEqual(['/p/lib.ts']);
});
