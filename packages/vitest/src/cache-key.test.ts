// SPDX-License-Identifier: MIT
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cacheKey, codeVersion } from './cache-key.ts';

const closure = new Map<string, string | null>([
  ['a.hmm', 'a'],
  ['b.hmm', 'b'],
]);

test('the key changes with the version and with every name and text', () => {
  const keys = [
    cacheKey('1', closure),
    cacheKey('2', closure),
    cacheKey('1', new Map([...closure, ['b.hmm', 'c']])),
    cacheKey('1', new Map([...closure, ['b.hmm', null]])),
    cacheKey('1', new Map([...closure, ['b.hmm', 'null']])),
    cacheKey('1', new Map([...closure, ['c.hmm', '']])),
    cacheKey('1', new Map([['a.hmm', 'ab.hmmb']])),
  ];
  expect(new Set(keys).size).toBe(keys.length);
  expect(cacheKey('1', new Map(closure))).toBe(keys[0]);
});

test('the version changes when the code does', () => {
  const folder = mkdtempSync(join(tmpdir(), 'hmmlab-version-'));
  try {
    writeFileSync(join(folder, 'a.js'), 'one');
    const one = codeVersion([folder]);
    writeFileSync(join(folder, 'a.d.ts'), 'types do not count');
    expect(codeVersion([folder])).toBe(one);
    writeFileSync(join(folder, 'a.js'), 'two');
    expect(codeVersion([folder])).not.toBe(one);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
