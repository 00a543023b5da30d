// SPDX-License-Identifier: MIT
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Machine, Transition } from '../interpreter/machine.ts';
import type { Finding, Instruction } from '../program/index.ts';
import { explored, transitionsOf } from '../testing/explored.ts';
import type { GraphEdge, GraphMachineSpec } from '../testing/graph-machine.ts';
import { expectFinding, graphMachine, graphProgram, spanAt } from '../testing/graph-machine.ts';
import type { OracleEdge } from '../testing/livelock-oracle.ts';
import { isFairWalk, livelockedThreads, oracleEdges } from '../testing/livelock-oracle.ts';

const own = (thread: number, to: GraphEdge['to']): GraphEdge => ({ thread, to });
const by = (
  environment: 'timeout' | 'signal' | 'wakeup',
  thread: number,
  to: number,
): GraphEdge => ({ thread, environment, to });

/** All threads are about to allocate. */
function allocating(): Partial<GraphMachineSpec> {
  const alloc: Instruction = { op: 'alloc', pool: 0, to: 0, span: spanAt(1), border: true };
  const procs = graphProgram(1).procs.map((proc) => ({ ...proc, code: [alloc] }));
  return { program: { procs }, positions: () => [[0, 0]] };
}

/** Steps past the head of a `forever`: from which state, whose step, and, if another's, whose loop. */
type Heads = readonly (readonly [state: number, thread: number, passing?: number | undefined])[];

interface Graph {
  readonly edges: readonly (readonly GraphEdge[])[];
  readonly threads?: number;
  readonly heads?: Heads;
  readonly more?: Partial<GraphMachineSpec>;
}

function meantBy(heads: Heads): (state: number, transition: Transition) => readonly number[] {
  return (state, { thread, environment }) => {
    const here = heads.filter(([s, t]) => s === state && t === thread && environment === null);
    return [...new Set(here.map(([, , passing = thread]) => passing))].toSorted((a, b) => a - b);
  };
}

function machineOf({ edges, threads = 3, heads = [], more }: Graph): Machine<number> {
  return graphMachine({
    threads,
    edges: (state) => numbered(edges[state] ?? []),
    meant: meantBy(heads),
    ...more,
  });
}

function numbered(edges: readonly GraphEdge[]): GraphEdge[] {
  return edges.map((edge, alternative) => ({ alternative, ...edge }));
}

function livelocksOf(machine: Machine<number>, maxStates = 1000): readonly Finding[] {
  return explored(machine, { maxStates }).findings.filter(({ name }) => name === 'livelock');
}

/** Threads with a livelock. */
function threadsIn(graph: Graph): readonly (string | null)[] {
  return livelocksOf(machineOf(graph)).map(({ thread }) => thread);
}

