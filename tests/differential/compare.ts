// SPDX-License-Identifier: MIT
/** Random models, each explored by the reference interpreter and by the engine: the verdicts are the same bytes. */

import { compile } from '@hmmlab/dsl';
import { createNodeHost } from '@hmmlab/dsl/node';
import { Random } from '@hmmlab/dsl/testing';
import { createSearch } from '@hmmlab/runtime';
import type { Program, Verdict } from '@hmmlab/runtime/program';
import { smallModel } from './small-model.ts';

/** What the models were like. */
export interface Tally {
  /** How often each outcome of a verdict was. */
  readonly kinds: Readonly<Record<Verdict['kind'], number>>;
  /** Names of all findings. */
  readonly findings: ReadonlySet<string>;
}

const MOST_STATES = 4_000;
const host = createNodeHost({ root: import.meta.dirname });

/**
 * @param seed of the first model; each has one of its own, so that one alone can be looked at again
 * @throws Error with seed and text of the first model that does not compile or on which the two differ
 */
export function compareSearches(seed: number, models: number): Tally {
  const kinds = { holds: 0, violated: 0, inconclusive: 0, broken: 0 };
  const findings = new Set<string>();
  for (let each = seed; each < seed + models; each++) {
    const text = smallModel(new Random(each), 3);
    const fail = (what: string): never => {
      throw new Error(`seed ${each}: ${what}\n${text}`);
    };
    const { scenarios, diagnostics } = compile(text, 'model.hmm', host);
    const program = scenarios[0]?.instances[0]?.program;
    if (program === undefined) return fail(diagnostics[0]?.message ?? 'no scenario');
    const [naive, exhaustive] = [verdictOf(program, 'naive'), verdictOf(program, 'exhaustive')];
    if (bytesOf(naive) !== bytesOf(exhaustive)) fail('the searches differ');
    kinds[naive.kind]++;
    for (const { name } of naive.findings) findings.add(name);
  }
  return { kinds, findings };
}

function verdictOf(program: Program, strategy: 'naive' | 'exhaustive'): Verdict {
  const search = createSearch(program, { strategy, maxStates: MOST_STATES });
  while (!search.advance(10_000));
  return search.verdict();
}

/** Everything but the strategy's name. */
function bytesOf(verdict: Verdict): string {
  return JSON.stringify({ ...verdict, coverage: { ...verdict.coverage, strategy: '' } });
}
