// SPDX-License-Identifier: MIT
/** What is measured: texts in .hmm, with a Promela text by hand where there is one. */

import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { compile } from '@hmmlab/dsl';
import { createNodeHost } from '@hmmlab/dsl/node';
import type { Program } from '@hmmlab/runtime/program';

export const root: string = resolve(import.meta.dirname, '..');

export interface Row {
  readonly name: string;
  /** Relative to the repository. */
  readonly file: string;
  /** Which instance of the file's scenarios. */
  readonly instance: number;
  /** What a SPIN user would write, with options for `spin -a`; null if there is only our translation. */
  readonly twin: { readonly file: string; readonly options: readonly string[] } | null;
}

/** SPIN leaves out variables that are only written unless told not to, and then has other states than we have. */
const KEEP_ALL = ['-o1', '-o2'] as const;

function family(name: string, sizes: readonly number[], keep: readonly string[]): readonly Row[] {
  return sizes.map((n, instance) => ({
    name: `${name}(${n})`,
    file: `bench/models/${name}.hmm`,
    instance,
    twin: { file: `bench/models/${name}.pml`, options: [`-DN=${n}`, ...keep] },
  }));
}

const scenario = (name: string, instance: number): Row => {
  return { name, file: `scenarios/${name}.hmm`, instance, twin: null };
};

/** In the order of the table. The small sizes are there for searches that take long. */
export const rows: readonly Row[] = [
  ...family('phils', [7, 11, 13], []),
  ...family('peterson', [3, 4], []),
  ...family('lastzero', [6, 10], KEEP_ALL),
  ...family('readers', [8, 13], KEEP_ALL),
  scenario('vfio/merged-order', 0),
  scenario('vfio/pause-faults', 10),
  scenario('vfio/zap-against-fault', 3),
];

export const textOf = (file: string): string => readFileSync(resolve(root, file), 'utf8');

/** From text to the Program of one instance. @throws Error if the text is no good */
export function programOf({ file, instance }: Pick<Row, 'file' | 'instance'>): Program {
  const { scenarios, diagnostics } = compile(textOf(file), file, createNodeHost({ root }));
  const [problem] = diagnostics.filter(({ severity }) => severity === 'error');
  if (problem !== undefined) throw new Error(`${file}: ${problem.message}`);
  const programs = scenarios.flatMap(({ instances }) => instances.map(({ program }) => program));
  const program = programs[instance];
  if (program === undefined) throw new Error(`${file} has no instance ${instance}`);
  return program;
}
