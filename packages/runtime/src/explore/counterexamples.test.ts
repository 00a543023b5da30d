// SPDX-License-Identifier: MIT
import { describe, expect, test } from 'vitest';
import type { Counterexample } from '../program/index.ts';
import { explored } from '../testing/explored.ts';
import type { GraphEdge, GraphMachineSpec } from '../testing/graph-machine.ts';
import { graphMachine } from '../testing/graph-machine.ts';
import { searchMachine } from './search-machine.ts';

/** The counterexample of a graph's only failing finding, its schedules without version and hash. */
function only(
  edges: readonly (readonly GraphEdge[])[],
  more: Partial<GraphMachineSpec> = {},
): Counterexample {
  const machine = graphMachine({ threads: 3, edges: (state) => edges[state] ?? [], ...more });
  const [finding, ...others] = explored(machine).findings.filter(({ fails }) => fails);
  expect(others).toEqual([]);
  if (finding === undefined) throw new Error('no finding');
  const runs = (text: string): string => text.split(':')[2] ?? '';
  const { schedule, nearestPassing, ...rest } = finding.counterexample;
  return {
    ...rest,
    schedule: runs(schedule),
    nearestPassing: nearestPassing === null ? null : runs(nearestPassing),
  };
}

const own = (thread: number, to: GraphEdge['to']): GraphEdge => ({ thread, to });

describe('the minimal counterexample', () => {
  test('takes more transitions to save a preemption', () => {
    // A B: two transitions, but A still can go on. A A A B: A has nothing left.
    const edges = [[own(0, 1)], [own(0, 2), own(1, 'leak')], [own(0, 3)], [own(1, 'leak')]];
    expect(only(edges)).toMatchObject({ schedule: '0x3.1', preemptions: 0, minimal: true });
  });

  test('counts a switch from a thread that can go on, and only that', () => {
    const edges = [[own(0, 1)], [own(0, 1), own(1, 2)], [own(2, 'leak')]];
    expect(only(edges)).toMatchObject({ schedule: '0.1.2', preemptions: 1 });
  });

  test('the environment neither switches nor counts', () => {
    const edges = [
      [own(0, 1)],
      [own(0, 3), { thread: 1, environment: 'signal' as const, to: 2 }],
      [own(0, 'leak'), own(1, 2)],
      [],
    ];
    expect(only(edges)).toMatchObject({ schedule: '0.1s.0', preemptions: 0 });
  });

  test('is not spoilt by a longer way to a state that waits for its turn', () => {
    // C goes on at 3 after A C, two transitions; after A B C it would be three.
    const edges = [[own(0, 1)], [own(0, 4), own(1, 2), own(2, 3)], [own(2, 3)], [own(2, 'leak')]];
    expect(only(edges)).toMatchObject({ schedule: '0.2x2', preemptions: 1 });
  });

  test('is not spoilt by a state that a way without preemptions reaches later', () => {
    // 8 is reached as A C with a preemption, and as A A A A C without. A A B B is shorter than A B B B B.
    const edges = [
      [own(0, 1)],
      [own(0, 2), own(1, 5), own(2, 8)],
      [own(0, 3), own(1, 9)],
      [own(0, 4)],
      [own(2, 8)],
      [own(1, 6)],
      [own(1, 7)],
      [own(1, 'leak')],
      [],
      [own(1, 'leak')],
    ];
    expect(only(edges)).toMatchObject({ schedule: '0x2.1x2', preemptions: 1 });
  });

  test('falls to the lower thread, then the lower alternative', () => {
    const two = { thread: 1, alternative: 1, to: 'leak' };
    expect(
      only([
        [own(1, 1), own(0, 1)],
        [two, own(1, 'leak')],
      ]),
    ).toMatchObject({ schedule: '0.1' });
  });

  test('a state that shows a finding comes before a longer step to the same one', () => {
    const edges = [[own(0, 1), { ...own(0, 2), alternative: 1 }], [own(0, 'deadlock@2')]];
    const unfinished = (state: number): number[] => (state === 2 ? [0] : []);
    expect(only(edges, { unfinished })).toMatchObject({ schedule: '0a1', preemptions: 0 });
  });

  test('is the first one found where the graph was cut', () => {
    const edges = [
      [own(0, 1)],
      [own(0, 2), own(1, 'leak'), { thread: 2, to: { limit: 'pool-exhausted' as const } }],
      [own(0, 3)],
      [own(1, 'leak')],
    ];
    expect(only(edges)).toMatchObject({ schedule: '0.1', preemptions: 1, minimal: false });
  });

  test('is the first one found where its search has no room', () => {
    const edges = [[own(0, 1)], [own(0, 2), own(1, 'leak')], [own(0, 3)], [own(1, 'leak')]];
    const machine = graphMachine({ threads: 3, edges: (state) => edges[state] ?? [] });
    const search = searchMachine(machine);
    while (!search.advance(100));
    const { findings, coverage } = explored(machine, { maxBytes: search.progress.bytes + 100 });
    expect(coverage.exhaustive).toBe(true);
    expect(findings[0]?.counterexample).toMatchObject({ minimal: false, preemptions: 1 });
  });
});

