// SPDX-License-Identifier: MIT
/**
 * Work items and workqueues, kernel/workqueue.c.
 *
 * Queueing a pending item does nothing. A worker takes the first item that no other worker runs,
 * clears its pending state just before the function starts, and reports when it is done; so an item
 * never runs beside itself, and a running one can be queued again.
 * flush_work waits for the last queued instance, flush_workqueue for every instance queued before,
 * cancel_work_sync takes a pending one off and waits for a running one, which cannot queue itself again.
 * Not modelled: worker pools, priorities, rescuers; a queue has as many workers as its declaration says.
 */

import type { Draft } from '../interpreter/draft.ts';
import { RaisedFinding } from '../interpreter/raised.ts';
import type { Flusher, WorkqueueValue, WorkValue, WorkWaiter } from '../interpreter/values.ts';
import { NOBODY } from '../interpreter/values.ts';
import type { Alternative, Call, Primitive } from './primitive.ts';
import { always, completes, operand, queues, without } from './primitive.ts';

const workAt = (draft: Draft, address: number): WorkValue => draft.compound(address, 'work');
const queueAt = (draft: Draft, address: number): WorkqueueValue =>
  draft.compound(address, 'workqueue');

function changeWork(draft: Draft, address: number, change: Partial<WorkValue>): void {
  draft.poke(address, { ...workAt(draft, address), ...change });
}

function changeQueue(draft: Draft, address: number, change: Partial<WorkqueueValue>): void {
  draft.poke(address, { ...queueAt(draft, address), ...change });
}

function init(draft: Draft, call: Call): null {
  const fresh: WorkValue = {
    kind: 'work',
    proc: operand(call, 1),
    pending: false,
    running: NOBODY,
    waiters: [],
  };
  workAt(draft, operand(call, 0));
  draft.poke(operand(call, 0), fresh);
  return null;
}

/** A canceller holds the pending bit until it goes on, so nobody can queue the item meanwhile. */
const isPending = ({ pending, waiters }: WorkValue): boolean =>
  pending || waiters.some((waiter) => waiter.cancels);

function queueWork(draft: Draft, call: Call): number {
  const [queue, item] = [operand(call, 0), operand(call, 1)];
  const work = workAt(draft, item);
  if (work.proc === 0) {
    const name = draft.cellName(item);
    throw new RaisedFinding('null_dereference', name, `${name} is queued before INIT_WORK`);
  }
  if (isPending(work)) return 0;
  changeWork(draft, item, { pending: true });
  changeQueue(draft, queue, { items: [...queueAt(draft, queue).items, item] });
  return 1;
}

// ------------------------------------------------------------- the worker's side

const takeable = (draft: Draft, queue: number): number | undefined =>
  queueAt(draft, queue).items.find((item) => workAt(draft, item).running === NOBODY);

function take(draft: Draft, call: Call): readonly Alternative[] {
  const queue = operand(call, 0);
  const item = takeable(draft, queue);
  if (item === undefined) return [];
  return [completes(call, '', (d) => start(d, queue, item, call.thread), item)];
}

function start(draft: Draft, queue: number, item: number, worker: number): void {
  const { waiters } = workAt(draft, item);
  changeWork(draft, item, {
    pending: false,
    running: worker,
    waiters: advance(waiters, 'pending', 'running'),
  });
  const { items, running, flushers } = queueAt(draft, queue);
  changeQueue(draft, queue, {
    items: without(items, item),
    running: [...running, item],
    flushers: flushers.map((flusher) => startedFor(flusher, item)),
  });
}

/** Waiters for an instance in one stage now wait for it in the next. */
function advance(
  waiters: readonly WorkWaiter[],
  from: WorkWaiter['instance'],
  to: WorkWaiter['instance'],
): readonly WorkWaiter[] {
  return waiters.map((waiter) => (waiter.instance === from ? { ...waiter, instance: to } : waiter));
}

/** A flusher that waited for the pending instance now waits for the running one. */
function startedFor(flusher: Flusher, item: number): Flusher {
  if (!flusher.pending.includes(item)) return flusher;
  return {
    ...flusher,
    pending: without(flusher.pending, item),
    running: [...flusher.running, item].toSorted((a, b) => a - b),
  };
}

/** The item itself may be gone: its function is allowed to free it. */
function done(draft: Draft, call: Call): null {
  const [queue, item] = [operand(call, 0), operand(call, 1)];
  const work = draft.peekCompound(item, 'work');
  if (work !== null) {
    draft.poke(item, {
      ...work,
      running: NOBODY,
      waiters: advance(work.waiters, 'running', 'over'),
    });
  }
  const { running, flushers } = queueAt(draft, queue);
  changeQueue(draft, queue, {
    running: without(running, item),
    flushers: flushers
      .map((flusher) => ({ ...flusher, running: without(flusher.running, item) }))
      .filter((flusher) => flusher.pending.length + flusher.running.length > 0),
  });
  return null;
}

// ------------------------------------------------------------- waiting for work

function waitForInstance(
  call: Call,
  instance: WorkWaiter['instance'],
  result: number,
  cancels = false,
): Alternative {
  const item = operand(call, 0);
  const waiter: WorkWaiter = { thread: call.thread, instance, result, cancels };
  const join = (d: Draft): void =>
    changeWork(d, item, { waiters: [...workAt(d, item).waiters, waiter] });
  return queues(call, join, 'waits');
}

