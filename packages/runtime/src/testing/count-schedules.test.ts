// SPDX-License-Identifier: MIT
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Transition } from '../interpreter/machine.ts';
import type { Price } from './count-schedules.ts';
import { countSchedules, delays, preemptions } from './count-schedules.ts';
import type { GraphEdge } from './graph-machine.ts';
import { graphMachine } from './graph-machine.ts';
import { measureGraph, wholeGraph } from './measure-graph.ts';

type Rows = readonly (readonly GraphEdge[])[];
type Graph = ReturnType<typeof wholeGraph>;

const THREADS = 3;

/** States without a way on are stuck if they are odd, and final if not. */
function graphOf(rows: Rows): Graph {
  return wholeGraph(
    graphMachine({
      threads: THREADS,
      edges: (state) => (rows[state] ?? []).map((edge, alternative) => ({ ...edge, alternative })),
      unfinished: (state) => (state % 2 === 1 ? [0] : []),
    }),
  );
}

/** Every schedule as the threads that step, one by one, with what each could have chosen instead. */
interface Taken {
  readonly steps: readonly { readonly thread: number; readonly enabled: readonly number[] }[];
  readonly wrong: boolean;
}

function schedulesFrom(rows: Rows, state: number): readonly Taken[] {
  const row = rows[state] ?? [];
  if (row.length === 0) return [{ steps: [], wrong: state % 2 === 1 }];
  const enabled = [...new Set(row.map(({ thread }) => thread))];
  return row.flatMap(({ thread, to }) => {
    const rest = typeof to === 'number' ? schedulesFrom(rows, to) : [{ steps: [], wrong: true }];
    return rest.map(({ steps, wrong }) => ({ wrong, steps: [{ thread, enabled }, ...steps] }));
  });
}

/** Steps away from a thread that could have gone on. */
function preemptionsOf({ steps }: Taken): number {
  return steps.filter(({ thread, enabled }, at) => {
    const before = steps[at - 1]?.thread;
    return before !== undefined && before !== thread && enabled.includes(before);
  }).length;
}

/** Walks round from the last thread to the next, and counts the enabled ones on the way. */
function delaysOf({ steps }: Taken): number {
  let [at, sum] = [0, 0];
  for (const { thread, enabled } of steps) {
    for (; at !== thread; at = (at + 1) % THREADS) sum += Number(enabled.includes(at));
  }
  return sum;
}

/** Edges lead to higher states only, some into a finding. */
const graphs: fc.Arbitrary<Rows> = fc.integer({ min: 1, max: 6 }).chain((states) =>
  fc.tuple(
    ...Array.from({ length: states }, (_, state) => {
      const onward = fc.integer({ min: state + 1, max: states });
      const to = fc.oneof(
        { weight: 9, arbitrary: onward },
        { weight: 1, arbitrary: fc.constant('assertion') },
      );
      return fc.array(fc.record({ thread: fc.nat({ max: THREADS - 1 }), to }), { maxLength: 3 });
    }),
  ),
);

function counted(taken: readonly Taken[]): { readonly all: bigint; readonly wrong: bigint } {
  return { all: BigInt(taken.length), wrong: BigInt(taken.filter(({ wrong }) => wrong).length) };
}

describe('schedules of random graphs, against all of them one by one', () => {
  const prices: readonly (readonly [string, Price, (taken: Taken) => number])[] = [
    ['preemptions', preemptions, preemptionsOf],
    ['delays', delays(THREADS), delaysOf],
  ];

  test.each(prices)('within %s', (_, price, cost) => {
    fc.assert(
      fc.property(graphs, fc.nat({ max: 4 }), (rows, bound) => {
        const taken = schedulesFrom(rows, 0);
        const within = taken.filter((one) => cost(one) <= bound);
        expect(countSchedules(graphOf(rows), price, bound)).toEqual(counted(within));
      }),
      { numRuns: 500 },
    );
  });

  test('all of them, and the shortest wrong one', () => {
    fc.assert(
      fc.property(graphs, (rows) => {
        const taken = schedulesFrom(rows, 0);
        expect(countSchedules(graphOf(rows))).toEqual(counted(taken));
        const lengths = taken.filter(({ wrong }) => wrong).map(({ steps }) => steps.length);
        const shortest = lengths.length === 0 ? null : Math.min(...lengths);
        expect(measureGraph(graphOf(rows)).error).toBe(shortest);
      }),
      { numRuns: 500 },
    );
  });
});

test('a graph with a cycle has no number of schedules', () => {
  const step = (to: number): Partial<Transition> & { thread: number; to: number } => ({
    thread: 0,
    to,
  });
  expect(() => countSchedules(graphOf([[step(1)], [step(0)]]))).toThrow(RangeError);
});
