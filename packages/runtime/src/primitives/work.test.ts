// SPDX-License-Identifier: MIT
import { describe, expect, test } from 'vitest';
import { exploreAll } from '../testing/explore-all.ts';
import { follow } from '../testing/follow.ts';
import type { CellRef, CodeBuilder, ProgramBuilder } from '../testing/program-builder.ts';
import { binary } from '../testing/program-builder.ts';

interface World {
  readonly wq: CellRef;
  readonly w: CellRef;
  readonly x: CellRef;
  readonly r: CellRef;
}

/** A queue with workers, one item whose function is `fn`, and a thread A. */
function withWork(
  workers: number,
  fn: (c: CodeBuilder, world: World) => void,
  body: (c: CodeBuilder, world: World) => void,
  more: (b: ProgramBuilder, world: World) => void = () => {},
) {
  return exploreAll((b) => {
    const wq = b.cell('wq', { kind: 'workqueue' });
    const x = b.int('x');
    const r = b.int('r', 9);
    // The item is the next object, and the function needs to know it.
    const w = { object: r.object + 1, name: 'w' };
    const world = { wq, w, x, r };
    const proc = b.proc('fn', 1, (c) => fn(c, world));
    b.cell('w', { kind: 'work' }, proc + 1);
    b.thread('A', (c) => body(c, world));
    for (let i = 0; i < workers; i++) addWorker(b, world, i);
    more(b, world);
  });
}

function addWorker(b: ProgramBuilder, { wq }: World, index: number): void {
  b.thread(
    `worker${index}`,
    (c) => {
      const item = c.local('item', { kind: 'ref', to: { kind: 'primitive', primitive: 'work' } });
      c.primitive('worker_take', [wq], item);
      c.emit({ op: 'call-work', work: { kind: 'local', slot: item.slot } }, false);
      c.primitive('worker_done', [wq, item]);
      c.jump(0);
    },
    { kind: 'worker', workqueue: { object: wq.object, cell: 0 } },
  );
}

const increment = (c: CodeBuilder, { x }: World): void => c.store(x, binary('+', c.load(x), 1));

const call = (name: string, result = false) => {
  return (c: CodeBuilder, { wq, w, r }: World): void => {
    const to = result ? c.local(`of_${name}`) : undefined;
    const operands = { queue_work: [wq, w], flush_workqueue: [wq] }[name] ?? [w];
    c.primitive(name, operands, to);
    if (to !== undefined) c.store(r, to);
  };
};

const inOrder =
  (...parts: readonly ((c: CodeBuilder, world: World) => void)[]) =>
  (c: CodeBuilder, world: World): void =>
    parts.forEach((part) => part(c, world));

const seen = (c: CodeBuilder, { x, r }: World): void => c.store(r, c.load(x));

/** Final values of a program without findings. */
function clean({ findings, finals }: ReturnType<typeof exploreAll>): readonly string[] {
  expect(findings).toEqual([]);
  return finals;
}

describe('queue_work', () => {
  test('does nothing for a pending item, and may find it running or over', () => {
    const twice = inOrder(call('queue_work'), call('queue_work', true));
    const { findings, finals } = withWork(1, increment, twice);
    expect(findings).toEqual([]);
    expect(finals).toEqual(['x=1 r=0', 'x=2 r=1']);
  });

  test('queues a running item again, which then does not run beside itself', () => {
    const twice = inOrder(call('queue_work'), call('queue_work', true));
    const { findings, finals } = withWork(2, increment, twice);
    expect(findings).toEqual([]);
    // Two overlapping runs would lose an update: x=1 r=1.
    expect(finals).toEqual(['x=1 r=0', 'x=2 r=1']);
  });

  test('may be called from the function itself', () => {
    const again = (c: CodeBuilder, world: World): void => {
      increment(c, world);
      const once = c.branch(binary('==', c.load(world.x), 1));
      call('queue_work')(c, world);
      c.patch(once, once + 1, c.here);
    };
    const { findings, finals } = withWork(1, again, call('queue_work'));
    expect(findings).toEqual([]);
    expect(finals).toEqual(['x=2 r=9']);
  });

  test('needs INIT_WORK', () => {
    const { findings } = exploreAll((b) => {
      const [wq, w] = [b.cell('wq', { kind: 'workqueue' }), b.cell('w', { kind: 'work' })];
      b.thread('A', (c) => c.primitive('queue_work', [wq, w]));
    });
    expect(findings).toEqual(['null_dereference on w in A']);
  });
});