function flush(draft: Draft, call: Call): readonly Alternative[] {
  const work = workAt(draft, operand(call, 0));
  if (work.pending) return [waitForInstance(call, 'pending', 1)];
  if (work.running !== NOBODY) return [waitForInstance(call, 'running', 1)];
  return [completes(call, '', () => {}, 0)];
}

function flushed(draft: Draft, call: Call): readonly Alternative[] {
  const item = operand(call, 0);
  const mine = workAt(draft, item).waiters.find((waiter) => waiter.thread === call.thread);
  if (mine === undefined || mine.instance !== 'over') return [];
  const leave = (d: Draft): void => {
    const { waiters } = workAt(d, item);
    changeWork(d, item, { waiters: waiters.filter((waiter) => waiter.thread !== call.thread) });
  };
  return [completes(call, 'goes on', leave, mine.result)];
}

/** Takes a pending instance off its queue at once; waits for a running one. */
function cancel(draft: Draft, call: Call): readonly Alternative[] {
  const item = operand(call, 0);
  const work = workAt(draft, item);
  const result = work.pending ? 1 : 0;
  if (work.running === NOBODY) {
    return [completes(call, '', (d) => takeOff(d, item), result)];
  }
  const wait = waitForInstance(call, 'running', result, true);
  if (!work.pending) return [wait];
  return [
    {
      label: 'cancels and waits',
      apply: (d) => {
        takeOff(d, item);
        wait.apply(d);
      },
    },
  ];
}

/** Flushers of an instance that is cancelled have nothing left to wait for. */
function takeOff(draft: Draft, item: number): void {
  const { waiters } = workAt(draft, item);
  changeWork(draft, item, { pending: false, waiters: advance(waiters, 'pending', 'over') });
  draft.world.layout.cells.forEach((cell, queue) => {
    const value = cell.type.kind === 'workqueue' ? draft.peekCompound(queue, 'workqueue') : null;
    if (value === null || !value.items.includes(item)) return;
    const flushers = value.flushers
      .map((flusher) => ({ ...flusher, pending: without(flusher.pending, item) }))
      .filter((flusher) => flusher.pending.length + flusher.running.length > 0);
    draft.poke(queue, { ...value, items: without(value.items, item), flushers });
  });
}

function flushQueue(draft: Draft, call: Call): readonly Alternative[] {
  const queue = operand(call, 0);
  const { items, running, flushers } = queueAt(draft, queue);
  if (items.length + running.length === 0) return [completes(call, '', () => {})];
  const ascending = (list: readonly number[]): number[] => list.toSorted((a, b) => a - b);
  const flusher: Flusher = {
    thread: call.thread,
    pending: ascending(items),
    running: ascending(running),
  };
  return [
    queues(call, (d) => changeQueue(d, queue, { flushers: [...flushers, flusher] }), 'waits'),
  ];
}

function queueFlushed(draft: Draft, call: Call): readonly Alternative[] {
  const { flushers } = queueAt(draft, operand(call, 0));
  const waits = flushers.some((flusher) => flusher.thread === call.thread);
  return waits ? [] : [completes(call, 'goes on', () => {})];
}

/** The worker that runs the item, or those of a queue that has it pending. */
function workersFor(draft: Draft, items: readonly number[]): readonly number[] {
  const runners = items.flatMap((item) => {
    const work = draft.peekCompound(item, 'work');
    return work === null || work.running === NOBODY ? [] : [work.running];
  });
  if (runners.length > 0) return runners;
  return draft.world.program.threads.flatMap((thread, index) => {
    const place = thread.workqueue;
    if (place === null) return [];
    const queue = (draft.world.layout.objects[place.object] ?? 0) + place.cell;
    const pending = draft.peekCompound(queue, 'workqueue')?.items ?? [];
    return items.some((item) => pending.includes(item)) ? [index] : [];
  });
}

function flusherItems(draft: Draft, call: Call): readonly number[] {
  const { flushers } = queueAt(draft, operand(call, 0));
  const mine = flushers.find((flusher) => flusher.thread === call.thread);
  return mine === undefined ? [] : [...mine.running, ...mine.pending];
}

export const workPrimitives: ReadonlyMap<string, Primitive> = new Map<string, Primitive>([
  ['INIT_WORK', always(init)],
  ['queue_work', always(queueWork)],
  ['work_pending', always((draft, call) => Number(isPending(workAt(draft, operand(call, 0)))))],
  ['worker_take', { arrive: take, idles: true }],
  ['worker_done', always(done)],
  [
    'flush_work',
    {
      arrive: flush,
      resume: flushed,
      waitsFor: (draft, call) => workersFor(draft, [operand(call, 0)]),
    },
  ],
  [
    'flush_workqueue',
    {
      arrive: flushQueue,
      resume: queueFlushed,
      waitsFor: (draft, call) => workersFor(draft, flusherItems(draft, call)),
    },
  ],
  [
    'cancel_work_sync',
    {
      arrive: cancel,
      resume: flushed,
      waitsFor: (draft, call) => workersFor(draft, [operand(call, 0)]),
    },
  ],
]);
