// SPDX-License-Identifier: MIT
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Machine } from '../interpreter/machine.ts';
import type { Expectation, Finding, Instruction, Verdict } from '../program/index.ts';
import { explored, transitionsOf } from '../testing/explored.ts';
import type { GraphEdge, GraphMachineSpec } from '../testing/graph-machine.ts';
import { expectFinding, graphMachine, graphProgram, spanAt } from '../testing/graph-machine.ts';
import { graphOracle } from '../testing/graph-oracle.ts';
import { isFairWalk, oracleEdges, timed } from '../testing/livelock-oracle.ts';
import type { OracleEdge } from '../testing/livelock-oracle.ts';
import { starves, waitingStates } from '../testing/starvation-oracle.ts';

const own = (thread: number, to: GraphEdge['to']): GraphEdge => ({ thread, to });
const by = (
  environment: 'timeout' | 'signal' | 'wakeup',
  thread: number,
  to: number,
): GraphEdge => ({ thread, environment, to });

const zero = { kind: 'const', value: 0 } as const;
const eventually: Expectation = {
  kind: 'eventually',
  trigger: null,
  condition: zero,
  text: 'met',
  span: spanAt(7),
};
const leadsTo: Expectation = { ...eventually, trigger: { condition: zero, text: 'begun' } };

interface Graph {
  readonly edges: readonly (readonly GraphEdge[])[];
  readonly threads?: number;
  /** States in which the condition is true. */
  readonly met?: readonly number[];
  /** States in which waiting begins; left out for `eventually`. */
  readonly begins?: readonly number[];
  readonly more?: Partial<GraphMachineSpec>;
}

function machineOf({ edges, threads = 2, met = [], begins, more }: Graph): Machine<number> {
  return graphMachine({
    threads,
    edges: (state) => (edges[state] ?? []).map((edge, alternative) => ({ alternative, ...edge })),
    condition: (state, _, part) => (part === 'trigger' ? (begins ?? []) : met).includes(state),
    expectations: [begins === undefined ? eventually : leadsTo],
    ...more,
  });
}

function starvations(verdict: Verdict): readonly Finding[] {
  return verdict.findings.filter(({ name }) => name === 'starvation');
}

/** The lengths of stem and loop of the only starvation; null if there is none. */
function lassoIn(graph: Graph): readonly [stem: number, loop: number] | null {
  const machine = machineOf(graph);
  const [finding, second] = starvations(explored(machine));
  expect(second).toBeUndefined();
  if (finding === undefined) return null;
  const { length } = transitionsOf(machine.program, finding.counterexample.schedule);
  const stem = finding.counterexample.loop ?? length;
  return [stem, length - stem];
}

