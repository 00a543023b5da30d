// SPDX-License-Identifier: MIT
/**
 * The exhaustive search against the naive one, on random programs: the same verdict, byte for byte, and
 * the same graph, state by state.
 *
 * By hand, with more programs or others: `HMM_ORACLE_RUNS=100000 HMM_ORACLE_SEED=7 vitest run engine-oracle`.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SearchOptions } from '../explore/search.ts';
import { createInterpreter } from '../interpreter/interpreter.ts';
import type { Verdict } from '../program/index.ts';
import { asked } from '../testing/asked.ts';
import type { Questions } from '../testing/asked.ts';
import type { Expansion } from '../testing/engine-verdict.ts';
import { engineVerdict } from '../testing/engine-verdict.ts';
import { explored } from '../testing/explored.ts';
import { compileAbstract } from '../testing/oracle-compile.ts';
import { fromTape, randomProgram, topicNames } from '../testing/oracle-programs.ts';
import { engineGraph, naiveGraph } from '../testing/plain-graph.ts';

const runs = Number(process.env['HMM_ORACLE_RUNS'] ?? 120);
const seed = Number(process.env['HMM_ORACLE_SEED'] ?? 20_190_704);

/** Programs beyond are compared as far as this. */
const MOST_STATES = 3_000;

const tapes = fc.array(fc.noBias(fc.nat(0xffff)), { minLength: 40, maxLength: 120 });

/** What may be asked of a program besides what its threads do. */
const questions: fc.Arbitrary<Questions> = fc.record({
  signals: fc.boolean(),
  spuriousWakeups: fc.boolean(),
  allocationFailure: fc.boolean(),
  races: fc.boolean(),
  daemon: fc.boolean(),
  invariant: fc.option(fc.nat({ max: 3 }), { nil: null }),
  outcome: fc.option(fc.constantFrom('sometimes' as const, 'always' as const, 'never' as const), {
    nil: null,
  }),
  expected: fc.option(
    fc.constantFrom('deadlock', 'use_after_free', 'unlock_not_held', 'lock_held_at_exit'),
    { nil: null },
  ),
});

/** Everything but the strategy's name. */
function bytesOf(verdict: Verdict): string {
  return JSON.stringify({ ...verdict, coverage: { ...verdict.coverage, strategy: '' } });
}

const expansions: readonly Expansion[] = ['tables', 'generated'];

describe.each(expansions)('with %s', (expansion) => {
  test.each(topicNames)('%s: the same verdict', { timeout: 0 }, (topic) => {
    const met = new Set<string>();
    const options: fc.Arbitrary<SearchOptions> = fc.record({
      checks: fc.constantFrom('all' as const, 'safety' as const),
      maxStates: fc.oneof(fc.constant(MOST_STATES), fc.constantFrom(0, 1, 2, 3, 17, 100)),
    });
    fc.assert(
      fc.property(tapes, questions, options, (tape, of, how) => {
        const program = asked(compileAbstract(randomProgram(topic, fromTape(tape))), of);
        const expected = explored(createInterpreter(program), how);
        expect(bytesOf(engineVerdict(program, how, expansion))).toBe(bytesOf(expected));
        for (const { name } of expected.findings) met.add(name);
        met.add(expected.kind);
      }),
      { numRuns: runs, seed },
    );
    for (const kind of ['holds', 'violated', 'inconclusive']) expect(met).toContain(kind);
    expect(met.size).toBeGreaterThan(5);
  });

  test.each(topicNames)('%s: the same states and the same graph', { timeout: 0 }, (topic) => {
    fc.assert(
      fc.property(tapes, questions, (tape, of) => {
        const program = asked(compileAbstract(randomProgram(topic, fromTape(tape))), of);
        const options = { maxStates: MOST_STATES };
        expect(engineGraph(program, options, expansion)).toEqual(naiveGraph(program, options));
      }),
      { numRuns: runs / 2, seed: seed + 1 },
    );
  });
});
