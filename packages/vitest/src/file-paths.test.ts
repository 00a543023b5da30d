// SPDX-License-Identifier: MIT
import { existsSync } from 'node:fs';
import { createNodeHost } from '@hmmlab/dsl/node';
import { expect, test } from 'vitest';
import { filePath, kernelFolder } from './file-paths.ts';

test('every file of every built-in profile is found where it is', () => {
  const host = createNodeHost({ root: import.meta.dirname });
  const files = host.profileNames().flatMap((name) => host.profileFiles(name));
  expect(files.length).toBeGreaterThan(5);
  for (const { file } of files) {
    const path = filePath('/nowhere', file);
    expect(path.startsWith(`${kernelFolder}/`)).toBe(true);
    expect(existsSync(path)).toBe(true);
  }
});

test('other files are the project’s, in a folder called kernel too', () => {
  expect(filePath('/project', 'a/b.hmm')).toBe('/project/a/b.hmm');
  expect(filePath('/project', 'kernel/mine.hmm')).toBe('/project/kernel/mine.hmm');
});
