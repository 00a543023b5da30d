// SPDX-License-Identifier: MIT
import { describe, expect, test } from 'vitest';
import type { Transition } from '../interpreter/machine.ts';
import type { Beginning, Bound, Expectation } from '../program/index.ts';
import { encodeSchedule } from '../schedule/codec.ts';
import { bounded, machineOf, own } from '../testing/bounded-graph.ts';
import type { GraphMachineSpec } from '../testing/graph-machine.ts';
import { spanAt } from '../testing/graph-machine.ts';

const steps = (
  ...parts: readonly (readonly [thread: number, count?: number, more?: object])[]
): Beginning => ({
  kind: 'steps',
  span: spanAt(30),
  steps: parts.map(([thread, count = 1, more = {}], index) => ({
    thread,
    environment: null,
    way: null,
    count,
    text: 'ABC'.charAt(thread),
    span: spanAt(31 + index),
    ...more,
  })),
});

describe('a beginning', () => {
  const edges = [
    [own(0, 1), own(1, 2)],
    [own(0, 3), own(1, 4)],
    [own(0, 4)],
    [{ ...own(0, 5), alternative: 0 }, { ...own(0, 6), alternative: 1 }, own(1, 7)],
    [],
    ['timeout', 'signal'].map((environment, index) => ({
      thread: 1,
      environment: environment as 'timeout',
      to: 8 + index,
    })),
    [],
    [own(2, 'assertion')],
    [],
    [],
  ];
  const states = (beginning: Beginning): number =>
    bounded(machineOf(edges), { beginning }).coverage.states;

  test('is followed, and everything behind it explored', () => {
    expect(states(steps([0], [1]))).toBe(3);
    expect(states(steps([0, 2]))).toBe(8);
    expect(states(steps([1]))).toBe(3);
    expect(bounded(machineOf(edges), { beginning: steps([0, 2], [1]) })).toMatchObject({
      kind: 'violated',
      why: 'bounded',
      coverage: { bounds: ['schedule A*2, B'], states: 4 },
      findings: [{ name: 'assertion', counterexample: { minimal: false } }],
    });
  });

  test('may come by a state more than once', () => {
    const loop = [[own(0, 0), own(1, 1)], []];
    expect(bounded(machineOf(loop), { beginning: steps([0, 3], [1]) })).toMatchObject({
      problems: [],
      coverage: { states: 5, finalStates: 1 },
    });
  });

  test('a thread alone takes any of its ways, `way` one of them', () => {
    expect(states(steps([0, 3]))).toBe(7);
    expect(states(steps([0, 2], [0, 1, { way: 1 }]))).toBe(4);
  });

  test('steps of the environment are named', () => {
    expect(states(steps([0, 3], [1, 1, { environment: 'timeout' }]))).toBe(6);
    expect(states(steps([0, 3], [1]))).toBe(5);
  });

  test('says which step was not possible, and what was', () => {
    const wrong = (beginning: Beginning, more: Partial<GraphMachineSpec> = {}): unknown =>
      bounded(machineOf(edges, more), { beginning }).problems;
    const all = (step: number, instead: string, line: number, text = 'B'): unknown => [
      {
        code: 'HMM4906',
        name: 'schedule_not_possible',
        message: `step ${step} of the schedule, ${text}, is not possible: ${instead}`,
        span: spanAt(line),
      },
    ];
    expect(wrong(steps([0], [2, 1, { text: 'C' }]))).toEqual(all(2, 'possible is A, B', 32, 'C'));
    expect(wrong(steps([1, 2]))).toEqual(all(2, 'possible is A', 31));
    expect(wrong(steps([0], [1, 2]))).toEqual(all(3, 'nothing can go on', 32));
    expect(wrong(steps([0, 2], [1], [2], [1]))).toEqual(all(5, 'the run has ended before', 34));
    expect(wrong(steps([0, 2], [1], [2]))).toEqual([]);
    // One way of A's third step leads on to B's timeout: that the other does not is no mistake.
    expect(wrong(steps([0, 3], [1, 1, { environment: 'timeout' }]))).toEqual([]);
    const other = [
      [
        { ...own(0, 1), alternative: 0 },
        { ...own(0, 2), alternative: 1 },
      ],
      [],
      [own(1, 3)],
      [],
    ];
    const either = bounded(machineOf(other), { beginning: steps([0], [1]) });
    expect(either).toMatchObject({ problems: [], coverage: { states: 4 } });
    expect(wrong(steps([0, 3], [1]))).toEqual(all(4, 'possible is B timeout, B signal', 32));
  });

  test('one that is not possible fails, whatever is expected', () => {
    const within: readonly Bound[] = [{ kind: 'schedule' }];
    const expectations: readonly Expectation[] = [{ kind: 'holds', span: spanAt(1), within }];
    const outcome = (beginning: Beginning): string =>
      bounded(machineOf(edges, { expectations }), { beginning }).outcome;
    expect(outcome(steps([1]))).toBe('passed');
    expect(outcome(steps([2]))).toBe('failed');
  });

  test('uses nothing up of the bounds', () => {
    const chain = [
      [own(0, 1), own(1, 9)],
      [own(1, 2), own(0, 9)],
      [own(0, 3), own(1, 9)],
      [own(0, 4), own(1, 9)],
    ];
    const { coverage } = bounded(machineOf(chain), {
      beginning: steps([0], [1], [0]),
      preemptions: 0,
      steps: 1,
    });
    expect(coverage.states).toBe(5);
  });

  test('may be the code of a schedule of the same program, and of no other', () => {
    const machine = machineOf(edges);
    const schedule: readonly Transition[] = [0, 0, 1].map((thread) => ({
      thread,
      alternative: 0,
      environment: null,
    }));
    const code = encodeSchedule(machine.program, schedule.slice(0, 2));
    const pinned: Beginning = { kind: 'code', code, span: spanAt(40) };
    expect(bounded(machine, { beginning: pinned }).coverage).toMatchObject({
      states: 8,
      bounds: [`schedule ${code}`],
    });
    const other = machineOf(edges, {
      program: { environment: { signals: true, spuriousWakeups: false, allocationFailure: false } },
    });
    const verdict = bounded(other, { beginning: pinned });
    expect(verdict).toMatchObject({ outcome: 'failed', coverage: { states: 1 } });
    expect(verdict.problems).toMatchObject([{ code: 'HMM6003', span: spanAt(40) }]);
    expect(verdict.problems[0]?.message).toMatch(/^the schedule was made for program /);
  });
});
