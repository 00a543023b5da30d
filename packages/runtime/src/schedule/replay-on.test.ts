// SPDX-License-Identifier: MIT
import { describe, expect, test } from 'vitest';
import type { Hold } from '../interpreter/machine.ts';
import { graphMachine } from '../testing/graph-machine.ts';
import { replayOn } from './replay-on.ts';
import type { Schedule } from './schedule.ts';

const hold = (thread: number, object: string, mode: Hold['mode'] = 'exclusive'): Hold => ({
  thread,
  object,
  mode,
});
/** What is held in states 0, 1, 2, ... of a line that thread A walks; state 5 is an assertion. */
const held: readonly (readonly Hold[])[] = [
  [hold(1, 'm')],
  [hold(0, 's', 'write'), hold(1, 'm')],
  [hold(0, 's', 'read'), hold(1, 'm')],
  [hold(0, 's', 'read'), hold(0, 's', 'read')],
  [hold(0, 's', 'read'), hold(1, 'm')],
];
const machine = graphMachine({
  threads: 2,
  edges: (state) => [
    { thread: 0, to: state === 4 ? 'assertion' : state + 1 },
    { thread: 1, environment: 'timeout', to: 0 },
    ...(state === 0 ? [{ thread: 1, alternative: 2, to: 0 }] : []),
  ],
  holds: (state) => held[state] ?? [],
});
const a = { thread: 0, alternative: 0, environment: null };
const line = (length: number): Schedule => Array.from({ length }, () => a);

describe('a replay', () => {
  test('says what each step did, who could move, and since when locks are held', () => {
    const replay = replayOn(machine, line(5));
    if (replay.kind === 'error') throw new Error(replay.error.message);
    const { steps } = replay.trace;
    expect(steps.map(({ text }) => text)).toEqual(
      [0, 1, 2, 3, 4].map((state) => `leaves ${state}`),
    );
    expect(steps.map(({ enabledThreads }) => enabledThreads)).toEqual([[0, 1], [0], [0], [0], [0]]);
    expect(steps.map(({ holds }) => holds.map(({ object, since }) => [object, since]))).toEqual([
      // Acquired by step 0; m since the set-up.
      [
        ['s', 0],
        ['m', -1],
      ],
      // Downgraded, not acquired again.
      [
        ['s', 0],
        ['m', -1],
      ],
      // Taken a second time, m given back.
      [
        ['s', 0],
        ['s', 2],
      ],
      // The second one given back, m taken anew.
      [
        ['s', 0],
        ['m', 3],
      ],
      // The step ends in a finding: held are the locks before it.
      [
        ['s', 0],
        ['m', 3],
      ],
    ]);
  });

  test.each([
    [[...line(2), { ...a, alternative: 1 }], 2, 'A alternative 1', 'enabled: A, B timeout'],
    [[{ ...a, thread: 1 }], 0, '(B)', 'enabled: A, B alternative 2, B timeout'],
    [[{ ...a, thread: 7 }], 0, 'thread 7', 'enabled: A'],
    [line(6), 5, '(A)', 'ended before'],
  ])('of a step that is not enabled is HMM6004 at %#', (schedule, at, ...words) => {
    const replay = replayOn(machine, schedule);
    expect(replay).toMatchObject({ kind: 'error', error: { code: 'HMM6004', at } });
    const message = replay.kind === 'error' ? replay.error.message : '';
    for (const word of words) expect(message).toContain(word);
  });

  test('of nothing has no steps, even where the set-up fails', () => {
    const broken = graphMachine({ threads: 1, edges: () => [], initial: 'double_free' });
    expect(replayOn(broken, [])).toEqual({ kind: 'trace', trace: { steps: [], next: [] } });
    expect(replayOn(broken, [a])).toMatchObject({ kind: 'error', error: { at: 0 } });
  });
});
