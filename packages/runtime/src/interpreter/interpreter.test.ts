// SPDX-License-Identifier: MIT
import { describe, expect, test } from 'vitest';
import { walkAllSchedules } from '../testing/all-schedules.ts';
import type { CodeBuilder, ProgramBuilder } from '../testing/program-builder.ts';
import { binary, buildProgram } from '../testing/program-builder.ts';
import { createInterpreter } from './interpreter.ts';

const walk = (write: (b: ProgramBuilder) => void) =>
  walkAllSchedules(createInterpreter(buildProgram(write)));

const locks =
  (...names: readonly (readonly [string, { object: number; name: string }])[]) =>
  (code: CodeBuilder): void => {
    for (const [name, cell] of names) code.primitive(name, [cell]);
  };

describe('steps', () => {
  test('x++ twice: 6 schedules, as AABB ABAB ABBA and their mirrors', () => {
    const found = walk((b) => {
      const x = b.int('x');
      for (const name of ['A', 'B']) {
        b.thread(name, (c) => c.store(x, binary('+', c.load(x), 1)));
      }
    });
    expect(found.schedules).toBe(6);
    // Both loaded: (0,0), (0,1) or (1,0); the rest is fixed by who has stored.
    expect(found.finals.size).toBe(2);
    expect(found.findings).toEqual([]);
  });

  test('local computation belongs to the visible action before it', () => {
    const found = walk((b) => {
      const x = b.int('x');
      b.thread('A', (c) => {
        const r = c.load(x);
        c.set(r, binary('+', r, 5));
        c.set(r, binary('*', r, 0));
        c.store(x, r);
      });
    });
    expect(found.states.size).toBe(3);
  });

  test('a loop without a visible action is local divergence', () => {
    const found = walk((b) => {
      b.thread('A', (c) => {
        const i = c.local('i');
        c.set(i, 1);
        c.jump(c.here - 1);
      });
    });
    expect(found.findings).toEqual(['local_divergence']);
  });

  test('a value outside its range is a finding, and one inside is not', () => {
    const grow = (top: number) =>
      walk((b) => {
        const x = b.int('x', 0, 0, top);
        b.thread('A', (c) => c.store(x, binary('+', c.load(x), 2)));
      });
    expect(grow(1).findings).toEqual(['integer_out_of_range']);
    expect(grow(2).findings).toEqual([]);
  });
});

describe('mutex', () => {
  test('two threads exclude each other', () => {
    const found = walk((b) => {
      const m = b.cell('m', { kind: 'mutex' });
      const x = b.int('x');
      for (const name of ['A', 'B']) {
        b.thread(name, (c) => {
          c.primitive('mutex_lock', [m]);
          c.store(x, binary('+', c.load(x), 1));
          c.primitive('mutex_unlock', [m]);
        });
      }
    });
    expect(found.findings).toEqual([]);
    expect(found.finals.size).toBe(1);
  });

  test.each([
    [['mutex_lock', 'mutex_lock'], ['self_deadlock']],
    [['mutex_unlock'], ['unlock_not_held']],
    [['mutex_lock'], ['lock_held_at_exit']],
    [['mutex_lock', 'mutex_unlock', 'mutex_unlock'], ['unlock_not_held']],
    [['mutex_lock', 'mutex_unlock'], []],
  ])('%j finds %j', (ops, findings) => {
    const found = walk((b) => {
      const m = b.cell('m', { kind: 'mutex' });
      b.thread('A', locks(...ops.map((op) => [op, m] as const)));
    });
    expect(found.findings).toEqual(findings);
  });

  test('ABBA deadlocks', () => {
    const found = walk((b) => {
      const [m, n] = [b.cell('m', { kind: 'mutex' }), b.cell('n', { kind: 'mutex' })];
      const both = (first: typeof m, second: typeof m) =>
        locks(
          ['mutex_lock', first],
          ['mutex_lock', second],
          ['mutex_unlock', second],
          ['mutex_unlock', first],
        );
      b.thread('A', both(m, n));
      b.thread('B', both(n, m));
    });
    expect(found.findings).toEqual(['deadlock']);
  });
});

