// SPDX-License-Identifier: MIT
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Machine, Transition } from '../interpreter/machine.ts';
import type { Expectation, Finding, Verdict } from '../program/index.ts';
import { explored, transitionsOf } from '../testing/explored.ts';
import type { GraphEdge } from '../testing/graph-machine.ts';
import { graphMachine, spanAt } from '../testing/graph-machine.ts';
import type { Oracle } from '../testing/graph-oracle.ts';
import { graphOracle } from '../testing/graph-oracle.ts';

const never: Expectation = {
  kind: 'never',
  condition: { kind: 'const', value: 0 },
  text: 'odd',
  span: spanAt(2),
};
const noStall: Expectation = {
  kind: 'no-finding',
  finding: 'stalled_until_timeout',
  on: null,
  in: null,
  at: null,
  span: spanAt(3),
};

interface RawEdge {
  readonly thread: number;
  readonly environment: Transition['environment'];
  readonly to: number | string;
}

interface RawState {
  readonly edges: readonly RawEdge[];
  readonly unfinished: readonly number[];
  readonly odd: boolean;
  readonly leaks: boolean;
}

function rawState(states: number, threads: number): fc.Arbitrary<RawState> {
  const thread = fc.nat({ max: threads - 1 });
  const environment = fc.constantFrom(
    null,
    null,
    null,
    null,
    'timeout' as const,
    'signal' as const,
  );
  const to: fc.Arbitrary<number | string> = fc.oneof(
    { weight: 9, arbitrary: fc.nat({ max: states - 1 }) },
    { weight: 1, arbitrary: fc.constantFrom('assertion', 'use_after_free', 'assertion leak') },
  );
  return fc.record({
    edges: fc.array(fc.record({ thread, environment, to }), { maxLength: 4 }),
    unfinished: fc.uniqueArray(thread, { maxLength: 2 }),
    odd: fc.boolean(),
    leaks: fc.boolean(),
  });
}

const nowhere: RawState = { edges: [], unfinished: [], odd: false, leaks: false };

function toMachine(
  threads: number,
  table: readonly RawState[],
  expectations: readonly Expectation[],
): Machine<number> {
  const at = (state: number): RawState => table[state] ?? nowhere;
  const edges = table.map((raw): GraphEdge[] =>
    raw.edges.map((edge, alternative) => ({ ...edge, alternative })),
  );
  return graphMachine({
    threads,
    edges: (state) => edges[state] ?? [],
    unfinished: (state) => at(state).unfinished,
    condition: (state) => at(state).odd,
    shows: (state) => (at(state).leaks ? 'leak' : ''),
    expectations,
  });
}

/** Up to 9 states and 3 threads, with findings, timeouts, signals, stalls, loops, dead ends. */
const machines: fc.Arbitrary<Machine<number>> = fc
  .record({ states: fc.integer({ min: 1, max: 9 }), threads: fc.integer({ min: 1, max: 3 }) })
  .chain(({ states, threads }) =>
    fc
      .record({
        table: fc.array(rawState(states, threads), { minLength: states, maxLength: states }),
        expectations: fc.subarray([never, noStall]),
      })
      .map(({ table, expectations }) => toMachine(threads, table, expectations)),
  );

/** Livelocks have an oracle of their own: livelock.test.ts. */
function findingsOf(verdict: Verdict): readonly Finding[] {
  return verdict.findings.filter(({ name }) => name !== 'livelock');
}

/** Occurrence keys of the test machine, from what a finding tells. */
function keyOf(machine: Machine<number>, { name, thread, object }: Finding): string {
  if (name === 'outcome') return 'outcome 0';
  const number = machine.program.threads.findIndex((one) => one.name === thread);
  return `${name}${object === null ? '' : `@${object}`} ${thread === null ? '-' : number}`;
}

/** States along a schedule, the initial one first; the end of a finding is none. */
function statesAlong(machine: Machine<number>, schedule: readonly Transition[]): readonly number[] {
  const states = [0];
  for (const transition of schedule) {
    const result = machine.step(states.at(-1) ?? 0, transition);
    if (result.kind === 'state') states.push(result.state);
  }
  return states;
}

