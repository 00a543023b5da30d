// SPDX-License-Identifier: MIT
/** Who may enter an rwsem when, step by step. The queue's order and overtaking: `hand-off.test.ts`. */
import { describe, expect, test } from 'vitest';
import { exploreAll } from '../testing/explore-all.ts';
import { follow } from '../testing/follow.ts';
import type { CodeBuilder, ProgramBuilder } from '../testing/program-builder.ts';

/** Threads named by their numbers; each runs primitives on one rwsem, then stores its result in `r`. */
const threads =
  (...bodies: readonly (readonly string[])[]) =>
  (b: ProgramBuilder): void => {
    const [s, r] = [b.cell('s', { kind: 'rwsem' }), b.int('r', 9)];
    bodies.forEach((names, i) => {
      b.thread(`T${i}`, (c: CodeBuilder) => {
        const result = c.local('result');
        for (const name of names) {
          c.primitive(name, [s], name.endsWith('trylock') ? result : undefined);
        }
        c.store(r, result);
      });
    });
  };

const QUEUES: unknown = expect.stringContaining('queues');
const OVERTAKES: unknown = expect.stringContaining('overtakes');

describe('a trylock', () => {
  test.each(['down_read_trylock', 'down_write_trylock'])(
    '%s fails when anyone is queued, though the lock is free',
    (name) => {
      const run = follow(threads(['down_write', 'up_write'], ['down_write', 'up_write'], [name]));
      run.take(0);
      run.take(1, 'queues');
      run.take(0);
      run.take(2);
      run.take(2, 'store r');
      expect(run.ways(2)).toEqual([]);
      expect(run.ways(1)).toEqual([expect.stringContaining('granted')]);
      expect(JSON.stringify(run.state().memory.at(-1))).toBe('0');
    },
  );
});

describe('readers', () => {
  const reader = ['down_read', 'up_read'];
  const writer = ['down_write', 'up_write'];

  test('queue behind a writer, unless they may overtake', () => {
    const start = (overtake: boolean) => {
      const run = follow((b) => {
        b.lockRules = { readersOvertake: overtake };
        threads(reader, writer, reader)(b);
      });
      run.take(0);
      run.take(1, 'queues');
      return run.ways(2);
    };
    expect(start(false)).toEqual([QUEUES]);
    expect(start(true)).toEqual([QUEUES, OVERTAKES]);
  });

  test('enter together when one heads the queue, past the writers between them', () => {
    const run = follow(threads(writer, reader, writer, reader));
    run.take(0);
    for (const thread of [1, 2, 3]) run.take(thread, 'queues');
    run.take(0);
    expect(run.ways(3)).toEqual([]);
    run.take(1, 'granted');
    expect(run.ways(3)).toEqual([expect.stringContaining('up_read')]);
    expect(run.ways(2)).toEqual([]);
  });

  test('enter after a downgrade, but not past a writer at the head', () => {
    const downgrade = ['down_write', 'downgrade_write', 'up_read'];
    const run = follow(threads(downgrade, reader, writer));
    run.take(0);
    run.take(1, 'queues');
    run.take(2, 'queues');
    run.take(0);
    expect(run.ways(1)).toEqual([expect.stringContaining('granted')]);
    expect(run.ways(2)).toEqual([]);
    const behind = follow(threads(downgrade, writer, reader));
    behind.take(0);
    behind.take(1, 'queues');
    behind.take(2, 'queues');
    behind.take(0);
    expect([...behind.ways(1), ...behind.ways(2)]).toEqual([]);
  });
});

describe('a release needs a hold of its own', () => {
  test.each([
    [['up_read'], ['down_read', 'up_read'], 'unlock_not_held'],
    [['up_write'], ['down_write', 'up_write'], 'unlock_by_non_owner'],
    [['up_write'], ['down_read', 'up_read'], 'unlock_not_held'],
    [['downgrade_write'], ['down_write', 'up_write'], 'unlock_by_non_owner'],
    [['up_read'], ['down_read_non_owner', 'up_read_non_owner'], 'unlock_not_held'],
  ])('%j while another thread does %j', (mine, others, finding) => {
    const { findings, finals } = exploreAll(threads(mine, others));
    expect(findings).toContain(`${finding} on s in T0`);
    expect(finals).toEqual([]);
  });

  test('a non-owner read is released by whoever likes, and nobody keeps it at exit', () => {
    const { findings } = exploreAll((b) => {
      const [s, go] = [b.cell('s', { kind: 'rwsem' }), b.cell('go', { kind: 'completion' })];
      b.thread('A', (c) => {
        c.primitive('down_read_non_owner', [s]);
        c.primitive('complete', [go]);
      });
      b.thread('B', (c) => {
        c.primitive('wait_for_completion', [go]);
        c.primitive('up_read_non_owner', [s]);
      });
    });
    expect(findings).toEqual([]);
  });
});
