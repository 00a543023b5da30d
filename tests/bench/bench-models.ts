// SPDX-License-Identifier: MIT
/** The models under scenarios/bench, one for each size of which its comment says counts. */

import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { compile } from '@hmmlab/dsl';
import { createNodeHost } from '@hmmlab/dsl/node';
import type { Program } from '@hmmlab/runtime/program';
import { type Expected, expectedIn } from './expected-counts.ts';
import { sized } from './sized.ts';

const root = resolve(import.meta.dirname, '../..');
const folder = 'scenarios/bench';
const host = createNodeHost({ root });

export interface BenchModel {
  /** `beem/phils.hmm: philosophers [N=12]`. */
  readonly name: string;
  readonly expected: Expected;
  /** Compiles the model of this size. */
  readonly program: () => Program;
}

function programOf(file: string, text: string, title: string, parameters: string): Program {
  const { scenarios, diagnostics } = compile(sized(text, title, parameters), file, host);
  const instances = scenarios.find((scenario) => scenario.title === title)?.instances ?? [];
  const [program] = instances.map((instance) => instance.program);
  if (program === undefined || instances.length > 1)
    throw new Error(`${file} with ${parameters}: ${JSON.stringify(diagnostics)}`);
  return program;
}

/** All models, in the order of their files and comments. */
export function benchModels(): readonly BenchModel[] {
  const names = readdirSync(resolve(root, folder), { recursive: true, encoding: 'utf8' });
  const files = names
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => name.endsWith('.hmm'));
  return files.toSorted().flatMap((name) => {
    const file = `${folder}/${name}`;
    const text = readFileSync(resolve(root, file), 'utf8');
    return compile(text, file, host).scenarios.flatMap(({ title, doc }) => {
      const all = expectedIn(doc ?? '');
      if (all.length === 0) throw new Error(`${file}: "${title}" says no counts`);
      return all.map((expected): BenchModel => {
        const { parameters, deadLocals } = expected;
        const size = `${parameters === '' ? '' : ` [${parameters}]`}${deadLocals ? ', with dead locals' : ''}`;
        return {
          name: `${name}: ${title}${size}`,
          expected,
          program: () => programOf(file, text, title, parameters),
        };
      });
    });
  });
}

/** Whether traces are what a model counts. */
export function countsTraces({ expected }: BenchModel): boolean {
  return expected.counts.traces !== undefined;
}

/** Whether a model is for every run of the tests, or for `pnpm torture`. */
export function isSmall({ expected }: BenchModel): boolean {
  const { traces } = expected.counts;
  if (traces !== undefined) return traces.all <= 10_000;
  return (expected.counts.states ?? Infinity) <= 50_000;
}