describe('livelock', () => {
  test('a loop of one thread, and of two that take turns', () => {
    expect(threadsIn({ edges: [[own(0, 1)], [own(0, 0)]] })).toEqual(['A']);
    expect(threadsIn({ edges: [[own(0, 0)]] })).toEqual(['A']);
    expect(threadsIn({ edges: [[own(1, 1)], [own(2, 0)]] })).toEqual(['B']);
  });

  test('none where a thread that could always step never does', () => {
    expect(threadsIn({ edges: [[own(0, 0), own(1, 1)]] })).toEqual([]);
    expect(
      threadsIn({
        edges: [
          [own(0, 1), own(1, 2)],
          [own(0, 0), own(1, 2)],
        ],
      }),
    ).toEqual([]);
  });

  test('one where that thread cannot step somewhere on the way round', () => {
    expect(threadsIn({ edges: [[own(0, 1), own(1, 2)], [own(0, 0)]] })).toEqual(['A']);
  });

  test('a step that would end in a finding or a limit is a step, too', () => {
    expect(threadsIn({ edges: [[own(0, 0), own(1, 'assertion')]] })).toEqual([]);
    expect(
      threadsIn({ edges: [[own(0, 0), own(1, { limit: 'pool-exhausted' as const })]] }),
    ).toEqual([]);
  });

  test('one that needs a step of the environment is none', () => {
    for (const environment of ['timeout', 'signal', 'wakeup'] as const) {
      expect(threadsIn({ edges: [[own(0, 1)], [by(environment, 0, 0)]] })).toEqual([]);
    }
  });

  test('nor one that lasts only until a timed wait expires', () => {
    expect(threadsIn({ edges: [[own(0, 0), by('timeout', 1, 1)]] })).toEqual([]);
    expect(threadsIn({ edges: [[own(0, 0), by('signal', 1, 1)]] })).toEqual(['A']);
  });

  test('but one that goes on although a timed wait expires again and again', () => {
    expect(threadsIn({ edges: [[own(0, 0), by('timeout', 1, 1)], [own(1, 0)]] })).toEqual(['A']);
  });

  test('nor one that could only last if its thread passed its head while others wait', () => {
    const edges = [[own(0, 1)], [own(1, 1), by('timeout', 0, 2)], [own(1, 0)]];
    expect(threadsIn({ edges, threads: 2, heads: [[2, 1]] })).toEqual([]);
    expect(threadsIn({ edges, threads: 2 })).toEqual(['B']);
  });

  test('a failed allocation is the environment, not the thread', () => {
    const edges = [
      [
        { ...own(0, 1), alternative: 0 },
        { ...own(0, 0), alternative: 1 },
      ],
      [],
    ];
    expect(threadsIn({ edges, more: allocating() })).toEqual([]);
    expect(threadsIn({ edges })).toEqual(['A']);
  });

  test('a thread that passes the head of its own forever loop is meant to go round', () => {
    expect(threadsIn({ edges: [[own(0, 1)], [own(0, 0)]], heads: [[1, 0]] })).toEqual([]);
    // The head of another's loop is no excuse.
    expect(threadsIn({ edges: [[own(0, 1)], [own(0, 0)]], heads: [[1, 1]] })).toEqual(['A']);
    // B goes round with it and has no such loop.
    expect(threadsIn({ edges: [[own(0, 1)], [own(1, 0)]], heads: [[0, 0]] })).toEqual(['B']);
  });

  test('so is one that another thread lets past that head', () => {
    const edges = [[own(0, 1)], [own(1, 0)]];
    expect(threadsIn({ edges, heads: [[0, 0]] })).toEqual(['B']);
    expect(
      threadsIn({
        edges,
        heads: [
          [0, 0],
          [0, 0, 1],
        ],
      }),
    ).toEqual([]);
    expect(threadsIn({ edges, heads: [[0, 0, 1]] })).toEqual(['A']);
    // Without the step that lets B past its head, B has a round of its own.
    const shorter = [[own(0, 1), own(1, 0)], [own(1, 0)]];
    expect(
      threadsIn({
        edges: shorter,
        threads: 2,
        heads: [
          [0, 0],
          [0, 0, 1],
        ],
      }),
    ).toEqual([]);
    const blocked = [[own(0, 1), own(1, 2)], [own(1, 0)], [own(1, 0)]];
    expect(
      threadsIn({
        edges: blocked,
        threads: 2,
        heads: [
          [0, 0],
          [0, 0, 1],
        ],
      }),
    ).toEqual(['B']);
  });

  test('a shorter way round inside a forever loop need not pass its head', () => {
    const edges = [[own(0, 1)], [own(0, 1), own(0, 0)]];
    expect(threadsIn({ edges, heads: [[0, 0]] })).toEqual(['A']);
  });

  test('in the part of the loop without its head fairness counts again', () => {
    // In state 1 alone B could always step; only the round through 0, past A's head, is fair.
    const edges = [[own(0, 1)], [own(0, 1), own(0, 0), own(1, 2)]];
    expect(threadsIn({ edges, heads: [[0, 0]] })).toEqual([]);
  });

  test('it does not end the path, nor make what passes through it a failure', () => {
    const machine = machineOf({
      edges: [[own(0, 1)], [own(0, 0), own(0, 2)], []],
      more: { unfinished: (state) => (state === 2 ? [] : [0]) },
    });
    const { findings, coverage } = explored(machine);
    expect(coverage).toMatchObject({ states: 3, finalStates: 1 });
    expect(findings).toMatchObject([
      { name: 'livelock', counterexample: { loop: 0, minimal: true } },
    ]);
    expect(findings[0]?.counterexample.nearestPassing).toMatch(/:0\.0a1$/);
  });

  test('expectations name it by the thread', () => {
    const expectations = [expectFinding('livelock', { in: 'A' })];
    const machine = machineOf({ edges: [[own(0, 0)]], threads: 1, more: { expectations } });
    expect(explored(machine)).toMatchObject({ kind: 'violated', outcome: 'passed' });
  });

  test('nothing is claimed of a part that was not explored to the end', () => {
    const edges = [[own(0, 1)], [own(0, 0), own(1, 2)], []];
    expect(livelocksOf(machineOf({ edges }), 3)).toHaveLength(1);
    expect(livelocksOf(machineOf({ edges }), 2)).toEqual([]);
  });

  test('each is shown from where its loop is reached with the fewest preemptions', () => {
    // Straight ahead A needs three steps and no preemption; B's way to state 3 takes one of each.
    const edges = [[own(0, 1), own(1, 3)], [own(0, 2)], [own(0, 3)], [own(0, 4)], [own(0, 2)]];
    const [finding] = livelocksOf(machineOf({ edges }));
    expect(finding?.counterexample).toMatchObject({ loop: 1, preemptions: 0 });
  });
});

interface Raw {
  readonly thread: number;
  readonly environment: GraphEdge['environment'];
  readonly to: number | string;
}

const environments = [null, null, null, null, null, 'timeout', 'signal'] as const;