describe('eventually', () => {
  test('a run that ends without it, final or stuck', () => {
    expect(lassoIn({ edges: [[own(0, 1)], []] })).toEqual([1, 0]);
    expect(lassoIn({ edges: [[own(0, 1)], []], more: { unfinished: () => [1] } })).toEqual([1, 0]);
    expect(lassoIn({ edges: [[own(0, 1)], []], met: [1] })).toBeNull();
    expect(lassoIn({ edges: [[own(0, 1)], []], met: [0] })).toBeNull();
  });

  test('a cycle that is fair, and none that holds a thread back', () => {
    expect(lassoIn({ edges: [[own(0, 0)]] })).toEqual([0, 1]);
    expect(lassoIn({ edges: [[own(0, 0), own(1, 1)], []], met: [1] })).toBeNull();
    expect(lassoIn({ edges: [[own(0, 1), own(1, 2)], [own(0, 0)], []], met: [2] })).toEqual([0, 2]);
  });

  test('a cycle that passes the condition is none, and one behind it does not count', () => {
    expect(lassoIn({ edges: [[own(0, 1)], [own(0, 0)]], met: [1] })).toBeNull();
    expect(lassoIn({ edges: [[own(0, 1)], [own(0, 2)], [own(0, 2)]], met: [1] })).toBeNull();
  });

  test('the way to the cycle avoids the condition, even if it is the longer one', () => {
    const edges = [[own(0, 1), own(0, 2)], [own(0, 4)], [own(0, 3)], [own(0, 4)], [own(0, 4)]];
    expect(lassoIn({ edges, met: [1] })).toEqual([3, 1]);
  });

  test('a step that would end in a finding or a limit is a step of its thread', () => {
    expect(lassoIn({ edges: [[own(0, 0), own(1, 'assertion')]] })).toBeNull();
    expect(lassoIn({ edges: [[own(0, 'assertion')]] })).toBeNull();
  });

  test('a timed wait expires some day, and may do so again and again', () => {
    expect(lassoIn({ edges: [[by('timeout', 0, 1)], []], met: [1] })).toBeNull();
    expect(lassoIn({ edges: [[own(0, 0), by('timeout', 1, 1)], []], met: [1] })).toBeNull();
    expect(lassoIn({ edges: [[own(0, 1)], [by('timeout', 0, 0)]] })).toEqual([0, 2]);
  });

  test('a signal and a spurious wake-up are forced on nobody', () => {
    for (const environment of ['signal', 'wakeup'] as const) {
      expect(lassoIn({ edges: [[own(0, 0), by(environment, 1, 1)], []], met: [1] })).toEqual([
        0, 1,
      ]);
      // Round and round by signals alone is no cycle; that nobody gets one is an end.
      expect(lassoIn({ edges: [[own(0, 1)], [by(environment, 0, 0)]] })).toEqual([1, 0]);
      expect(lassoIn({ edges: [[by(environment, 0, 1)], []], met: [0] })).toBeNull();
    }
  });

  test('nor a failed allocation', () => {
    const edges = [[own(0, 1), own(0, 0)], []];
    const alloc: Instruction = { op: 'alloc', pool: 0, to: 0, span: spanAt(1), border: true };
    const procs = graphProgram(1).procs.map((proc) => ({ ...proc, code: [alloc] }));
    const more: Partial<GraphMachineSpec> = { program: { procs }, positions: () => [[0, 0]] };
    expect(lassoIn({ edges, met: [1] })).toEqual([0, 1]);
    expect(lassoIn({ edges, met: [1], more })).toBeNull();
  });

  test('nothing is claimed of what was not explored to the end', () => {
    const machine = machineOf({ edges: [[own(0, 1)], [own(0, 2)], []] });
    expect(starvations(explored(machine, { maxStates: 3 }))).toHaveLength(1);
    expect(starvations(explored(machine, { maxStates: 2 }))).toEqual([]);
  });

  test('without room for the check it is not checked, and nothing holds', () => {
    const machine = machineOf({ edges: [[own(0, 1)], []], met: [1] });
    const whole = explored(machine);
    expect(whole).toMatchObject({ kind: 'holds', why: null, outcome: 'passed' });
    expect(whole.notChecked).not.toContain('starvation');
    const bytes = Array.from({ length: 20 }, (_, i) => 20_000 + i * 2_500);
    const narrow = bytes.map((maxBytes) => explored(machine, { maxBytes }));
    const cut = narrow.filter(({ coverage }) => coverage.states === 2 && !coverage.exhaustive);
    expect(cut.length).toBeGreaterThan(0);
    for (const verdict of cut) {
      expect(verdict).toMatchObject({ kind: 'inconclusive', why: 'memory-limit' });
    }
    expect(cut.some(({ notChecked }) => notChecked.includes('starvation'))).toBe(true);
  });
});

describe('leads to', () => {
  test('counts from every state in which it begins', () => {
    const edges = [[own(0, 1)], [own(0, 2)], [own(0, 2)]];
    expect(lassoIn({ edges, begins: [1] })).toEqual([2, 1]);
    expect(lassoIn({ edges, begins: [1], met: [2] })).toBeNull();
    // Met before it begins is not enough; at the same time is.
    expect(lassoIn({ edges, begins: [1], met: [0] })).toEqual([2, 1]);
    expect(lassoIn({ edges, begins: [1], met: [1] })).toBeNull();
  });

  test('where it never begins the expectation says nothing, and fails', () => {
    const { problems, outcome } = explored(machineOf({ edges: [[own(0, 1)], []], begins: [] }));
    expect(problems).toMatchObject([{ name: 'vacuous', span: spanAt(7) }]);
    expect(outcome).toBe('failed');
  });

  test('neither true nor false begins it, and does not meet it', () => {
    const edges = [[own(0, 1)], []];
    const unknown = (part: string): Graph => ({
      edges,
      begins: [],
      more: {
        condition: (state, _, which) => ((which ?? 'met') === part && state === 1 ? null : false),
      },
    });
    expect(lassoIn(unknown('trigger'))).toEqual([1, 0]);
    expect(lassoIn({ edges, more: { condition: () => null } })).toEqual([1, 0]);
  });
});

