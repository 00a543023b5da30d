// SPDX-License-Identifier: MIT
import { expect, test } from 'vitest';
import type { Machine } from '../interpreter/machine.ts';
import { explored } from '../testing/explored.ts';
import type { GraphEdge } from '../testing/graph-machine.ts';
import { graphMachine } from '../testing/graph-machine.ts';
import { searchMachine } from './search-machine.ts';

/** Two threads of `side - 1` steps each; one place behind (x, y) is a finding instead. */
function grid(side: number, x: number, y: number): Machine<number> {
  return graphMachine({
    threads: 2,
    edges: (state) => {
      const [column, row] = [state % side, Math.floor(state / side)];
      const edges: GraphEdge[] = [];
      if (column < side - 1) edges.push({ thread: 0, to: state + 1 });
      const up = column === x && row === y ? 'assertion' : state + side;
      if (row < side - 1) edges.push({ thread: 1, to: up });
      return edges;
    },
  });
}

test('a million states, and no slice that does more than its share', { timeout: 60_000 }, () => {
  const search = searchMachine(grid(1000, 500, 900));
  let before = 0;
  let after = 0;
  for (let done = false; !done;) {
    done = search.advance(10_000);
    if (search.progress.frontier > 0) before += 1;
    else after += 1;
  }
  const { kind, coverage, findings } = search.verdict();
  expect([kind, coverage.states, coverage.maxDepth]).toEqual(['violated', 1_000_000, 1998]);
  expect(findings[0]?.counterexample).toMatchObject({ minimal: true, preemptions: 1 });
  expect(findings[0]?.counterexample.schedule).toMatch(/:(0x500\.1x901|1x900\.0x500\.1)$/);
  // Every later pass looks at each state at least once: components take four looks, the way back three.
  expect(before).toBeGreaterThan(190);
  expect(after).toBeGreaterThan(600);
});

test(
  '300,000 transitions deep: the search, the counterexample and its replay',
  { timeout: 60_000 },
  () => {
    const machine = graphMachine({
      threads: 1,
      edges: (state) => [{ thread: 0, to: state === 300_000 ? 'assertion' : state + 1 }],
    });
    const { findings, coverage } = explored(machine);
    expect(coverage.maxDepth).toBe(300_001);
    expect(findings[0]?.counterexample.schedule).toMatch(/:0x300001$/);
  },
);

test('a partial deadlock and a livelock in a loop of 300,000 states', { timeout: 60_000 }, () => {
  const machine = graphMachine({
    threads: 2,
    unfinished: () => [0, 1],
    edges: (state) => [{ thread: 0, to: (state + 1) % 300_000 }],
  });
  const { findings } = explored(machine);
  expect(findings).toMatchObject([
    { name: 'partial_deadlock', thread: 'B' },
    { name: 'livelock', thread: 'A', counterexample: { loop: 0 } },
  ]);
});

test(
  '20,000 partial deadlocks and livelocks along one way are not decoded one by one',
  { timeout: 60_000 },
  () => {
    const length = 20_000;
    let steps = 0;
    const machine = graphMachine({
      threads: 2,
      unfinished: () => [0, 1],
      edges: (state) => {
        if (state >= length) return [{ thread: 0, to: state }];
        const onward = state + 1 < length ? [{ thread: 0, to: state + 1 }] : [];
        return [...onward, { thread: 0, alternative: 1, to: state + length }];
      },
      runs: () => {
        steps += 1;
        return [];
      },
    });
    expect(explored(machine).findings.map(({ name }) => name)).toEqual([
      'partial_deadlock',
      'livelock',
    ]);
    // Three for each to explore it, two to decode the loops for either finding, one to go round.
    expect(steps).toBeLessThan(9 * length);
  },
);