/** Up to 4 states, 3 threads and 10 edges, some of them of the environment; some threads at `forever`. */
const graphs: fc.Arbitrary<{ readonly graph: Graph; readonly heads: Heads }> = fc
  .record({ states: fc.integer({ min: 1, max: 4 }), threads: fc.integer({ min: 1, max: 3 }) })
  .chain(({ states, threads }) => {
    const state = fc.nat({ max: states - 1 });
    const thread = fc.nat({ max: threads - 1 });
    const passing = fc.option(thread, { freq: 2, nil: undefined });
    const edge: fc.Arbitrary<Raw> = fc.record({
      thread,
      environment: fc.constantFrom(...environments),
      to: fc.oneof(
        { weight: 12, arbitrary: state },
        { weight: 1, arbitrary: fc.constant('assertion') },
      ),
    });
    const row = fc.array(edge, { maxLength: 3 });
    return fc.record({
      edges: fc
        .array(row, { minLength: states, maxLength: states })
        .filter((rows) => rows.flat().length <= 10),
      heads: fc.array(fc.tuple(state, thread, passing), { maxLength: 3 }),
      threads: fc.constant(threads),
    });
  })
  .map(({ edges, heads, threads }) => ({
    graph: { edges: edges as Graph['edges'], heads, threads },
    heads,
  }));

/** The edges of a lasso's loop, taken again on the machine. */
function loopOf(
  machine: Machine<number>,
  edges: readonly OracleEdge[],
  { counterexample }: Finding,
): readonly OracleEdge[] {
  const { schedule, loop } = counterexample;
  let state = 0;
  const taken = transitionsOf(machine.program, schedule).map((transition) => {
    const edge = edges.find(
      (one) => one.from === state && JSON.stringify(one.transition) === JSON.stringify(transition),
    );
    if (edge === undefined) throw new Error('a step that the oracle does not know');
    state = edge.to;
    return edge;
  });
  expect(loop).not.toBeNull();
  return taken.slice(loop ?? 0);
}

function checkLasso(
  machine: Machine<number>,
  edges: readonly OracleEdge[],
  finding: Finding,
): void {
  const loop = loopOf(machine, edges, finding);
  const thread = machine.program.threads.findIndex(({ name }) => name === finding.thread);
  expect(loop.at(-1)?.to).toBe(loop[0]?.from);
  expect(loop.every(({ transition }) => transition.environment === null)).toBe(true);
  expect(isFairWalk(machine, loop)).toBe(true);
  const steps = loop.filter(({ transition }) => transition.thread === thread);
  expect(steps.length).toBeGreaterThan(0);
  expect(loop.some(({ meant }) => meant.includes(thread))).toBe(false);
}

describe('against all closed walks of tiny graphs', { timeout: 120_000 }, () => {
  test('a livelock is found where one is, and every lasso shows one', () => {
    let found = 0;
    fc.assert(
      fc.property(graphs, ({ graph, heads }) => {
        const machine = machineOf(graph);
        const edges = oracleEdges(machine, meantBy(heads));
        const threads = livelockedThreads(machine, edges);
        const findings = livelocksOf(machine);
        const reported = findings.map(({ thread }) =>
          machine.program.threads.findIndex(({ name }) => name === thread),
        );
        expect(threads).toEqual(expect.arrayContaining(reported));
        // Each livelocked thread is shown, or goes round with a lower one that is.
        for (const thread of threads) expect(Math.min(...reported)).toBeLessThanOrEqual(thread);
        for (const finding of findings) checkLasso(machine, edges, finding);
        found += findings.length;
      }),
      { numRuns: 3000 },
    );
    expect(found).toBeGreaterThan(300);
  });

  test('one thread alone is judged exactly', () => {
    fc.assert(
      fc.property(graphs, ({ graph, heads }) => {
        // All but A pass a head with every step: only A can be lost.
        const others: Heads = [0, 1, 2, 3].flatMap((state) => [
          [state, 1] as const,
          [state, 2] as const,
        ]);
        const all = [...heads, ...others];
        const machine = machineOf({ ...graph, heads: all });
        const threads = livelockedThreads(machine, oracleEdges(machine, meantBy(all)));
        expect(livelocksOf(machine).length > 0).toBe(threads.length > 0);
        expect(threads.every((thread) => thread === 0)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  test('a search that was cut finds none that is not there', () => {
    fc.assert(
      fc.property(graphs, fc.integer({ min: 1, max: 3 }), ({ graph, heads }, maxStates) => {
        const machine = machineOf(graph);
        const edges = oracleEdges(machine, meantBy(heads));
        for (const finding of livelocksOf(machine, maxStates)) checkLasso(machine, edges, finding);
      }),
      { numRuns: 1000 },
    );
  });

  test('the same bytes twice', () => {
    fc.assert(
      fc.property(graphs, fc.integer({ min: 1, max: 5 }), ({ graph }, slice) => {
        const whole = JSON.stringify(explored(machineOf(graph)));
        expect(JSON.stringify(explored(machineOf(graph), {}, slice))).toBe(whole);
      }),
      { numRuns: 300 },
    );
  });
});
