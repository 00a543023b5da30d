// SPDX-License-Identifier: MIT
/**
 * Spinlocks, include/linux/spinlock.h: queued, so waiters get it in the order in which they came.
 * Whoever holds one must not sleep. Not modelled: interrupts; the irqsave forms lock the same way.
 */

import type { Draft } from '../interpreter/draft.ts';
import { RaisedFinding } from '../interpreter/raised.ts';
import type { SpinlockValue } from '../interpreter/values.ts';
import { NOBODY } from '../interpreter/values.ts';
import type { Call, Primitive } from './primitive.ts';
import { always, completes, operand, queues } from './primitive.ts';

const read = (draft: Draft, call: Call): SpinlockValue =>
  draft.compound(operand(call, 0), 'spinlock');

function write(draft: Draft, call: Call, change: Partial<SpinlockValue>): void {
  draft.poke(operand(call, 0), { ...read(draft, call), ...change });
}

const isFree = (lock: SpinlockValue): boolean => lock.owner === NOBODY && lock.queue.length === 0;

const lock: Primitive = {
  arrive: (draft, call) => {
    const value = read(draft, call);
    if (isFree(value)) return [completes(call, '', (d) => write(d, call, { owner: call.thread }))];
    const join = (d: Draft): void => write(d, call, { queue: [...value.queue, call.thread] });
    return [queues(call, join, 'spins')];
  },
  resume: (draft, call) => {
    const value = read(draft, call);
    if (value.owner !== NOBODY || value.queue[0] !== call.thread) return [];
    const take = (d: Draft): void =>
      write(d, call, { owner: call.thread, queue: value.queue.slice(1) });
    return [completes(call, 'gets it', take)];
  },
  waitsFor: (draft, call) => {
    const value = read(draft, call);
    if (value.owner !== NOBODY) return [value.owner];
    return value.queue.slice(0, Math.max(0, value.queue.indexOf(call.thread)));
  },
};

function tryLock(draft: Draft, call: Call): number {
  if (!isFree(read(draft, call))) return 0;
  write(draft, call, { owner: call.thread });
  return 1;
}

function unlock(draft: Draft, call: Call): null {
  const value = read(draft, call);
  const name = draft.cellName(operand(call, 0));
  if (value.owner === NOBODY) {
    throw new RaisedFinding('unlock_not_held', name, `${name} is unlocked, but nobody holds it`);
  }
  if (value.owner !== call.thread) {
    const owner = draft.world.printer.thread(value.owner);
    throw new RaisedFinding(
      'unlock_by_non_owner',
      name,
      `${name} is unlocked, but ${owner} holds it`,
    );
  }
  write(draft, call, { owner: NOBODY });
  return null;
}

export const spinlockPrimitives: ReadonlyMap<string, Primitive> = new Map<string, Primitive>([
  ['spin_lock', lock],
  ['spin_lock_irqsave', lock],
  ['spin_trylock', always(tryLock)],
  ['spin_unlock', always(unlock)],
  ['spin_unlock_irqrestore', always(unlock)],
]);
