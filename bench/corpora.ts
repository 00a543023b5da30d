// SPDX-License-Identifier: MIT
/** Texts for the front end: the .hmm files of this repository as they are, and dense ones that a program has written. */

import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './models.ts';

/** Texts that are measured together. */
export interface Corpus {
  readonly name: string;
  readonly files: readonly { readonly file: string; readonly text: string }[];
}

/** @param megabytes of the largest dense corpus */
export function corpora(megabytes: number): readonly Corpus[] {
  const all = globSync('{bench,scenarios,packages/runtime/kernel}/**/*.hmm', { cwd: root })
    .toSorted()
    .map((file) => ({ file, text: readFileSync(join(root, file), 'utf8') }));
  const isKernel = (file: string): boolean => file.startsWith('packages');
  const isPlain = (text: string): boolean => !/^\s*(?:use |import )|under \[/m.test(text);
  return [
    { name: 'kernel sources', files: all.filter(({ file }) => isKernel(file)) },
    {
      name: 'scenarios without a core',
      files: all.filter(({ file, text }) => !isKernel(file) && isPlain(text)),
    },
    {
      name: 'scenarios with a core',
      files: all.filter(({ file, text }) => !isKernel(file) && !isPlain(text)),
    },
    dense(1, 1),
    dense(1, 2),
    ...(megabytes > 1 ? [dense(megabytes, 1)] : []),
  ];
}

/** A file may have 2,000 instances. */
const SCENARIOS_PER_FILE = 900;

/** No comments and no blank lines but one, in as many files as it takes. */
function dense(megabytes: number, instances: 1 | 2): Corpus {
  const text = denseText(SCENARIOS_PER_FILE, instances);
  const count = Math.ceil((megabytes * 1e6) / text.length);
  const files = Array.from({ length: count }, (_, i) => ({ file: `dense-${i}.hmm`, text }));
  return { name: `dense, ${instances} instance${instances === 1 ? '' : 's'} each`, files };
}

/** Scenarios of ten lines; every one has another name and other numbers. */
export function denseText(scenarios: number, instances: 1 | 2): string {
  const twice = instances === 2;
  return Array.from({ length: scenarios }, (_, i) => scenario(i, twice)).join('\n');
}

function scenario(i: number, twice: boolean): string {
  const [loop, straight, swapped] = twice
    ? [' for swapped in [false, true]', ' if !swapped', ' if swapped']
    : ['', '', ''];
  return `scenario "order ${i}"${loop} {
  mutex a, b
  int count in 0..${(i % 7) + 2}

  thread A { mutex_lock a; mutex_lock b; count++; mutex_unlock b; mutex_unlock a }
  thread B${straight} { mutex_lock a; mutex_lock b; count++; mutex_unlock b; mutex_unlock a }
  thread C${swapped} { mutex_lock b; mutex_lock a; count++; mutex_unlock a; mutex_unlock b }
  expect deadlock${swapped}
}
`;
}
