// SPDX-License-Identifier: MIT
/** `hmm mutate`, and the example of docs/command.md. */

import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dispatch } from '../dispatch.ts';
import { recorder } from '../testing/recorder.ts';

const page = readFileSync(resolve(import.meta.dirname, '../../../../docs/command.md'), 'utf8');
const section = page.split('\n## ').find((part) => part.startsWith('Mutations\n')) ?? '';

function block(language: string): string {
  return new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\`$`, 'm').exec(section)?.[1] ?? '';
}

let folder: string;

beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'hmmlab-mutate-')));
  writeFileSync(join(folder, 'mapping.hmm'), block('hmm'));
  writeFileSync(join(folder, 'whole.hmm'), block('hmm').replace('expect holds', ''));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function mutate(
  ...words: readonly string[]
): Promise<{ code: number; out: string; err: string }> {
  const { console, out, err } = recorder(folder);
  const code = await dispatch(['mutate', ...words], console);
  return { code, out: out(), err: err() };
}

test('docs/command.md shows what it prints', async () => {
  const { code, out } = await mutate('mapping.hmm');
  expect(out).toBe(block('text'));
  expect(code).toBe(1);
});

test('0 if what is tried is noticed; the rest is said to be left', async () => {
  const { code, out } = await mutate('mapping.hmm', '--limit', '5');
  expect(out).toMatch(/\n5 mutations: 5 caught, 0 survive, 12 not tried\n$/);
  expect(code).toBe(0);
});

test('--only is about file, line and proc', async () => {
  expect((await mutate('mapping.hmm', '--only', 'invalidate')).out).toMatch(/\n9 mutations: /);
  expect((await mutate('mapping.hmm', '--only', 'hmm:16 map')).out).toMatch(/\n2 mutations: /);
  const none = await mutate('mapping.hmm', '--only', 'nothing');
  expect(none).toMatchObject({ code: 3, out: '' });
  expect(none.err).toContain('HMM7017');
});

test('a mistake that makes a model endless is uncertain, and so is the exit code', async () => {
  const text = `scenario "counts to two" {
  int n in 0..1000
  proc count() {
    while (n < 1000) {
      n++
      if (n > 1) return
    }
  }
  thread A: count()
  expect always n >= 2
}
`;
  writeFileSync(join(folder, 'endless.hmm'), text);
  const { code, out } = await mutate('endless.hmm', '--only', ':6', '--max-states', '50');
  expect(out).toContain('UNCERTAIN  endless.hmm:6  count: ');
  expect(code).toBe(2);
});

test('the kernel is changed if asked, in the revision that runs', async () => {
  const text = `scenario "reclaim" {
  use linux/5.3
  mm M
  vma heap on M: 1 pages rw anon present
  device gpu mirrors M
  thread kswapd: reclaim heap
  expect always M.hmm_memory.notifiers == 0
}
`;
  writeFileSync(join(folder, 'reclaim.hmm'), text);
  const { code, out } = await mutate('reclaim.hmm', '--only', 'notifiers_decrement');
  expect(out).toMatch(
    /caught {2}kernel\/linux\/5\.3-rc1\/hmm\.hmm:\d+ {2}notifiers_decrement: without `hmm->notifiers--`/,
  );
  expect(out).toContain('reclaim.hmm  reclaim: ');
  expect(code).toBe(1);
});

test('3 if no scenario runs what is changed: nothing was shown', async () => {
  const unused = `profile p/1 {\n  proc idle(int n) {\n    cpu_relax()\n  }\n}\n`;
  writeFileSync(
    join(folder, 'unused.hmm'),
    `${unused}scenario "s" { use p/1; int x; thread A: x = 1 }\n`,
  );
  const { code, out, err } = await mutate('unused.hmm');
  expect(out).toMatch(/^0 mutations: 0 caught, 0 survive, \d in code that no scenario runs\n$/);
  expect(err).toContain('HMM7017');
  expect(code).toBe(3);
});

test('3 if a scenario fails as it stands, and nothing is tried', async () => {
  writeFileSync(join(folder, 'wrong.hmm'), block('hmm').replace('never mapped', 'always mapped'));
  const { code, out, err } = await mutate('wrong.hmm', 'mapping.hmm');
  expect(err).toContain('HMM7016');
  expect(out).toBe('');
  expect(code).toBe(3);
});
