// SPDX-License-Identifier: MIT
/** Signals, spurious wake-ups, timeouts and completions: what ends a wait, and with which result. */
import { describe, expect, test } from 'vitest';
import { exploreAll } from '../testing/explore-all.ts';
import { follow } from '../testing/follow.ts';
import type { CellRef, CodeBuilder, ProgramBuilder } from '../testing/program-builder.ts';
import { binary } from '../testing/program-builder.ts';

const EINTR = 4;
const ERESTARTSYS = 512;

const quiet = { signals: false, spuriousWakeups: false, allocationFailure: false };

/** Stores what a primitive returns. */
function storeResult(c: CodeBuilder, name: string, object: CellRef, to: CellRef): void {
  const result = c.local(`of_${name}`);
  c.primitive(name, [object], result);
  c.store(to, result);
}

describe('signals', () => {
  type Row = readonly [name: string, unlock: string, kind: 'mutex' | 'rwsem'];
  const LOCKS: readonly Row[] = [
    ['mutex_lock_killable', 'mutex_unlock', 'mutex'],
    ['mutex_lock_interruptible', 'mutex_unlock', 'mutex'],
    ['down_read_killable', 'up_read', 'rwsem'],
    ['down_write_killable', 'up_write', 'rwsem'],
  ];

  /** B holds the lock; A comes with an interruptible variant. */
  const contended = ([name, unlock, kind]: Row, signals: boolean) =>
    exploreAll((b) => {
      b.environment = { ...quiet, signals };
      const lock = b.cell('lock', { kind });
      const r = b.int('r', 9);
      const [take, release] =
        kind === 'mutex' ? ['mutex_lock', 'mutex_unlock'] : ['down_write', 'up_write'];
      b.thread('A', (c) => {
        const result = c.local('result');
        c.primitive(name, [lock], result);
        c.store(r, result);
        const held = c.branch(binary('==', result, 0));
        c.primitive(unlock, [lock]);
        c.patch(held, held + 1, c.here);
      });
      b.thread('B', (c) => {
        c.primitive(take, [lock]);
        c.primitive(release, [lock]);
      });
    });

  test.each(LOCKS)('%s leaves the queue with -EINTR, without the lock', (...row) => {
    const { findings, finals, states } = contended(row, true);
    expect(findings).toEqual([]);
    expect(finals).toEqual([`r=${-EINTR}`, 'r=0']);
    const last = states.filter(({ threads }) => threads.every(({ frames }) => frames.length === 0));
    for (const { memory } of last) expect(JSON.stringify(memory)).not.toContain('"queue":[0');
  });

  test.each(LOCKS)('%s waits like any other without signals', (...row) => {
    const { findings, finals } = contended(row, false);
    expect(findings).toEqual([]);
    expect(finals).toEqual(['r=0']);
  });

  test('break no deadlock: a signal that may come is no way out', () => {
    const { findings } = exploreAll((b) => {
      b.environment = { ...quiet, signals: true };
      const [m, n] = [b.cell('m', { kind: 'mutex' }), b.cell('n', { kind: 'mutex' })];
      const both = (c: CodeBuilder, first: CellRef, second: CellRef): void => {
        c.primitive('mutex_lock', [first]);
        c.primitive('mutex_lock_killable', [second], c.local('result'));
      };
      b.thread('A', (c) => both(c, m, n));
      b.thread('B', (c) => both(c, n, m));
    });
    expect(findings).toContain('deadlock on n in A');
  });

  test('a killed writer lets the readers behind it in', () => {
    const { findings, finals } = exploreAll((b) => {
      b.environment = { ...quiet, signals: true };
      b.lockRules = { readersOvertake: false };
      const [s, r] = [b.cell('s', { kind: 'rwsem' }), b.int('r', 9)];
      b.thread('A', (c) => {
        c.primitive('down_read', [s]);
        c.primitive('up_read', [s]);
      });
      b.thread('W', (c) => {
        const result = c.local('result');
        c.primitive('down_write_killable', [s], result);
        c.store(r, result);
        const held = c.branch(binary('==', result, 0));
        c.primitive('up_write', [s]);
        c.patch(held, held + 1, c.here);
      });
      b.thread('R', (c) => {
        c.primitive('down_read', [s]);
        c.primitive('up_read', [s]);
      });
    });
    expect(findings).toEqual([]);
    expect(finals).toEqual([`r=${-EINTR}`, 'r=0']);
  });

  test('end schedule_interruptible, and not schedule', () => {
    const sleeper = (name: string) =>
      exploreAll((b) => {
        b.environment = { ...quiet, signals: true };
        const [wq, r] = [b.cell('wq', { kind: 'wait_queue' }), b.int('r', 9)];
        b.thread('A', (c) => {
          c.primitive('prepare_to_wait', [wq]);
          storeResult(c, name, wq, r);
          c.primitive('finish_wait', [wq]);
        });
        b.thread('B', (c) => c.primitive('wake_up', [wq]));
      });
    const { findings, finals } = sleeper('schedule_interruptible');
    expect(finals).toEqual([`r=${-ERESTARTSYS}`, 'r=0']);
    expect(findings).toEqual(['lost_wakeup on wq in A']);
    expect(sleeper('schedule').finals).toEqual(['r=0']);
  });
});