describe('the nearest passing schedule', () => {
  test('leaves where both ends were still possible, and follows the counterexample on', () => {
    // A and B twice each; only B A B A fails, so A goes second.
    const edges = [
      [own(0, 1), own(1, 2)],
      [own(0, 3), own(1, 4)],
      [own(0, 4), own(1, 5)],
      [own(1, 6)],
      [own(0, 6), own(1, 7)],
      [own(0, 7)],
      [own(1, 8)],
      [own(0, 'leak')],
      [],
    ];
    expect(only(edges)).toMatchObject({ schedule: '1x2.0x2', nearestPassing: '1.0x2.1' });
  });

  test('takes what the counterexample still takes in its order, each step once', () => {
    // B A B C fails; C first is well, and then all orders of B, A, B are equally short.
    const edges = [
      [own(1, 1), own(2, 4)],
      [own(0, 2)],
      [own(1, 3)],
      [own(2, 'leak')],
      [own(0, 5), own(1, 6)],
      [own(1, 7)],
      [own(0, 7), own(1, 8)],
      [own(1, 9)],
      [own(0, 9)],
    ];
    expect(only(edges)).toMatchObject({ schedule: '1.0.1.2', nearestPassing: '2.1.0.1' });
  });

  test('does not pass through a state that shows a failure itself', () => {
    // State 1 leaks and could still go on by a timeout of an idle daemon.
    const edges = [[own(0, 1)], [{ thread: 1, environment: 'timeout' as const, to: 2 }], []];
    const more = { shows: (state: number) => (state === 1 ? 'leak' : ''), unfinished: () => [] };
    expect(only(edges, more).nearestPassing).toBeNull();
  });

  test('prefers the running thread where the counterexample has no say', () => {
    const edges = [
      [own(2, 'leak'), own(1, 1)],
      [own(0, 2), own(1, 3)],
      [own(1, 4)],
      [own(0, 4)],
      [],
    ];
    expect(only(edges).nearestPassing).toBe('1x2.0');
  });

  test('of a report is one without any report', () => {
    const edges = [
      [own(0, 1), own(1, 2)],
      [{ thread: 0, environment: 'timeout' as const, to: 2 }],
      [],
    ];
    const machine = graphMachine({
      threads: 2,
      edges: (state) => edges[state] ?? [],
      unfinished: (state) => (state === 1 ? [0] : []),
    });
    const { counterexample } = explored(machine).findings[0] ?? {};
    expect(counterexample?.schedule).toMatch(/:0$/);
    expect(counterexample?.nearestPassing).toMatch(/:1$/);
  });

  test('may pass through a report where a failure is concerned', () => {
    const edges = [
      [own(0, 1), own(1, 'leak')],
      [{ thread: 0, environment: 'timeout' as const, to: 2 }],
      [],
    ];
    const unfinished = (state: number): number[] => (state === 1 ? [0] : []);
    expect(only(edges, { unfinished })).toMatchObject({ schedule: '1', nearestPassing: '0.0t' });
  });
});
