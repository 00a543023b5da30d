// SPDX-License-Identifier: MIT
/** Final, stuck and stalled states, and every cause that a stuck one has. */
import { describe, expect, test } from 'vitest';
import type { Thread } from '../program/index.ts';
import { exploreAll } from '../testing/explore-all.ts';
import type { CellRef, CodeBuilder, ProgramBuilder } from '../testing/program-builder.ts';

const lockAll = (...locks: readonly CellRef[]) => {
  return (c: CodeBuilder): void => locks.forEach((lock) => c.primitive('mutex_lock', [lock]));
};

const mutexes = (b: ProgramBuilder, ...names: readonly string[]): CellRef[] =>
  names.map((name) => b.cell(name, { kind: 'mutex' }));

describe('every cause of a stuck state is found', () => {
  test('two cycles that have nothing to do with each other', () => {
    const { findings } = exploreAll((b) => {
      const [m, n, o, p] = mutexes(b, 'm', 'n', 'o', 'p');
      if (m === undefined || n === undefined || o === undefined || p === undefined) return;
      b.thread('A', lockAll(m, n));
      b.thread('B', lockAll(n, m));
      b.thread('C', lockAll(o, p));
      b.thread('D', lockAll(p, o));
    });
    const deadlocks = findings.filter((text) => text.startsWith('deadlock'));
    expect(deadlocks).toEqual(['deadlock on n in A', 'deadlock on p in C']);
  });

  test('a self-deadlock that always happens does not hide another deadlock', () => {
    const { findings, finals } = exploreAll((b) => {
      const [m, s] = mutexes(b, 'm', 's');
      const wq = b.cell('wq', { kind: 'wait_queue' });
      if (m === undefined || s === undefined) return;
      b.thread('A', lockAll(s, s));
      b.thread('B', (c) => c.primitive('sleep_on', [wq]));
      b.thread('C', lockAll(m, m));
    });
    expect(finals).toEqual([]);
    expect(findings).toEqual([
      'deadlock on wq in B',
      'self_deadlock on m in C',
      'self_deadlock on s in A',
    ]);
  });

  test('a lost wake-up does not either, and who only waits for its thread is no cause', () => {
    const { findings } = exploreAll((b) => {
      const [m, s] = mutexes(b, 'm', 's');
      const wq = b.cell('wq', { kind: 'wait_queue' });
      if (m === undefined || s === undefined) return;
      b.thread('A', (c) => {
        c.primitive('mutex_lock', [m]);
        c.primitive('wake_up', [wq]);
        c.primitive('prepare_to_wait', [wq]);
        c.primitive('schedule', [wq], undefined, { kind: 'const', value: 1 });
        c.primitive('mutex_unlock', [m]);
      });
      b.thread('B', (c) => {
        lockAll(m)(c);
        c.primitive('mutex_unlock', [m]);
      });
      b.thread('C', lockAll(s, s));
    });
    expect(findings).toEqual(['lost_wakeup on wq in A', 'self_deadlock on s in C']);
  });

  test('a thread that waits for itself and for another makes both cycles', () => {
    const { findings } = exploreAll((b) => {
      const [s, [m]] = [b.cell('s', { kind: 'rwsem' }), mutexes(b, 'm')];
      if (m === undefined) return;
      b.thread('A', (c) => {
        c.primitive('mutex_lock', [m]);
        c.primitive('down_read', [s]);
        c.primitive('down_write', [s]);
      });
      b.thread('B', (c) => {
        c.primitive('down_read', [s]);
        c.primitive('mutex_lock', [m]);
        c.primitive('mutex_unlock', [m]);
        c.primitive('up_read', [s]);
      });
    });
    expect(findings).toEqual(['deadlock on s in A', 'self_deadlock on s in A']);
  });
});

describe('a lost wake-up', () => {
  /** B wakes between A's load and A's store, or elsewhere; A's last test is its load. */
  const sleeper = (afterTest: (c: CodeBuilder, other: CellRef) => void) =>
    exploreAll((b) => {
      const [wq, x, other] = [b.cell('wq', { kind: 'wait_queue' }), b.int('x'), b.int('other')];
      const turn = b.cell('turn', { kind: 'completion' });
      const woke = b.cell('woke', { kind: 'completion' });
      b.thread('A', (c) => {
        c.load(x);
        c.primitive('complete', [turn]);
        c.primitive('wait_for_completion', [woke]);
        afterTest(c, other);
        c.primitive('sleep_on', [wq]);
      });
      b.thread('B', (c) => {
        c.primitive('wait_for_completion', [turn]);
        c.primitive('wake_up_all', [wq]);
        c.primitive('complete', [woke]);
      });
    }).findings;

  test('lies between the last test and the sleep, whatever else was done there', () => {
    expect(sleeper(() => {})).toEqual(['lost_wakeup on wq in A']);
    expect(sleeper((c, other) => c.store(other, 1))).toEqual(['lost_wakeup on wq in A']);
  });

  test('is none if the thread has tested again since', () => {
    expect(sleeper((c, other) => void c.load(other))).toEqual(['deadlock on wq in A']);
  });
});

describe('daemons', () => {
  const daemon = (kind: Thread['kind'], write: (c: CodeBuilder, m: CellRef, wq: CellRef) => void) =>
    exploreAll((b) => {
      const [m, wq] = [b.cell('m', { kind: 'mutex' }), b.cell('wq', { kind: 'wait_queue' })];
      b.thread('D', (c) => write(c, m, wq), { kind });
      b.thread('A', (c) => c.primitive('wake_up', [wq]));
    });
  const waits = (c: CodeBuilder, _m: CellRef, wq: CellRef): void => {
    c.primitive('sleep_on', [wq]);
    c.jump(c.here - 1);
  };

  test('may wait for ever, tasks may not', () => {
    expect(daemon('daemon', waits).findings).toEqual([]);
    expect(daemon('daemon', waits).finals).toEqual(['']);
    expect(daemon('task', waits).findings).not.toEqual([]);
  });

  test('are not idle as long as they hold a lock', () => {
    const holding = daemon('daemon', (c, m, wq) => {
      c.primitive('mutex_lock', [m]);
      c.primitive('sleep_on', [wq]);
      c.jump(c.here - 1);
    });
    expect(holding.finals).toEqual([]);
    expect(holding.findings).not.toEqual([]);
  });

  test('are idle only where they wait for something to do', () => {
    const { findings, finals } = exploreAll((b) => {
      const wq = b.cell('wq', { kind: 'workqueue' });
      const w = b.cell('w', { kind: 'work' }, b.proc('fn', 1, () => {}) + 1);
      b.thread(
        'D',
        (c) => {
          c.primitive('queue_work', [wq, w]);
          c.primitive('flush_work', [w]);
        },
        { kind: 'daemon' },
      );
    });
    expect(finals).toEqual([]);
    expect(findings).toEqual(['deadlock on w in D']);
  });
});