describe('spurious wake-ups', () => {
  const waiting = (spuriousWakeups: boolean, naive: boolean) =>
    exploreAll((b: ProgramBuilder) => {
      b.environment = { ...quiet, spuriousWakeups };
      const [wq, ready, r] = [b.cell('wq', { kind: 'wait_queue' }), b.int('ready'), b.int('r', 9)];
      b.thread('A', (c) => {
        const loop = c.here;
        c.primitive('prepare_to_wait', [wq]);
        const woken = c.branch(c.load(ready));
        c.patch(woken, woken + 1, woken + 1);
        c.primitive('schedule', [wq]);
        if (!naive) c.jump(loop);
        const out = c.here;
        if (!naive) c.patch(woken, out, woken + 1);
        c.primitive('finish_wait', [wq]);
        c.store(r, c.load(ready, 'end'));
      });
      b.thread('B', (c) => {
        c.store(ready, 1);
        c.primitive('wake_up_all', [wq]);
      });
    });

  test('happen only where they are allowed, and a loop is proof against them', () => {
    expect(waiting(true, true).finals).toEqual(['ready=1 r=0', 'ready=1 r=1']);
    expect(waiting(false, true).finals).toEqual(['ready=1 r=1']);
    expect(waiting(true, false).finals).toEqual(['ready=1 r=1']);
  });
});

describe('completions', () => {
  const waiters = (names: readonly string[], completer: readonly string[]) =>
    exploreAll((b) => {
      const done = b.cell('done', { kind: 'completion' });
      names.forEach((name, i) => {
        const r = name.endsWith('_timeout') || name.startsWith('try') ? b.int(`r${i}`, 9) : null;
        b.thread(`W${i}`, (c) => {
          if (r === null) c.primitive(name, [done]);
          else storeResult(c, name, done, r);
        });
      });
      b.thread('C', (c) => completer.forEach((name) => c.primitive(name, [done])));
    });

  test('complete lets one waiter go, complete twice two, complete_all all', () => {
    const two = ['wait_for_completion', 'wait_for_completion'];
    expect(waiters(two, ['complete']).finals).toEqual([]);
    expect(waiters(two, ['complete']).findings.every((text) => text.startsWith('deadlock'))).toBe(
      true,
    );
    expect(waiters(two, ['complete', 'complete']).findings).toEqual([]);
    expect(waiters(two, ['complete_all']).findings).toEqual([]);
  });

  test('complete_all is sticky: it outlives waits and further completes, until reinit', () => {
    const one = (names: readonly string[]) =>
      exploreAll((b) => {
        const [done, r] = [b.cell('done', { kind: 'completion' }), b.int('r', 9)];
        b.thread('A', (c) => {
          names.forEach((name) => c.primitive(name, [done]));
          storeResult(c, 'completion_done', done, r);
        });
      }).finals;
    const wait = 'wait_for_completion';
    expect(one(['complete_all', wait, wait, 'complete', wait])).toEqual(['r=1']);
    expect(one(['complete_all', 'reinit_completion'])).toEqual(['r=0']);
    expect(one(['complete', wait])).toEqual(['r=0']);
    expect(one(['complete', 'complete', wait])).toEqual(['r=1']);
  });

  test('waits after complete_all change nothing, so that a loop of them comes round', () => {
    const { states } = exploreAll((b) => {
      const done = b.cell('done', { kind: 'completion' });
      b.thread('A', (c) => {
        c.primitive('complete_all', [done]);
        c.primitive('wait_for_completion', [done]);
        c.jump(1);
      });
    });
    expect(states).toHaveLength(2);
  });

  test("a waiter that has timed out stands in nobody's way", () => {
    const run = follow((b) => {
      const done = b.cell('done', { kind: 'completion' });
      b.thread('A', (c) => c.primitive('wait_for_completion_timeout', [done], c.local('left')));
      b.thread('B', (c) => c.primitive('wait_for_completion', [done]));
      b.thread('C', (c) => c.primitive('complete', [done]));
    });
    run.take(0, 'waits');
    run.take(1, 'waits');
    run.take(0, 'expires');
    run.take(0, 'times out');
    expect(run.ways(1)).toEqual([]);
    run.take(2);
    expect(run.ways(1)).toEqual([expect.stringContaining('goes on')]);
  });

  test('a timed wait that expires leaves the queue and takes no completion', () => {
    const { findings, finals } = waiters(
      ['wait_for_completion_timeout', 'wait_for_completion'],
      ['complete'],
    );
    expect(finals).toEqual(['r0=0']);
    expect(findings).toContain('stalled_until_timeout on done in W0');
    expect(findings).toContain('deadlock on done in W1');
  });
});
