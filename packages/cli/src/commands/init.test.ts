// SPDX-License-Identifier: MIT
/** `hmm init`: the project it makes has a scenario that passes and one that fails, and says so. */

import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dispatch } from '../dispatch.ts';
import { recorder } from '../testing/recorder.ts';

let folder: string;

beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'hmmlab-init-')));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function hmm(
  ...words: readonly string[]
): Promise<{ code: number; out: string; err: string }> {
  const { console, out, err } = recorder(folder);
  const code = await dispatch(words, console);
  return { code, out: out(), err: err() };
}

test('writes a project, once', async () => {
  const { code, out, err } = await hmm('init', 'model');
  expect({ code, err }).toEqual({ code: 0, err: '' });
  for (const file of out.split('\n\n')[0]?.split('\n') ?? [])
    expect(existsSync(join(folder, file)), file).toBe(true);
  const text = readFileSync(join(folder, 'model/package.json'), 'utf8');
  expect(JSON.parse(text)).toMatchObject({ type: 'module', scripts: { test: 'vitest run' } });

  const again = await hmm('init', 'model');
  expect(again).toMatchObject({ code: 3, out: '' });
  expect(again.err).toContain('HMM7019');
});

test('its scenarios do what their names say', async () => {
  expect((await hmm('run', 'model/scenarios/passes.hmm')).code).toBe(0);
  const { code, out } = await hmm('run', 'model/scenarios/fails.hmm');
  expect(out).toContain('stale_mapping (HMM4201)');
  expect(code).toBe(1);
});

test('its files are formatted as its own configuration says', async () => {
  const { code, out } = await hmm('fmt', '--check', 'model');
  expect({ code, out }).toEqual({ code: 0, out: '' });
});