describe('rwsem', () => {
  const pair = (withWriters: readonly string[]) =>
    walk((b) => {
      const sems = { a: b.cell('a', { kind: 'rwsem' }), b: b.cell('b', { kind: 'rwsem' }) };
      const readBoth = (x: typeof sems.a, y: typeof sems.a) =>
        locks(['down_read', x], ['down_read', y], ['up_read', y], ['up_read', x]);
      b.thread('A', readBoth(sems.a, sems.b));
      b.thread('B', readBoth(sems.b, sems.a));
      for (const on of withWriters) {
        const sem = on === 'a' ? sems.a : sems.b;
        b.thread(`W${on}`, locks(['down_write', sem], ['up_write', sem]));
      }
    });

  test('readers in opposite order never deadlock by themselves', () => {
    expect(pair([]).findings).toEqual([]);
    expect(pair(['a']).findings).toEqual([]);
  });

  test('they do when a writer queues on each', () => {
    expect(pair(['a', 'b']).findings).toEqual(['deadlock']);
  }, 60_000);

  test('a recursive read deadlocks only with a writer in between', () => {
    const twice = (writer: boolean, overtake: boolean) =>
      walk((b) => {
        b.lockRules = { readersOvertake: overtake };
        const s = b.cell('s', { kind: 'rwsem' });
        b.thread('A', locks(['down_read', s], ['down_read', s], ['up_read', s], ['up_read', s]));
        if (writer) b.thread('W', locks(['down_write', s], ['up_write', s]));
      }).findings;
    expect(twice(false, true)).toEqual([]);
    expect(twice(true, true)).toEqual(['deadlock']);
    expect(twice(true, false)).toEqual(['deadlock']);
  });

  test('downgrade lets queued readers in, but not past a queued writer at the head', () => {
    const found = walk((b) => {
      const s = b.cell('s', { kind: 'rwsem' });
      b.thread('A', locks(['down_write', s], ['downgrade_write', s], ['up_read', s]));
      b.thread('R', locks(['down_read', s], ['up_read', s]));
      b.thread('W', locks(['down_write', s], ['up_write', s]));
    });
    expect(found.findings).toEqual([]);
  });

  test('up_read needs an own hold, though someone else reads', () => {
    const found = walk((b) => {
      const s = b.cell('s', { kind: 'rwsem' });
      b.thread('A', locks(['down_read', s], ['up_read', s]));
      b.thread('B', locks(['up_read', s]));
    });
    expect(found.findings).toEqual(['unlock_not_held']);
  });

  test('a trylock fails as soon as anyone is queued', () => {
    const found = walk((b) => {
      const s = b.cell('s', { kind: 'rwsem' });
      const seen = b.int('seen', 9);
      b.thread('A', locks(['down_read', s], ['up_read', s]));
      b.thread('W', locks(['down_write', s], ['up_write', s]));
      b.thread('T', (c) => {
        const r = c.local('r');
        c.primitive('down_read_trylock', [s], r);
        c.store(seen, r);
        const held = c.branch(r);
        c.primitive('up_read', [s]);
        c.patch(held, c.here - 1, c.here);
      });
    });
    expect(found.findings).toEqual([]);
    expect(found.finals.size).toBe(2);
  });
});

describe('waiting', () => {
  const waiter = (b: ProgramBuilder, naive: boolean): void => {
    const wq = b.cell('wq', { kind: 'wait_queue' });
    const ready = b.int('ready');
    b.thread('A', (c) => {
      const done: number[] = [];
      const loop = c.here;
      if (!naive) c.primitive('prepare_to_wait', [wq]);
      done.push(c.branch(c.load(ready)));
      c.patch(done[0] ?? 0, 0, c.here);
      c.primitive(naive ? 'sleep_on' : 'schedule', [wq]);
      if (!naive) c.jump(loop);
      for (const at of done) c.patch(at, c.here, at + 1);
      if (!naive) c.primitive('finish_wait', [wq]);
    });
    b.thread('B', (c) => {
      c.store(ready, 1);
      c.primitive('wake_up_all', [wq]);
    });
  };

  test('a sleep without a re-test loses the wake-up', () => {
    expect(walk((b) => waiter(b, true)).findings).toEqual(['lost_wakeup']);
  });

  test('wait_event does not', () => {
    expect(walk((b) => waiter(b, false)).findings).toEqual([]);
  });

  test('a timed wait that nobody ends is stalled, then goes on', () => {
    const found = walk((b) => {
      const done = b.cell('done', { kind: 'completion' });
      const result = b.int('result', 9);
      b.thread('A', (c) => {
        const r = c.local('r');
        c.primitive('wait_for_completion_timeout', [done], r);
        c.store(result, r);
      });
    });
    expect(found.findings).toEqual(['stalled_until_timeout']);
    expect(found.finals.size).toBe(1);
  });
});