describe('the finding', () => {
  test('says what never comes, and who does what meanwhile', () => {
    const machine = machineOf({
      edges: [[own(0, 0)]],
      begins: [0],
      more: { unfinished: () => [0, 1] },
    });
    expect(explored(machine).findings.at(-1)).toMatchObject({
      code: 'HMM4112',
      name: 'starvation',
      span: spanAt(7),
      message:
        'begun becomes true and from then on met never does although every thread is treated fairly: ' +
        'A goes round in leaves 0; B waits',
    });
  });

  test('is named after the thread that the condition is about, or the only one left', () => {
    const about: Expectation = { ...eventually, condition: { kind: 'finished', thread: 1 } };
    const edges = [[own(0, 0)]];
    const of = (expectations: readonly Expectation[], left: readonly number[]): unknown =>
      starvations(
        explored(machineOf({ edges, more: { expectations, unfinished: () => left } })),
      ).map(({ thread }) => thread);
    expect(of([about], [0, 1])).toEqual(['B']);
    expect(of([eventually], [0, 1])).toEqual([null]);
    expect(of([eventually], [1])).toEqual(['B']);
  });

  test('an expectation of it is met by it', () => {
    const expectations = [eventually, expectFinding('starvation', { in: 'A' })];
    const lost = machineOf({ edges: [[own(0, 1)], []], more: { expectations } });
    // Nobody is unfinished at the end, so no thread is named.
    expect(explored(lost).problems).toMatchObject([{ name: 'not_found' }]);
    const more = { expectations, unfinished: () => [0] };
    const stuck = explored(machineOf({ edges: [[own(0, 1)], []], more }));
    expect(starvations(stuck)).toMatchObject([{ expectedBy: 1, fails: true }]);
    expect(stuck.problems).toEqual([]);
  });

  test('has the fewest preemptions, and the nearest schedule on which it comes', () => {
    const edges = [[own(0, 1), own(1, 2)], [own(1, 3)], [own(1, 2)], [own(0, 4)], []];
    const machine = machineOf({ edges, met: [4] });
    const [finding] = starvations(explored(machine));
    expect(finding?.counterexample).toMatchObject({ minimal: true, loop: 1, preemptions: 0 });
    const passing = finding?.counterexample.nearestPassing ?? '';
    expect(transitionsOf(machine.program, passing).map(({ thread }) => thread)).toEqual([0, 1, 0]);
  });

  test('leaving a thread that would run into a finding is a preemption as any other', () => {
    // A's step shows a finding; B goes on instead, to and fro for ever.
    const edges = [[own(0, 1)], [own(0, 'assertion'), own(1, 2)], [own(1, 3)], [own(1, 2)]];
    const [finding] = starvations(explored(machineOf({ edges })));
    expect(finding?.counterexample).toMatchObject({ minimal: true, preemptions: 1 });
    // There is a longer way without one, and that is shown.
    const longer = [[own(0, 1), own(1, 4)], ...edges.slice(1), [own(0, 5)], [own(0, 3)]];
    const [second] = starvations(explored(machineOf({ edges: longer })));
    expect(second?.counterexample).toMatchObject({ preemptions: 0, loop: 3 });
  });

  test('a run that starves is no passing schedule', () => {
    const [finding] = starvations(explored(machineOf({ edges: [[own(0, 1)], []] })));
    expect(finding?.counterexample.nearestPassing).toBeNull();
  });

  test('a passing schedule never ends in another finding', () => {
    const edges = [[own(0, 1), own(0, 0)], []];
    const machine = machineOf({ edges, met: [1], more: { shows: () => 'leak' } });
    expect(starvations(explored(machine))[0]?.counterexample.nearestPassing).toBeNull();
  });
});

interface Raw {
  readonly thread: number;
  readonly environment: GraphEdge['environment'];
  readonly to: number | string;
}

