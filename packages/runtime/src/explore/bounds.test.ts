// SPDX-License-Identifier: MIT
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Machine } from '../interpreter/machine.ts';
import type { Bound, Expectation, Restriction, Verdict } from '../program/index.ts';
import { bounded, machineOf, none, own } from '../testing/bounded-graph.ts';
import { explored, transitionsOf } from '../testing/explored.ts';
import type { GraphEdge } from '../testing/graph-machine.ts';
import { expectFinding, spanAt } from '../testing/graph-machine.ts';
import { graphOracle } from '../testing/graph-oracle.ts';
import { BoundedMachine } from './bounded-machine.ts';
import type { Bounded } from './bounded-machine.ts';

/** Up to 8 states and 3 threads, acyclic or not, with findings and timeouts. */
const graphs: fc.Arbitrary<readonly (readonly GraphEdge[])[]> = fc
  .integer({ min: 1, max: 8 })
  .chain((states) => {
    const edge = fc.record({
      thread: fc.nat({ max: 2 }),
      environment: fc.constantFrom(null, null, null, null, 'timeout' as const),
      to: fc.oneof(
        { weight: 8, arbitrary: fc.nat({ max: states - 1 }) },
        { weight: 1, arbitrary: fc.constantFrom('assertion', 'use_after_free') },
      ) as fc.Arbitrary<GraphEdge['to']>,
    });
    const row = fc.array(edge, { maxLength: 4 });
    return fc.array(row, { minLength: states, maxLength: states });
  });

/** Findings by name and place; those about cycles and parts of the graph have tests of their own. */
function found(verdict: Verdict): readonly string[] {
  const cyclic = ['livelock', 'partial_deadlock', 'starvation'];
  return verdict.findings
    .filter(({ name }) => !cyclic.includes(name))
    .map(({ name, thread, object }) => {
      const number = thread === null ? '-' : 'ABC'.indexOf(thread);
      return `${name}${object === null ? '' : `@${object}`} ${number}`;
    })
    .toSorted();
}

/** Fewest transitions to each finding, by its key. */
function shortest(machine: Machine<number>): ReadonlyMap<string, number> {
  const { nodes } = graphOracle(machine);
  const lengths = new Map<string, number>();
  let level = new Set([0]);
  const met = new Set<number>();
  for (let length = 0; level.size > 0; length += 1) {
    const next = new Set<number>();
    for (const state of level) {
      met.add(state);
      const node = nodes.get(state);
      for (const { key } of node?.ending.kind === 'running' ? [] : (node?.shows ?? []))
        lengths.set(key, Math.min(length, lengths.get(key) ?? length));
      for (const { to } of node?.ways ?? [])
        if (typeof to === 'number') next.add(to);
        else
          for (const { key } of to)
            lengths.set(key, Math.min(length + 1, lengths.get(key) ?? length + 1));
    }
    level = new Set([...next].filter((state) => !met.has(state)));
  }
  return lengths;
}

describe('against a slow, direct reading of random graphs', { timeout: 60_000 }, () => {
  test('preemptions: the findings with so few, each as cheap as without a bound', () => {
    let [inside, outside] = [0, 0];
    fc.assert(
      fc.property(graphs, fc.nat({ max: 2 }), (edges, preemptions) => {
        const machine = machineOf(edges);
        const all = [...graphOracle(machine).costs].filter(([key]) => !key.startsWith('partial'));
        const reachable = all.filter(([, [fewest]]) => fewest <= preemptions);
        const verdict = bounded(machine, { preemptions });
        expect(found(verdict)).toEqual(reachable.map(([key]) => key).toSorted());
        for (const [index, { name, counterexample }] of verdict.findings.entries()) {
          if (!['assertion', 'use_after_free'].includes(name)) continue;
          const { length } = transitionsOf(machine.program, counterexample.schedule);
          const cheapest = new Map(all);
          const key =
            found({ ...verdict, findings: verdict.findings.slice(index, index + 1) })[0] ?? '';
          expect([counterexample.preemptions, length]).toEqual(cheapest.get(key));
          expect(counterexample.minimal).toBe(true);
        }
        inside += reachable.length;
        outside += all.length - reachable.length;
      }),
      { numRuns: 2000 },
    );
    expect(Math.min(inside, outside)).toBeGreaterThan(30);
  });

  test('steps: the findings with so few', () => {
    let [inside, outside] = [0, 0];
    fc.assert(
      fc.property(graphs, fc.integer({ min: 1, max: 4 }), (edges, steps) => {
        const machine = machineOf(edges);
        const all = [...shortest(machine)];
        const reachable = all.filter(([, length]) => length <= steps).map(([key]) => key);
        const verdict = bounded(machine, { steps });
        expect(found(verdict)).toEqual(reachable.toSorted());
        for (const { counterexample } of verdict.findings) {
          const { length } = transitionsOf(machine.program, counterexample.schedule);
          if (counterexample.loop === null) expect(length).toBeLessThanOrEqual(steps);
          expect(counterexample.minimal).toBe(false);
        }
        inside += reachable.length;
        outside += all.length - reachable.length;
      }),
      { numRuns: 1000 },
    );
    expect(Math.min(inside, outside)).toBeGreaterThan(100);
  });

  test('a bound makes no finding, and never a verdict that holds', () => {
    const bound = fc.record({
      preemptions: fc.option(fc.nat({ max: 2 })),
      steps: fc.option(fc.integer({ min: 1, max: 5 })),
    });
    const names = (verdict: Verdict): string[] => verdict.findings.map(({ name }) => name);
    fc.assert(
      fc.property(graphs, bound, (edges, restriction) => {
        const whole = explored(machineOf(edges));
        const verdict = bounded(machineOf(edges), restriction);
        expect(names(whole)).toEqual(expect.arrayContaining(names(verdict)));
        expect(verdict.kind).toBe(
          verdict.findings.some(({ fails }) => fails) ? 'violated' : 'inconclusive',
        );
        expect(verdict).toMatchObject({ why: 'bounded', coverage: { exhaustive: false } });
      }),
      { numRuns: 1000 },
    );
  });

  test('the same bytes twice, however the work is cut up', () => {
    fc.assert(
      fc.property(graphs, fc.integer({ min: 1, max: 5 }), (edges, slice) => {
        const machine = (): Machine<Bounded<number>> =>
          new BoundedMachine(machineOf(edges), { ...none, preemptions: 1, steps: 6 });
        expect(JSON.stringify(explored(machine(), {}, slice))).toBe(
          JSON.stringify(explored(machine())),
        );
      }),
      { numRuns: 200 },
    );
  });
});