function checkNearest(machine: Machine<number>, oracle: Oracle, finding: Finding): void {
  const { program } = machine;
  const stallsFail = program.expectations.some(({ kind }) => kind === 'no-finding');
  const distances = oracle.distances(
    ({ name }) => name !== 'stalled_until_timeout' || stallsFail || !finding.fails,
  );
  const bad = transitionsOf(program, finding.counterexample.schedule);
  const along = statesAlong(machine, bad);
  const lost = along.findIndex((state) => !distances.has(state));
  const shared = (lost === -1 ? along.length : lost) - 1;
  const { nearestPassing } = finding.counterexample;
  if (nearestPassing === null) {
    expect(shared).toBe(-1);
    return;
  }
  const good = transitionsOf(program, nearestPassing);
  const states = statesAlong(machine, good);
  const decisive = states[shared] ?? -1;
  expect(good.slice(0, shared)).toEqual(bad.slice(0, shared));
  expect(good).toHaveLength(shared + (distances.get(decisive) ?? Infinity));
  expect(states).toHaveLength(good.length + 1);
  expect(states.every((state) => distances.has(state))).toBe(true);
  expect(oracle.nodes.get(states.at(-1) ?? -1)?.ending.kind).toBe('final');
  if (bad.length > shared) expect(good[shared]).not.toEqual(bad[shared]);
}

describe('against a slow, direct reading of random graphs', { timeout: 60_000 }, () => {
  test('states, transitions, final states and findings are all there and no more', () => {
    fc.assert(
      fc.property(machines, (machine) => {
        const { nodes, costs } = graphOracle(machine);
        const verdict = explored(machine);
        const all = [...nodes.values()];
        expect(verdict.coverage).toMatchObject({
          states: nodes.size,
          transitions: all.reduce((sum, { ways }) => sum + ways.length, 0),
          finalStates: all.filter(({ ending }) => ending.kind === 'final').length,
          exhaustive: true,
        });
        const keys = findingsOf(verdict).map((finding) => keyOf(machine, finding));
        expect(keys.toSorted()).toEqual([...costs.keys()].toSorted());
        expect(new Set(keys).size).toBe(keys.length);
      }),
      { numRuns: 1000 },
    );
  });

  test('counterexamples have the fewest preemptions, then the fewest transitions', () => {
    fc.assert(
      fc.property(machines, (machine) => {
        const { costs } = graphOracle(machine);
        for (const finding of findingsOf(explored(machine))) {
          const { schedule, preemptions, minimal } = finding.counterexample;
          const { length } = transitionsOf(machine.program, schedule);
          expect([preemptions, length]).toEqual(costs.get(keyOf(machine, finding)));
          expect(minimal).toBe(true);
        }
      }),
      { numRuns: 1000 },
    );
  });

  test('the nearest passing schedule shares the longest beginning and is as short as possible', () => {
    fc.assert(
      fc.property(machines, (machine) => {
        const oracle = graphOracle(machine);
        for (const finding of findingsOf(explored(machine))) checkNearest(machine, oracle, finding);
      }),
      { numRuns: 1000 },
    );
  });

  test('the same bytes twice, however the work is cut up', () => {
    fc.assert(
      fc.property(machines, fc.integer({ min: 1, max: 7 }), (machine, slice) => {
        const whole = JSON.stringify(explored(machine));
        expect(JSON.stringify(explored(machine, {}, slice))).toBe(whole);
      }),
      { numRuns: 300 },
    );
  });

  test('a search that was cut never holds, and finds nothing that is not there', () => {
    fc.assert(
      fc.property(machines, fc.integer({ min: 0, max: 8 }), (machine, maxStates) => {
        const { nodes, costs } = graphOracle(machine);
        const verdict = explored(machine, { maxStates });
        expect(verdict.coverage.exhaustive).toBe(nodes.size <= maxStates);
        if (nodes.size > maxStates) {
          expect(verdict.why).toBe('state-limit');
          expect(['violated', 'inconclusive']).toContain(verdict.kind);
          expect(verdict.outcome).not.toBe('passed');
        }
        const keys = findingsOf(verdict).map((finding) => keyOf(machine, finding));
        expect(keys.filter((key) => !costs.has(key))).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});
