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