describe('flush', () => {
  test('flush_work waits for the item that was queued, and says whether it had to', () => {
    const body = inOrder(call('queue_work'), call('flush_work'), seen);
    expect(clean(withWork(1, increment, body))).toEqual(['x=1 r=1']);
    const result = inOrder(call('queue_work'), call('flush_work', true));
    expect(clean(withWork(1, increment, result))).toEqual(['x=1 r=0', 'x=1 r=1']);
  });

  test('flush_work waits for the last queued instance, not for the one that runs', () => {
    const body = inOrder(
      call('queue_work'),
      call('queue_work', true),
      call('flush_work'),
      (c, { x, r }) => {
        const [queued, runs] = [c.load(r, 'queued'), c.load(x, 'runs')];
        c.assert(binary('==', runs, binary('+', queued, 1)), 'all that was queued has run');
      },
    );
    expect(clean(withWork(1, increment, body))).toEqual(['x=1 r=0', 'x=2 r=1']);
  });

  test('flush_work of an item that was never queued returns at once', () => {
    const { findings, finals } = withWork(1, increment, call('flush_work', true));
    expect(findings).toEqual([]);
    expect(finals).toEqual(['x=0 r=0']);
  });

  test.each([1, 2])('flush_workqueue waits for all queued before, with %d workers', (workers) => {
    const { findings, finals } = exploreAll((b) => {
      const wq = b.cell('wq', { kind: 'workqueue' });
      const [x, y, r] = [b.int('x'), b.int('y'), b.int('r', 9)];
      const fns = [x, y].map((cell, i) => b.proc(`fn${i}`, 1, (c) => c.store(cell, 1)));
      const items = fns.map((fn, i) => b.cell(`w${i}`, { kind: 'work' }, fn + 1));
      b.thread('A', (c) => {
        for (const item of items) c.primitive('queue_work', [wq, item]);
        c.primitive('flush_workqueue', [wq]);
        const [a, z] = [c.load(x, 'a'), c.load(y, 'z')];
        c.store(r, binary('+', a, z));
      });
      for (let i = 0; i < workers; i++) addWorker(b, { wq, w: wq, x, r }, i);
    });
    expect(findings).toEqual([]);
    expect(finals).toEqual(['x=1 y=1 r=2']);
  });

  test('flush_workqueue does not wait for what is queued after it began', () => {
    const requeues = (c: CodeBuilder, world: World): void => {
      increment(c, world);
      const first = c.branch(binary('==', c.load(world.x), 1));
      call('queue_work')(c, world);
      c.patch(first, first + 1, c.here);
    };
    const body = inOrder(call('queue_work'), call('flush_workqueue'), seen);
    expect(clean(withWork(1, requeues, body))).toEqual(['x=2 r=1', 'x=2 r=2']);
  });

  test.each(['flush_work', 'flush_workqueue'])(
    '%s from its own function is a self-deadlock',
    (flush) => {
      const { findings, finals } = withWork(1, call(flush), call('queue_work'));
      const object = flush === 'flush_work' ? 'w' : 'wq';
      expect(findings).toEqual([`self_deadlock on ${object} in worker0`]);
      expect(finals).toEqual([]);
    },
  );

  test('a flush under a lock that the function needs is a deadlock', () => {
    const { findings } = exploreAll((b) => {
      const [wq, m] = [b.cell('wq', { kind: 'workqueue' }), b.cell('m', { kind: 'mutex' })];
      const fn = b.proc('fn', 1, (c) => {
        c.primitive('mutex_lock', [m]);
        c.primitive('mutex_unlock', [m]);
      });
      const w = b.cell('w', { kind: 'work' }, fn + 1);
      b.thread('A', (c) => {
        c.primitive('queue_work', [wq, w]);
        c.primitive('mutex_lock', [m]);
        c.primitive('flush_work', [w]);
        c.primitive('mutex_unlock', [m]);
      });
      addWorker(b, { wq, w, x: w, r: w }, 0);
    });
    expect(findings).toEqual(['deadlock on w in A']);
  });
});