/** Up to 5 states, 3 threads and 9 edges; a condition, and for half of them a trigger. */
const graphs: fc.Arbitrary<Graph> = fc
  .record({ states: fc.integer({ min: 1, max: 5 }), threads: fc.integer({ min: 1, max: 3 }) })
  .chain(({ states, threads }) => {
    const state = fc.nat({ max: states - 1 });
    const edge: fc.Arbitrary<Raw> = fc.record({
      thread: fc.nat({ max: threads - 1 }),
      environment: fc.constantFrom(null, null, null, null, null, 'timeout', 'signal'),
      to: fc.oneof(
        { weight: 14, arbitrary: state },
        { weight: 1, arbitrary: fc.constant('assertion') },
      ),
    });
    return fc.record({
      edges: fc
        .array(fc.array(edge, { maxLength: 3 }), { minLength: states, maxLength: states })
        .filter((rows) => rows.flat().length <= 9)
        .map((rows) => rows as Graph['edges']),
      threads: fc.constant(threads),
      met: fc.uniqueArray(state, { maxLength: 2 }),
      begins: fc.uniqueArray(state, { maxLength: 2 }),
      conditional: fc.boolean(),
    });
  })
  .map(({ begins, conditional, ...graph }) => (conditional ? { ...graph, begins } : graph));

function truthsOf({ met = [], begins }: Graph): Parameters<typeof starves>[3] {
  return {
    met: (state) => met.includes(state),
    begins: (state) => (begins === undefined ? state === 0 : begins.includes(state)),
  };
}

/** The steps of a finding, taken again on the oracle's edges. */
function taken(
  machine: Machine<number>,
  edges: readonly OracleEdge[],
  { counterexample }: Finding,
): readonly OracleEdge[] {
  let state = 0;
  return transitionsOf(machine.program, counterexample.schedule).map((transition) => {
    const edge = edges.find(
      (one) => one.from === state && JSON.stringify(one.transition) === JSON.stringify(transition),
    );
    if (edge === undefined) throw new Error('a step that the oracle does not know');
    state = edge.to;
    return edge;
  });
}

function checkStarvation(graph: Graph, finding: Finding): void {
  const machine = machineOf(graph);
  const edges = oracleEdges(machine, () => []);
  const { met, begins } = truthsOf(graph);
  const steps = taken(machine, edges, finding);
  const states = [0, ...steps.map(({ to }) => to)];
  const { loop } = finding.counterexample;
  // From the last time it began, which lies before the loop, it is never met.
  const lastMet = states.findLastIndex((state) => met(state));
  const since = states.findIndex((state, at) => at > lastMet && begins(state));
  expect(since).toBeGreaterThanOrEqual(0);
  const last = states.at(-1) ?? 0;
  if (loop === null) {
    expect(machine.enabled(last).some(timed)).toBe(false);
    return;
  }
  const round = steps.slice(loop);
  expect(since).toBeLessThanOrEqual(loop);
  expect(round.length).toBeGreaterThan(0);
  expect(round[0]?.from).toBe(last);
  expect(round.every(({ transition }) => timed(transition))).toBe(true);
  expect(isFairWalk(machine, round, timed)).toBe(true);
}

describe('against all closed walks of tiny graphs', { timeout: 120_000 }, () => {
  test('starvation is found exactly where it is, and shown as it is', () => {
    let [found, held] = [0, 0];
    fc.assert(
      fc.property(graphs, (graph) => {
        const machine = machineOf(graph);
        const edges = oracleEdges(machine, () => []);
        const reachable = [...graphOracle(machine).nodes.keys()];
        const expected = starves(machine, edges, reachable, truthsOf(graph));
        const findings = starvations(explored(machine));
        expect(findings).toHaveLength(expected ? 1 : 0);
        for (const finding of findings) checkStarvation(graph, finding);
        if (expected) found += 1;
        else if (waitingStates(edges, reachable, truthsOf(graph)).size > 0) held += 1;
      }),
      { numRuns: 3000 },
    );
    expect(found).toBeGreaterThan(500);
    expect(held).toBeGreaterThan(100);
  });

  test('a search that was cut finds none that is not there', () => {
    fc.assert(
      fc.property(graphs, fc.integer({ min: 1, max: 4 }), (graph, maxStates) => {
        const findings = starvations(explored(machineOf(graph), { maxStates }));
        for (const finding of findings) checkStarvation(graph, finding);
      }),
      { numRuns: 1000 },
    );
  });

  test('the same bytes twice, however the work is cut up', () => {
    fc.assert(
      fc.property(graphs, fc.integer({ min: 1, max: 5 }), (graph, slice) => {
        const whole = JSON.stringify(explored(machineOf(graph)));
        expect(JSON.stringify(explored(machineOf(graph), {}, slice))).toBe(whole);
      }),
      { numRuns: 300 },
    );
  });
});
