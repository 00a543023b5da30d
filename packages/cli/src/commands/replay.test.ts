import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dispatch } from '../dispatch.ts';
import { recorder } from '../testing/recorder.ts';

let folder: string;
let schedule = '';

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hmmlab-replay-'));
  writeFileSync(
    join(folder, 'a.hmm'),
    'scenario "aa" { mutex m; thread A: mutex_lock m; mutex_lock m\n expect holds }\n',
  );
  const { console, out } = recorder(folder);
  await dispatch(['run', 'a.hmm'], console);
  schedule = /h1:\S+/.exec(out())?.[0] ?? '';
});
afterAll(() => rmSync(folder, { recursive: true }));

test('elsewhere than at a terminal: the whole list', async () => {
  const { console, out } = recorder(folder, { input: ['n'] });
  expect(await dispatch(['replay', 'a.hmm', schedule], console)).toBe(0);
  expect(out()).toMatch(/^aa\n\n {2}1 {2}A {2}mutex_lock m /);
  expect(out()).not.toContain('next: ');
});

test('--step reads commands, one a line, and shows them where nobody types', async () => {
  const { console, out } = recorder(folder, { input: ['n', 's m', 'q', 'n'] });
  expect(await dispatch(['replay', '--step', 'a.hmm', schedule], console)).toBe(0);
  expect(out()).toMatch(/\n0\/\d > n\n1\. A {2}mutex_lock m /);
  expect(out()).toMatch(/\n1\/\d > s m\n {2}m = A\n1\/\d > q\n$/);
});

test('at a terminal it steps without being told, until the input ends; --list prints', async () => {
  const { console, out } = recorder(folder, { terminal: true, input: ['e'] });
  expect(await dispatch(['replay', 'a.hmm', schedule], console)).toBe(0);
  expect(out()).toContain('self_deadlock (HMM4102)');
  expect(out()).not.toContain(' > e');
  const listed = recorder(folder, { terminal: true, input: ['e'] });
  await dispatch(['replay', '--list', 'a.hmm', schedule], listed.console);
  expect(listed.out()).not.toContain('before the first step');
});

test('--depth folds what calls do, and calls are indented', async () => {
  writeFileSync(
    join(folder, 'calls.hmm'),
    `proc inner(mutex *m) { mutex_lock(m); mutex_unlock(m) }
proc outer(mutex *m) { inner(m); inner(m); mutex_lock(m) }
scenario "calls" { mutex m; thread A: outer(m)
 expect holds }
`,
  );
  const run = recorder(folder);
  await dispatch(['run', 'calls.hmm'], run.console);
  const found = /h1:\S+/.exec(run.out())?.[0] ?? '';
  const list = async (...words: readonly string[]): Promise<readonly string[]> => {
    const { console, out } = recorder(folder);
    expect(await dispatch(['replay', ...words, 'calls.hmm', found], console)).toBe(0);
    return out()
      .split('\n')
      .filter((line) => /^ +\d/.test(line))
      .map((line) => line.replace(/ {2}calls\.hmm.*/, ''));
  };
  expect(await list()).toEqual([
    '  1  A      inner: mutex_lock m',
    '  2  A      inner: mutex_unlock m',
    '  3  A      inner: mutex_lock m',
    '  4  A      inner: mutex_unlock m',
    '  5  A    outer: mutex_lock m',
  ]);
  expect(await list('--depth', '1')).toEqual([
    '  1-2  A    inner: 2 steps',
    '  3-4  A    inner: 2 steps',
    '    5  A    outer: mutex_lock m',
  ]);
  expect(await list('--depth=0')).toEqual(['  1-5  A  outer: 5 steps']);
  const { console, err } = recorder(folder);
  expect(await dispatch(['replay', '--depth', 'x', 'calls.hmm', found], console)).toBe(3);
  expect(err()).toContain("--depth must be a number from 0 on, not 'x'");
});
