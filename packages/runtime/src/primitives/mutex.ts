// SPDX-License-Identifier: MIT
/**
 * Mutexes, kernel/locking/mutex.c.
 *
 * A free mutex goes to whoever comes first: a newcomer may take it ahead of sleeping waiters, until the
 * head waiter, overtaken, asks for hand-off; from then on only the head may take it.
 * Not recursive: an owner that locks again queues behind itself.
 * Differs: hand-off is the head waiter's own transition, with no wake-up before it. Not modelled:
 * optimistic spinning as such (a spinner is a newcomer), wait/wound, lockdep subclasses.
 */

import type { Draft } from '../interpreter/draft.ts';
import { RaisedFinding } from '../interpreter/raised.ts';
import type { MutexValue } from '../interpreter/values.ts';
import { NOBODY } from '../interpreter/values.ts';
import { errnoNumbers } from '../program/errno.ts';
import type { Alternative, Call, Primitive } from './primitive.ts';
import { always, completes, operand, queues, without } from './primitive.ts';

const read = (draft: Draft, call: Call): MutexValue => draft.compound(operand(call, 0), 'mutex');

function write(draft: Draft, call: Call, change: Partial<MutexValue>): void {
  draft.poke(operand(call, 0), { ...read(draft, call), ...change });
}

const isFree = (mutex: MutexValue): boolean => mutex.owner === NOBODY && !mutex.handoff;

function arrive(draft: Draft, call: Call): readonly Alternative[] {
  const mutex = read(draft, call);
  if (!isFree(mutex)) {
    return [queues(call, (d) => write(d, call, { queue: [...mutex.queue, call.thread] }))];
  }
  const steals = mutex.queue.length > 0;
  const take = (d: Draft): void => write(d, call, { owner: call.thread, overtaken: steals });
  return [completes(call, steals ? 'overtakes' : '', take)];
}

function resume(draft: Draft, call: Call, interruptible: boolean): readonly Alternative[] {
  const mutex = read(draft, call);
  const queue = without(mutex.queue, call.thread);
  if (interruptible && draft.thread(call.thread).signalled) {
    const leave = (d: Draft): void => write(d, call, { queue, ...headLeaves(mutex, call.thread) });
    return [completes(call, 'is interrupted', leave, -(errnoNumbers.get('EINTR') ?? 0))];
  }
  if (mutex.queue[0] !== call.thread) return [];
  if (mutex.owner === NOBODY) {
    const take = (d: Draft): void =>
      write(d, call, { owner: call.thread, queue, handoff: false, overtaken: false });
    return [completes(call, 'is granted', take)];
  }
  if (!mutex.overtaken || mutex.handoff) return [];
  return [{ label: 'asks for hand-off', apply: (d) => write(d, call, { handoff: true }) }];
}

function headLeaves(mutex: MutexValue, thread: number): Partial<MutexValue> {
  return mutex.queue[0] === thread ? { handoff: false, overtaken: false } : {};
}

function unlock(draft: Draft, call: Call): null {
  const mutex = read(draft, call);
  const name = draft.cellName(operand(call, 0));
  if (mutex.owner === NOBODY) {
    throw new RaisedFinding('unlock_not_held', name, `${name} is unlocked, but nobody holds it`);
  }
  if (mutex.owner !== call.thread) {
    const owner = draft.world.printer.thread(mutex.owner);
    throw new RaisedFinding(
      'unlock_by_non_owner',
      name,
      `${name} is unlocked, but ${owner} holds it`,
    );
  }
  write(draft, call, { owner: NOBODY });
  return null;
}

function tryLock(draft: Draft, call: Call): number {
  const mutex = read(draft, call);
  if (!isFree(mutex)) return 0;
  write(draft, call, { owner: call.thread, overtaken: mutex.queue.length > 0 });
  return 1;
}

/** As in C: 0 if somebody else has it, 1 if it is taken now, 2 if the caller has it, who still has it once. */
function tryLockRecursive(draft: Draft, call: Call): number {
  return read(draft, call).owner === call.thread ? 2 : tryLock(draft, call);
}

/** The owner first; without one, those that stand before it. */
function waitsFor(draft: Draft, call: Call): readonly number[] {
  const mutex = read(draft, call);
  if (mutex.owner !== NOBODY) return [mutex.owner];
  return mutex.queue.slice(0, Math.max(0, mutex.queue.indexOf(call.thread)));
}

const lock = (interruptible: boolean): Primitive => ({
  arrive,
  resume: (draft, call) => resume(draft, call, interruptible),
  interruptible,
  waitsFor,
});

export const mutexPrimitives: ReadonlyMap<string, Primitive> = new Map<string, Primitive>([
  ['mutex_lock', lock(false)],
  ['mutex_lock_interruptible', lock(true)],
  ['mutex_lock_killable', lock(true)],
  ['mutex_trylock', always(tryLock)],
  ['mutex_trylock_recursive', always(tryLockRecursive)],
  ['mutex_unlock', always(unlock)],
  ['mutex_is_locked', always((draft, call) => Number(read(draft, call).owner !== NOBODY))],
]);
