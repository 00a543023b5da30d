// SPDX-License-Identifier: MIT
/**
 * The exhaustive search against the naive one, on random programs: the same verdict, byte for byte, and
 * the same graph, state by state.
 *
 * By hand, with more programs or others: `HMM_ORACLE_RUNS=100000 HMM_ORACLE_SEED=7 vitest run engine-oracle`.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Exploration } from '../explore/exploration.ts';
import { END_KIND, endKind, endSet } from '../explore/graph.ts';
import { NaiveExploration } from '../explore/naive.ts';
import type { SearchOptions } from '../explore/search.ts';
import { taskOf } from '../explore/search-machine.ts';
import { finish } from '../explore/sliced.ts';
import { createInterpreter } from '../interpreter/interpreter.ts';
import type { State } from '../interpreter/state.ts';
import { stateKey } from '../interpreter/state-key.ts';
import type { Program, Verdict } from '../program/index.ts';
import { asked } from '../testing/asked.ts';
import type { Questions } from '../testing/asked.ts';
import type { Expansion } from '../testing/engine-verdict.ts';
import { engineVerdict, warmUpOf } from '../testing/engine-verdict.ts';
import { explored } from '../testing/explored.ts';
import { compileAbstract } from '../testing/oracle-compile.ts';
import { fromTape, randomProgram, topicNames } from '../testing/oracle-programs.ts';
import { LearnedExploration } from './learned-exploration.ts';

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

function findingNames(exploration: Exploration<State>, set: number): readonly string[] {
  return exploration.findings
    .inSet(set)
    .map((number) => exploration.findings.at(number).occurrence.key);
}

/** The whole graph, with what its numbers stand for. */
function graphOf(exploration: Exploration<State>): unknown {
  const { graph, blockedSets } = exploration;
  const ends = graph.ends();
  const states = Array.from({ length: graph.states }, (_, state) => ({
    parent: graph.parentEdge(state),
    first: graph.firstEdge(state),
    kind: endKind(ends[state] ?? END_KIND.running),
    shows: findingNames(exploration, endSet(ends[state] ?? 0)),
    blocked: blockedSets.members(graph.blocked(state)),
  }));
  const edges = Array.from({ length: graph.edges }, (_, edge) => {
    const target = graph.target(edge);
    const shows = target < -1 ? findingNames(exploration, -1 - target) : target;
    return [graph.code(edge), graph.passing(edge), graph.isRefused(edge), shows];
  });
  return { states, edges, hidden: [...exploration.hiddenBehind].toSorted((a, b) => a - b) };
}

/** Keys of all states in the order in which breadth-first search meets them. */
function keysInOrder(program: Program): readonly string[] {
  const machine = createInterpreter(program);
  const first = machine.initial();
  const states = first.kind === 'state' ? [first.state] : [];
  const keys = new Set(states.map((state) => machine.key(state)));
  for (const state of states) {
    const enabled = machine.enabled(state);
    if (machine.ending(state, enabled).kind === 'stuck') continue;
    for (const transition of enabled) {
      const result = machine.step(state, transition);
      if (result.kind !== 'state' || keys.has(machine.key(result.state))) continue;
      keys.add(machine.key(result.state));
      states.push(result.state);
    }
  }
  return [...keys];
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
        const task = taskOf(program, { maxStates: MOST_STATES });
        const naive = new NaiveExploration(createInterpreter(program), task);
        const manner = { keepsGraph: true, warmUp: warmUpOf(expansion) };
        const engine = new LearnedExploration(program, task, manner);
        finish(naive.run());
        finish(engine.run());
        expect(graphOf(engine)).toEqual(graphOf(naive));
        if (naive.incomplete === 'state-limit') return;
        const keys = Array.from({ length: engine.graph.states }, (_, state) =>
          stateKey(engine.stateAt(state)),
        );
        expect(keys).toEqual(keysInOrder(program));
      }),
      { numRuns: runs / 2, seed: seed + 1 },
    );
  });
});