describe('cancel_work_sync', () => {
  test('takes a pending item off, waits for a running one, and says whether it was pending', () => {
    const body = inOrder(call('queue_work'), call('cancel_work_sync', true), (c, { x, r }) => {
      const [run, cancelled] = [c.load(x, 'run'), c.load(r, 'cancelled')];
      c.assert(binary('==', binary('+', run, cancelled), 1), 'ran or was cancelled');
    });
    const { findings, finals } = withWork(1, increment, body);
    expect(findings).toEqual([]);
    expect(finals).toEqual(['x=0 r=1', 'x=1 r=0']);
  });

  test('of an item that is pending and running: off the queue, and waited for', () => {
    const body = inOrder(
      call('queue_work'),
      call('queue_work'),
      call('cancel_work_sync', true),
      seen,
    );
    const { findings, finals } = withWork(1, increment, body);
    expect(findings).toEqual([]);
    // r is x as the canceller sees it; nothing runs after that.
    expect(finals).toEqual(['x=0 r=0', 'x=1 r=1', 'x=2 r=2']);
  });

  test('reports a pending instance even if it had to wait for a running one', () => {
    const body = inOrder(call('queue_work'), call('queue_work', true), (c, world) => {
      const queued = c.load(world.r, 'queued');
      const twice = c.branch(queued);
      call('cancel_work_sync', true)(c, world);
      c.patch(twice, twice + 1, c.here);
    });
    expect(clean(withWork(1, increment, body))).toEqual(['x=1 r=0', 'x=1 r=1', 'x=2 r=0']);
  });

  test('keeps a running item from queueing itself again', () => {
    const requeues = (c: CodeBuilder, world: World): void => {
      increment(c, world);
      const first = c.branch(binary('==', c.load(world.x), 1));
      call('queue_work')(c, world);
      c.patch(first, first + 1, c.here);
    };
    const body = inOrder(call('queue_work'), call('cancel_work_sync'), seen);
    const { findings, finals } = withWork(1, requeues, body);
    expect(findings).toEqual([]);
    // Whatever has run by then (r), nothing runs afterwards (x).
    expect(finals).toEqual(['x=0 r=0', 'x=1 r=1', 'x=2 r=2']);
  });

  test('from its own function is a self-deadlock', () => {
    const { findings } = withWork(1, call('cancel_work_sync'), call('queue_work'));
    expect(findings).toEqual(['self_deadlock on w in worker0']);
  });

  test('of an item that is neither is no wait', () => {
    expect(clean(withWork(1, increment, call('cancel_work_sync', true)))).toEqual(['x=0 r=0']);
  });

  test('ends the wait of flushers', () => {
    const run = follow((b) => {
      const wq = b.cell('wq', { kind: 'workqueue' });
      const w = b.cell('w', { kind: 'work' }, b.proc('fn', 1, () => {}) + 1);
      b.thread('A', (c) => c.primitive('queue_work', [wq, w]));
      b.thread('F', (c) => c.primitive('flush_work', [w]));
      b.thread('Q', (c) => c.primitive('flush_workqueue', [wq]));
      b.thread('C', (c) => c.primitive('cancel_work_sync', [w]));
    });
    run.take(0);
    run.take(1, 'waits');
    run.take(2, 'waits');
    expect([...run.ways(1), ...run.ways(2)]).toEqual([]);
    run.take(3);
    expect(run.ways(1)).toEqual([expect.stringContaining('goes on')]);
    expect(run.ways(2)).toEqual([expect.stringContaining('goes on')]);
  });
});

describe('workers', () => {
  test('an idle one is no deadlock; one inside its function is not idle', () => {
    const stuck = exploreAll((b) => {
      const wq = b.cell('wq', { kind: 'workqueue' });
      const done = b.cell('done', { kind: 'completion' });
      const fn = b.proc('fn', 1, (c) => c.primitive('wait_for_completion', [done]));
      const w = b.cell('w', { kind: 'work' }, fn + 1);
      b.thread('A', (c) => c.primitive('queue_work', [wq, w]));
      addWorker(b, { wq, w, x: w, r: w }, 0);
    });
    expect(stuck.findings).toEqual(['deadlock on done in worker0']);
    expect(withWork(2, increment, () => {}).findings).toEqual([]);
  });
});
