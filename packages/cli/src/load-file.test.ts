// SPDX-License-Identifier: MIT
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isInvalid, loadFile } from './load-file.ts';

let root: string;

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'hmmlab-load-')));
  mkdirSync(join(root, 'deep/er'), { recursive: true });
  writeFileSync(join(root, 'lib.hmm'), 'proc one() -> int { return 1 }\n');
  writeFileSync(
    join(root, 'deep/a.hmm'),
    'import "../lib.hmm"\nscenario "x" {\n  int x\n  thread A: x = one()\n}\n',
  );
});
afterEach(() => rmSync(root, { recursive: true }));

function load(path: string, folder: string): ReturnType<typeof loadFile> {
  return loadFile(path, join(root, folder));
}

test.each([
  ['deep/a.hmm', '.', ['deep/a.hmm', 'lib.hmm']],
  ['a.hmm', 'deep', ['a.hmm', '../lib.hmm']],
  ['../a.hmm', 'deep/er', ['../a.hmm', '../../lib.hmm']],
])('%s from %s: imports may leave the folder, names are relative to it', (path, folder, files) => {
  writeFileSync(join(root, 'package.json'), '{}');
  const loaded = load(path, folder);
  if (loaded.kind === 'error') throw new Error(loaded.error.message);
  const { compilation } = loaded;
  expect(isInvalid(compilation)).toBe(false);
  expect(compilation.file).toBe(files[0]);
  expect([...compilation.sources.keys()]).toEqual(files);
  expect(compilation.scenarios[0]?.instances[0]?.program.sources).toEqual(files);
});

test('without a project around it, nothing outside the folder is read', () => {
  const loaded = load('a.hmm', 'deep');
  if (loaded.kind === 'error') throw new Error(loaded.error.message);
  expect(loaded.compilation.diagnostics).toMatchObject([
    { severity: 'error', place: { file: 'a.hmm', line: 1 } },
  ]);
});

test('what cannot be read is an error', () => {
  expect(load('b.hmm', '.')).toMatchObject({ error: { code: 'HMM7006' } });
  expect(load('deep', '.')).toMatchObject({
    error: { code: 'HMM7006', help: 'name its files: deep/*.hmm' },
  });
});
