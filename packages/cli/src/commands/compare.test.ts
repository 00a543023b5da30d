// SPDX-License-Identifier: MIT
/** `hmm compare`, and the example of docs/command.md. */

import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dispatch } from '../dispatch.ts';
import { recorder } from '../testing/recorder.ts';

const page = readFileSync(resolve(import.meta.dirname, '../../../../docs/command.md'), 'utf8');
const section = page.split('\n## ').find((part) => part.startsWith('Comparing\n')) ?? '';
const blocks = [...section.matchAll(/^```(\w+)\n([^]*?)^```$/gm)].map(([, , text = '']) => text);

let folder: string;

beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'hmmlab-compare-')));
  writeFileSync(join(folder, 'before.hmm'), blocks[0] ?? '');
  writeFileSync(join(folder, 'after.hmm'), blocks[1] ?? '');
  const worlds = `scenario "counts" for n in [1, 2] for more in [false, true] {
  mutex m
  int x = n
  thread A {
    mutex_lock m
    if (x < 2) mutex_unlock m
  }
  thread B if more: mutex_lock m; mutex_unlock m
}
`;
  writeFileSync(join(folder, 'worlds.hmm'), worlds);
});
afterAll(() => rmSync(folder, { recursive: true }));

async function compare(
  ...words: readonly string[]
): Promise<{ code: number; out: string; err: string }> {
  const { console, out, err } = recorder(folder);
  const code = await dispatch(['compare', ...words], console);
  return { code, out: out(), err: err() };
}

test('docs/command.md shows what it prints', async () => {
  const { code, out } = await compare('before.hmm', 'after.hmm');
  expect(out.trimEnd()).toBe((blocks[2] ?? '').trimEnd());
  expect(code).toBe(0);
});

test('the other way round the finding is new, and that is an exit code of 1', async () => {
  const { code, out } = await compare('after.hmm', 'before.hmm');
  expect(out).toMatch(/^\+ deadlock on /m);
  expect(out).not.toMatch(/^- /m);
  expect(out).toMatch(/^ {4}after {3}\d+ {2}two {2}/m);
  expect(code).toBe(1);
});

test('the replay line can be pasted', async () => {
  const { out } = await compare('before.hmm', 'after.hmm');
  const schedule = /(h1:\S+)$/m.exec(out)?.[1] ?? '';
  const { console, out: replayed } = recorder(folder);
  expect(await dispatch(['replay', 'before.hmm', schedule], console)).toBe(0);
  expect(replayed()).toContain('deadlock (HMM4101)');
});

test('two worlds of one file, by what differs in their names', async () => {
  const { code, out } = await compare('worlds.hmm', '--before', 'n=1', '--after', 'n=2');
  expect(out.match(/^worlds\.hmm {2}counts/gm)).toHaveLength(4);
  expect(out).toContain(
    '[n=1, more=false]\nworlds.hmm  counts [n=2, more=false]\n+ lock_held_at_exit on m in A',
  );
  expect(code).toBe(1);
});

test('the same on both sides is no change; a search that is cut off is not certain', async () => {
  const same = await compare('before.hmm', 'before.hmm');
  expect(same.out).toMatch(/^ {2}deadlock on /m);
  expect(same.code).toBe(0);
  const cut = await compare('after.hmm', 'after.hmm', '--max-states', '3');
  expect(cut.out).toContain('not certain');
  expect(cut.code).toBe(2);
});

test.each([
  [['before.hmm']],
  [['before.hmm', '--before', 'x']],
  [['before.hmm', 'worlds.hmm']],
  [['worlds.hmm', '--before', 'n=1', '--after', 'n=3']],
  [['none.hmm', 'before.hmm']],
])('3: %j cannot be compared', async (words) => {
  const { code, out, err } = await compare(...words);
  expect({ code, out }).toEqual({ code: 3, out: '' });
  expect(err).toMatch(/^error HMM7/);
});