describe('what is cut', () => {
  test('a state in which only excluded runs go on is no deadlock', () => {
    const edges = [[own(0, 1)], [own(1, 2)], [own(0, 3)], []];
    expect(bounded(machineOf(edges), { steps: 2 }).findings).toEqual([]);
    expect(bounded(machineOf(edges), { steps: 2 }).coverage).toMatchObject({
      states: 3,
      transitions: 2,
      finalStates: 0,
    });
  });

  test('a cycle that a bound keeps others out of is not fair', () => {
    // A goes round; B could stop it at any time, and would preempt it.
    const edges = [[own(0, 1), own(1, 2)], [own(0, 0), own(1, 2)], []];
    expect(bounded(machineOf(edges), { preemptions: 0 }).findings).toEqual([]);
    const eventually: Expectation = {
      kind: 'eventually',
      trigger: null,
      condition: { kind: 'const', value: 0 },
      text: 'met',
      span: spanAt(7),
    };
    const met = machineOf(edges, { expectations: [eventually], condition: (state) => state === 2 });
    expect(bounded(met, { preemptions: 0 }).findings).toEqual([]);
  });

  test('a part of the graph that only a bound keeps others in is left', () => {
    const edges = [[own(0, 1)], [own(0, 1), own(1, 2)], []];
    const unfinished = (state: number): number[] => (state === 2 ? [] : [0, 1, 2]);
    const machine = machineOf(edges, { unfinished });
    expect(bounded(machine, { preemptions: 0 }).findings).toEqual([]);
  });

  test('a switch from a thread whose step is cut is free', () => {
    const cut = { limit: 'cut' } as const;
    const edges = [[own(0, 1)], [own(0, cut), own(1, 'assertion')]];
    const verdict = bounded(machineOf(edges), { preemptions: 0 });
    expect(verdict.findings).toMatchObject([
      { name: 'assertion', counterexample: { preemptions: 0, minimal: true } },
    ]);
    // Were it not, the longer way through B alone would be shown.
    const longer = [[own(0, 1), own(1, 2)], ...edges.slice(1), [own(1, 3)], [own(1, 'assertion')]];
    const [finding] = explored(machineOf(longer)).findings;
    const { schedule = '' } = finding?.counterexample ?? {};
    expect(transitionsOf(machineOf(longer).program, schedule)).toHaveLength(2);
  });
});

describe('expectations', () => {
  const edges = [[own(0, 1), own(1, 1)], [own(0, 2)], []];
  const outcome = (
    expectations: readonly Expectation[],
    restriction: Partial<Restriction>,
  ): Verdict['outcome'] => bounded(machineOf(edges, { expectations }), restriction).outcome;
  const two: Bound = { kind: 'preemptions', most: 2 };
  const nine: Bound = { kind: 'steps', most: 9 };
  const holds = (within?: readonly Bound[]): Expectation =>
    within === undefined
      ? { kind: 'holds', span: spanAt(9) }
      : { kind: 'holds', span: spanAt(9), within };

  test('pass only if each of them names every bound', () => {
    expect(outcome([holds()], { preemptions: 2 })).toBe('inconclusive');
    expect(outcome([holds([two])], { preemptions: 2 })).toBe('passed');
    expect(outcome([holds([two])], { preemptions: 1 })).toBe('inconclusive');
    expect(outcome([holds([two])], { preemptions: 2, steps: 9 })).toBe('inconclusive');
    expect(outcome([holds([two, nine])], { preemptions: 2, steps: 9 })).toBe('passed');
    expect(outcome([holds([two]), holds()], { preemptions: 2 })).toBe('inconclusive');
  });

  test('not found within a bound is a failure only if that bound is named', () => {
    const wanted = expectFinding('deadlock');
    expect(outcome([wanted], { preemptions: 2 })).toBe('inconclusive');
    expect(outcome([{ ...wanted, within: [two] }], { preemptions: 2 })).toBe('failed');
  });

  test('an unexpected finding fails, named or not', () => {
    const broken = machineOf([[own(0, 'assertion')]], { expectations: [holds()] });
    expect(bounded(broken, { preemptions: 2 })).toMatchObject({
      kind: 'violated',
      outcome: 'failed',
    });
  });

  test('a search that hits a limit within its bound is neither', () => {
    const machine = new BoundedMachine(machineOf(edges, { expectations: [holds([two])] }), {
      ...none,
      preemptions: 2,
    });
    expect(explored(machine, { maxStates: 1 })).toMatchObject({
      why: 'state-limit',
      outcome: 'inconclusive',
      coverage: { bounds: ['preemptions 2'] },
    });
  });
});
