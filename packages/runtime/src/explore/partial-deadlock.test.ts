// SPDX-License-Identifier: MIT
import { describe, expect, test } from 'vitest';
import { explored } from '../testing/explored.ts';
import type { GraphEdge } from '../testing/graph-machine.ts';
import { expectFinding, graphMachine } from '../testing/graph-machine.ts';

/** Threads with a partial deadlock in a graph whose threads never finish. */
function partial(
  edges: readonly (readonly GraphEdge[])[],
  unfinished: readonly number[] = [0, 1, 2],
): readonly (string | null)[] {
  const machine = graphMachine({
    threads: 3,
    edges: (state) => edges[state] ?? [],
    unfinished: () => unfinished,
  });
  return explored(machine)
    .findings.filter(({ name }) => name === 'partial_deadlock')
    .map(({ thread }) => thread);
}

const own = (thread: number, to: GraphEdge['to']): GraphEdge => ({ thread, to });
const by = (
  environment: 'timeout' | 'signal' | 'wakeup',
  thread: number,
  to: number,
): GraphEdge => ({
  thread,
  environment,
  to,
});

describe('partial deadlock', () => {
  test('threads that wait while one runs in a loop for ever', () => {
    expect(partial([[own(0, 1)], [own(0, 0)]])).toEqual(['B', 'C']);
  });

  test('a self-loop is a loop', () => {
    expect(partial([[own(0, 0)]], [0, 1])).toEqual(['B']);
  });

  test('not a thread that moves anywhere in the loop, be it by a timeout', () => {
    expect(partial([[own(0, 1)], [own(0, 0), own(1, 0)]])).toEqual(['C']);
    expect(partial([[own(0, 1)], [own(0, 0), by('timeout', 1, 0)]])).toEqual(['C']);
  });

  test('not a thread that is finished or idle', () => {
    expect(partial([[own(0, 0)]], [0, 2])).toEqual(['C']);
  });

  test('not in a loop that can be left by a step or a timeout', () => {
    expect(
      partial([[own(0, 1)], numbered([own(0, 0), own(0, 2)]), [own(0, 2), own(1, 2), own(2, 2)]]),
    ).toEqual([]);
    expect(
      partial(
        [
          [own(0, 0), by('timeout', 0, 1)],
          [own(1, 1), own(2, 1)],
        ],
        [1, 2],
      ),
    ).toEqual([]);
  });

  test('signals and spurious wake-ups are no way out', () => {
    const busy = [own(0, 1), own(1, 1), own(2, 1)];
    expect(partial([[own(0, 0), by('signal', 1, 1)], busy])).toEqual(['B', 'C']);
    expect(partial([[own(0, 0), by('wakeup', 1, 1)], busy])).toEqual(['B', 'C']);
  });

  test('nothing is claimed of a loop from which a finding or a limit is reached', () => {
    expect(partial([[own(0, 1)], [own(0, 0), own(0, 'assertion')]].map(numbered))).toEqual([]);
    const limited = [own(0, 1), { thread: 0, to: { limit: 'pool-exhausted' as const } }];
    expect(partial([limited, [own(0, 0)]].map(numbered))).toEqual([]);
  });

  test('nothing is claimed of a state that was cut while it was expanded', () => {
    const machine = graphMachine({
      threads: 3,
      edges: () => [own(0, 0), own(1, 1)],
      unfinished: () => [0, 1, 2],
    });
    expect(explored(machine, { maxStates: 1 }).findings).toEqual([]);
  });

  test('only the way to it is decoded again', () => {
    const length = 1000;
    let steps = 0;
    const machine = graphMachine({
      threads: 2,
      edges: (state) => {
        if (state === length) return [own(0, length)];
        if (state === length - 1) return [];
        return numbered([own(0, state + 1), ...(state === 0 ? [own(0, length)] : [])]);
      },
      unfinished: (state) => (state === length ? [0, 1] : []),
      meant: (_, { thread }) => [thread],
      runs: () => {
        steps += 1;
        return [];
      },
    });
    expect(explored(machine).findings).toMatchObject([{ name: 'partial_deadlock' }]);
    // Each edge once, then the one to the loop for its words and for its replay.
    expect(steps).toBe(length + 1 + 2);
  });

  test('several bottom components each have their own', () => {
    const edges = [[own(0, 1), own(1, 2)], [own(0, 1)], [own(1, 2)]];
    expect(partial(edges)).toEqual(['B', 'C', 'A']);
  });

  test('its counterexample ends where the loop begins, cheapest first', () => {
    const edges = [[own(0, 1)], [own(0, 2)], [own(0, 1)]];
    const machine = graphMachine({
      threads: 2,
      edges: (state) => edges[state] ?? [],
      unfinished: () => [0, 1],
      meant: (_, { thread }) => [thread],
      expectations: [expectFinding('partial_deadlock', { in: 'B' })],
    });
    const { findings, outcome } = explored(machine);
    expect(outcome).toBe('passed');
    expect(findings[0]?.counterexample).toMatchObject({ minimal: true, nearestPassing: null });
    expect(findings[0]?.counterexample.schedule).toMatch(/:0$/);
  });
});

function numbered(edges: readonly GraphEdge[]): GraphEdge[] {
  return edges.map((edge, alternative) => ({ ...edge, alternative }));
}
