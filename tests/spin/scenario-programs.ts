// SPDX-License-Identifier: MIT
/** The Programs of scenario files, each instance one. */

import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { compile } from '@hmmlab/dsl';
import { createNodeHost } from '@hmmlab/dsl/node';
import type { Program } from '@hmmlab/runtime/program';

const root = resolve(import.meta.dirname, '../..');

/** @param files relative to the repository */
export function scenarioPrograms(files: readonly string[]): readonly Program[] {
  return files.flatMap((file) => {
    const text = readFileSync(resolve(root, file), 'utf8');
    const { scenarios } = compile(text, file, createNodeHost({ root }));
    return scenarios.flatMap(({ instances }) => instances.map(({ program }) => program));
  });
}