describe('memory', () => {
  const heap = (write: (c: CodeBuilder, pool: number, p: { slot: number }) => void) =>
    walk((b) => {
      const struct = b.struct('foo', [['n', { kind: 'int', min: 0, max: 9 }]]);
      const pool = b.pool('foo', struct, 2, 'heap');
      b.thread('A', (c) => {
        const p = c.local('p', { kind: 'ref', to: { kind: 'struct', struct } });
        c.emit({ op: 'alloc', pool, to: p.slot }, true);
        write(c, pool, p);
      });
    }).findings;
  const free = (c: CodeBuilder, p: { slot: number }): void => {
    c.emit({ op: 'free', address: { kind: 'local', slot: p.slot } }, true);
  };

  test('use after free, double free, leak, and none of them', () => {
    const field = (p: { slot: number }) => binary('+', p, 0);
    expect(heap((c, _, p) => (free(c, p), c.store(field(p), 1)))).toEqual(['use_after_free']);
    expect(heap((c, _, p) => (free(c, p), free(c, p)))).toEqual(['double_free']);
    expect(heap((c, _, p) => c.store(field(p), 1))).toEqual(['leak']);
    expect(heap((c, _, p) => (c.store(field(p), 1), free(c, p)))).toEqual([]);
  });

  test('sleeping under a spinlock is a finding, contended or not', () => {
    const found = walk((b) => {
      const [s, m] = [b.cell('s', { kind: 'spinlock' }), b.cell('m', { kind: 'mutex' })];
      b.thread(
        'A',
        locks(['spin_lock', s], ['mutex_lock', m], ['mutex_unlock', m], ['spin_unlock', s]),
      );
    });
    expect(found.findings).toEqual(['sleep_in_atomic']);
  });
});

describe('work', () => {
  const queue = (
    b: ProgramBuilder,
    body: (
      c: CodeBuilder,
      wq: { object: number; name: string },
      w: { object: number; name: string },
    ) => void,
  ): void => {
    const wq = b.cell('wq', { kind: 'workqueue' });
    const flag = b.int('flag');
    const fn = b.proc('fn', 1, (c) => c.store(flag, 1));
    const w = b.cell('w', { kind: 'work' }, fn + 1);
    b.thread('A', (c) => body(c, wq, w));
    b.thread(
      'worker',
      (c) => {
        const item = c.local('item', { kind: 'ref', to: { kind: 'primitive', primitive: 'work' } });
        c.primitive('worker_take', [wq], item);
        c.emit({ op: 'call-work', work: { kind: 'local', slot: item.slot } }, false);
        c.primitive('worker_done', [wq, item]);
        c.jump(0);
      },
      { kind: 'worker', workqueue: { object: wq.object, cell: 0 } },
    );
  };

  test('flush_work returns after the item has run, and the worker idles for ever', () => {
    const found = walk((b) =>
      queue(b, (c, wq, w) => {
        c.primitive('queue_work', [wq, w]);
        c.primitive('flush_work', [w]);
        c.assert(c.load({ object: 1, name: 'flag' }), 'flag');
      }),
    );
    expect(found.findings).toEqual([]);
    expect(found.finals.size).toBe(1);
  });

  test('cancel_work_sync may come too late', () => {
    const found = walk((b) =>
      queue(b, (c, wq, w) => {
        c.primitive('queue_work', [wq, w]);
        c.primitive('cancel_work_sync', [w]);
      }),
    );
    expect(found.finals.size).toBe(2);
  });
});
