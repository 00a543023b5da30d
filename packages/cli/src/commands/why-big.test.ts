// SPDX-License-Identifier: MIT
/** `hmm why-big`, and the example of docs/command.md. */

import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dispatch } from '../dispatch.ts';
import { recorder } from '../testing/recorder.ts';

const page = readFileSync(resolve(import.meta.dirname, '../../../../docs/command.md'), 'utf8');
const section = page.split('\n## ').find((part) => part.startsWith('Why it is large\n')) ?? '';

function block(language: string): string {
  return new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\`$`, 'm').exec(section)?.[1] ?? '';
}

let folder = '';

beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'hmmlab-why-big-')));
  writeFileSync(join(folder, 'queue.hmm'), block('hmm'));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function whyBig(
  ...words: readonly string[]
): Promise<{ code: number; out: string; err: string }> {
  const { console, out, err } = recorder(folder);
  const code = await dispatch(['why-big', ...words], console);
  return { code, out: out(), err: err() };
}

test('docs/command.md shows what it prints', async () => {
  const { code, out, err } = await whyBig('queue.hmm');
  expect(err).toBe('');
  expect(`${out.trimEnd()}\n`).toBe(block('text'));
  expect(code).toBe(0);
});

test('with few states it says so', async () => {
  const { out } = await whyBig('queue.hmm', '--max-states', '5');
  expect(out).toContain('  5 states, ');
  expect(out).toContain('of the first states only (state-limit)');
});

test('a scenario that is not there', async () => {
  const { code, err } = await whyBig('queue.hmm', '--scenario', 'other');
  expect(code).toBe(3);
  expect(err).toContain('HMM7');
});
