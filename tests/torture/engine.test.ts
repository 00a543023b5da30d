// SPDX-License-Identifier: MIT
/**
 * The exhaustive search against the naive one, the long way: every state of every scenario, its successors and
 * the verdict; and thousands of random programs.
 *
 * `HMM_ORACLE_RUNS` is how many programs of each kind, `HMM_ORACLE_SEED` which.
 */

import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { compile } from '@hmmlab/dsl';
import { createNodeHost } from '@hmmlab/dsl/node';
import { createSearch, type SearchOptions } from '@hmmlab/runtime';
import type { Program, Verdict } from '@hmmlab/runtime/program';
import {
  asked,
  compileAbstract,
  engineGraph,
  engineVerdict,
  type Expansion,
  fromTape,
  naiveGraph,
  randomProgram,
  randomQuestions,
  topicNames,
} from '@hmmlab/runtime/testing';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

const runs = Number(process.env['HMM_ORACLE_RUNS'] ?? 1_000);
const seed = Number(process.env['HMM_ORACLE_SEED'] ?? 1);

const root = resolve(import.meta.dirname, '../..');
const host = createNodeHost({ root });
const files = readdirSync(resolve(root, 'scenarios'), { recursive: true, encoding: 'utf8' })
  .map((name) => `scenarios/${name.replaceAll('\\', '/')}`)
  .filter((name) => name.endsWith('.hmm') && !name.startsWith('scenarios/bench/'))
  .toSorted();

const expansions: readonly Expansion[] = ['tables', 'generated'];
/** No scenario has as many. */
const ALL: SearchOptions = { maxStates: 3_000_000, maxBytes: 8 * 2 ** 30 };
/** Graphs as plain data take much memory: larger ones are compared by their verdicts. */
const LARGEST_GRAPH = 20_000;
const RANDOM: SearchOptions = { maxStates: 3_000 };

/** Everything but the strategy's name. */
function bytesOf(verdict: Verdict): string {
  return JSON.stringify({ ...verdict, coverage: { ...verdict.coverage, strategy: '' } });
}

function requireSame(program: Program, options: SearchOptions): void {
  const search = createSearch(program, { ...options, strategy: 'naive' });
  while (!search.advance(100_000));
  const expected = search.verdict();
  expect(['state-limit', 'memory-limit', 'broken']).not.toContain(expected.why ?? expected.kind);
  for (const expansion of expansions) {
    expect(bytesOf(engineVerdict(program, options, expansion))).toBe(bytesOf(expected));
  }
  if (expected.coverage.states > LARGEST_GRAPH) return;
  const graph = naiveGraph(program, options);
  for (const expansion of expansions) {
    expect(engineGraph(program, options, expansion)).toEqual(graph);
  }
}

test.each(files)('%s', (file) => {
  const { scenarios } = compile(readFileSync(resolve(root, file), 'utf8'), file, host);
  for (const { program: each } of scenarios.flatMap(({ instances }) => instances)) {
    // The engine takes all schedules; bounds are the naive search's.
    const { restriction: _, ...program } = each;
    requireSame(program, ALL);
  }
});

describe.each(topicNames)('%s', (topic) => {
  test(`${runs} random programs`, () => {
    const tapes = fc.array(fc.noBias(fc.nat(0xffff)), { minLength: 60, maxLength: 160 });
    fc.assert(
      fc.property(tapes, tapes, (tape, questions) => {
        const program = compileAbstract(randomProgram(topic, fromTape(tape)));
        const of = asked(program, randomQuestions(fromTape(questions)));
        const search = createSearch(of, { ...RANDOM, strategy: 'naive' });
        while (!search.advance(100_000));
        const expected = bytesOf(search.verdict());
        const graph = naiveGraph(of, RANDOM);
        for (const expansion of expansions) {
          expect(bytesOf(engineVerdict(of, RANDOM, expansion))).toBe(expected);
          expect(engineGraph(of, RANDOM, expansion)).toEqual(graph);
        }
      }),
      { numRuns: runs, seed },
    );
  });
});
