// SPDX-License-Identifier: MIT
/** Overtaking and how it ends: a waiter that was overtaken can always get the lock next. */
import { describe, expect, test } from 'vitest';
import { follow } from '../testing/follow.ts';
import type { CellRef, CodeBuilder } from '../testing/program-builder.ts';
import { binary } from '../testing/program-builder.ts';

type Pair = readonly [lock: string, unlock: string];

const MUTEX: Pair = ['mutex_lock', 'mutex_unlock'];
const WRITE: Pair = ['down_write', 'up_write'];
const READ: Pair = ['down_read', 'up_read'];

/** What newcomers do, and what the waiter waits for. */
const LOCKS: readonly (readonly [kind: 'mutex' | 'rwsem', newcomer: Pair, waiter: Pair])[] = [
  ['mutex', MUTEX, MUTEX],
  ['rwsem', WRITE, WRITE],
  ['rwsem', WRITE, READ],
  ['rwsem', READ, WRITE],
];

describe.each(LOCKS)('%s: %j past %j', (kind, [take, release], [lock, unlock]) => {
  /** A takes the lock for ever and again, W waits for it. */
  const overtaken = () => {
    const program = follow((b) => {
      const m = b.cell('m', { kind });
      b.thread('A', (c) => {
        const loop = c.here;
        c.primitive(take, [m]);
        c.primitive(release, [m]);
        c.jump(loop);
      });
      b.thread('W', (c) => {
        c.primitive(lock, [m]);
        c.primitive(unlock, [m]);
      });
    });
    program.take(0);
    program.take(1, 'queues');
    return program;
  };

  test('a newcomer overtakes, until the head waiter asks for hand-off', () => {
    const run = overtaken();
    expect(run.ways(1)).toEqual([]);
    run.take(0);
    expect(run.ways(1)).toEqual([expect.stringContaining('granted')]);
    run.take(0, 'overtakes');
    expect(run.ways(1)).toEqual([expect.stringContaining('hand-off')]);
    run.take(1, 'hand-off');
    expect(run.ways(1)).toEqual([]);
    run.take(0);
    // Free, but promised to W.
    expect(run.ways(0)).toEqual([expect.stringContaining('queues')]);
    run.take(0);
    expect(run.ways(0)).toEqual([]);
    run.take(1, 'granted');
    expect(run.ways(0)).toEqual([]);
  });

  test('it can be overtaken again and again as long as it does not ask', () => {
    const run = overtaken();
    for (let i = 0; i < 3; i++) {
      run.take(0);
      run.take(0, 'overtakes');
    }
    run.take(0);
    run.take(1, 'granted');
  });
});

test('hand-off ends with its waiter: a signal that takes the head away lets newcomers in', () => {
  const run = follow((b) => {
    b.environment = { signals: true, spuriousWakeups: false, allocationFailure: false };
    const m: CellRef = b.cell('m', { kind: 'mutex' });
    b.thread('A', (c: CodeBuilder) => {
      const loop = c.here;
      c.primitive('mutex_lock', [m]);
      c.primitive('mutex_unlock', [m]);
      c.jump(loop);
    });
    b.thread('W', (c) => {
      const result = c.local('result');
      c.primitive('mutex_lock_killable', [m], result);
      const held = c.branch(binary('==', result, 0));
      c.primitive('mutex_unlock', [m]);
      c.patch(held, held + 1, c.here);
    });
  });
  run.take(0);
  run.take(1, 'queues');
  run.take(0);
  run.take(0, 'overtakes');
  run.take(1, 'hand-off');
  run.take(1, 'signal');
  run.take(1, 'interrupted');
  run.take(0);
  expect(run.ways(0)).toEqual([expect.not.stringContaining('queues')]);
});
