// SPDX-License-Identifier: MIT
/** What is measured: texts in .hmm, with a Promela text by hand where there is one. */

import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { compile } from '@hmmlab/dsl';
import { createNodeHost } from '@hmmlab/dsl/node';
import type { Program } from '@hmmlab/runtime/program';
import { sized } from '../tests/bench/sized.ts';

export const root: string = resolve(import.meta.dirname, '..');

export interface Row {
  readonly name: string;
  /** Relative to the repository. */
  readonly file: string;
  readonly title: string;
  /** Sizes, such as `N=3, ERROR=0`. */
  readonly parameters: string;
  /** What a SPIN user would write, with options for `spin -a`; null if there is only our translation. */
  readonly twin: { readonly file: string; readonly options: readonly string[] } | null;
}

/** SPIN leaves out variables that are only written unless told not to, and then has other states than we have. */
const KEEP_ALL = ['-o1', '-o2'] as const;

/** A model of ours for SPIN's users, and what they would write. */
function family(name: string, sizes: readonly number[], keep: readonly string[]): readonly Row[] {
  return sizes.map((n) => ({
    name: `${name}(${n})`,
    file: `bench/models/${name}.hmm`,
    title: name,
    parameters: `N=${n}`,
    twin: { file: `bench/models/${name}.pml`, options: [`-DN=${n}`, ...keep] },
  }));
}

/** BEEM's peterson, number 1 and number 4. */
function peterson(number: number, n: number): Row {
  return {
    name: `peterson.${number}`,
    file: 'scenarios/bench/beem/peterson.hmm',
    title: 'Peterson',
    parameters: `N=${n}, ERROR=0`,
    twin: { file: 'bench/models/peterson.pml', options: [`-DN=${n}`, ...KEEP_ALL] },
  };
}

/** A scenario of ours, made larger. */
function scenario(file: string, title: string, n: number): Row {
  const parameters = `N=${n}`;
  return {
    name: `${title}(${n})`,
    file: `bench/models/${file}.hmm`,
    title,
    parameters,
    twin: null,
  };
}

/** In the order of the table. The small sizes are there for searches that take long. */
export const rows: readonly Row[] = [
  ...family('phils', [7, 11, 13], []),
  peterson(1, 3),
  peterson(4, 4),
  ...family('lastzero', [10], KEEP_ALL),
  ...family('readers', [13], KEEP_ALL),
  scenario('zap', 'zap', 3),
  scenario('merged-order', 'merged order', 2),
  scenario('pause-faults', 'pause faults', 3),
];

/** The models that have a twin, so small that a test can compare them. */
export const smallTwins: readonly Row[] = [
  ...family('phils', [7], []),
  peterson(1, 3),
  ...family('lastzero', [6], KEEP_ALL),
  ...family('readers', [8], KEEP_ALL),
];

export const textOf = (file: string): string => readFileSync(resolve(root, file), 'utf8');

/** From text to the Program of a row. @throws Error if the text is no good */
export function programOf({ file, title, parameters }: Row): Program {
  const text = sized(textOf(file), title, parameters);
  const { scenarios, diagnostics } = compile(text, file, createNodeHost({ root }));
  const [problem] = diagnostics.filter(({ severity }) => severity === 'error');
  if (problem !== undefined) throw new Error(`${file}: ${problem.message}`);
  const programs = scenarios.flatMap(({ instances }) => instances.map(({ program }) => program));
  const [program] = programs;
  if (program === undefined || programs.length > 1) throw new Error(`${file} has not one instance`);
  return program;
}
