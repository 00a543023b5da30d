// SPDX-License-Identifier: MIT
/**
 * Reader/writer semaphores, kernel/locking/rwsem.c.
 *
 * Waiters queue in order. A newcomer reader that finds writers queued behind readers either queues or,
 * where the revision lets readers overtake, enters at once: both are explored. A newcomer writer may
 * take a free lock ahead of waiters. Whoever heads the queue and was overtaken may ask for hand-off,
 * which ends overtaking. When a reader heads the queue of a lock without writer, all queued readers
 * enter together, those behind writers too. Trylocks fail as soon as anyone is queued.
 * Differs: hand-off is the head waiter's own transition (no timer, no wake-up before it), so fairness
 * always can end overtaking. Not modelled: the limit of 256 readers a wake, reader/writer spinning.
 */

import type { Draft } from '../interpreter/draft.ts';
import { errnoNumbers } from '../program/errno.ts';
import type { RwsemValue } from '../interpreter/values.ts';
import { NOBODY, NON_OWNER } from '../interpreter/values.ts';
import type { Alternative, Call, Primitive } from './primitive.ts';
import { completes, operand, queues } from './primitive.ts';
import { rwsemUnlocks } from './rwsem-unlock.ts';

const read = (draft: Draft, call: Call): RwsemValue => draft.compound(operand(call, 0), 'rwsem');

function write(draft: Draft, call: Call, change: Partial<RwsemValue>): void {
  draft.poke(operand(call, 0), { ...read(draft, call), ...change });
}

const sorted = (threads: readonly number[]): number[] => threads.toSorted((a, b) => a - b);

const enqueue = (call: Call, forWrite: boolean): Alternative =>
  queues(call, (draft) => {
    const { queue } = read(draft, call);
    write(draft, call, { queue: [...queue, { thread: call.thread, write: forWrite }] });
  });

function arriveReader(draft: Draft, call: Call, holder: number): readonly Alternative[] {
  const sem = read(draft, call);
  const enter = (label: string): Alternative =>
    completes(call, label, (d) =>
      write(d, call, {
        readers: sorted([...sem.readers, holder]),
        overtaken: sem.queue.length > 0,
      }),
    );
  if (sem.writer !== NOBODY) return [enqueue(call, false)];
  if (sem.queue.length === 0) return [enter('')];
  const mayOvertake = draft.world.program.lockRules.readersOvertake && !sem.handoff;
  return mayOvertake ? [enqueue(call, false), enter('overtakes')] : [enqueue(call, false)];
}

function arriveWriter(draft: Draft, call: Call): readonly Alternative[] {
  const sem = read(draft, call);
  const free = sem.writer === NOBODY && sem.readers.length === 0;
  const take = (label: string): Alternative =>
    completes(call, label, (d) =>
      write(d, call, { writer: call.thread, overtaken: sem.queue.length > 0 }),
    );
  if (!free || sem.handoff) return [enqueue(call, true)];
  return sem.queue.length === 0 ? [take('')] : [enqueue(call, true), take('overtakes')];
}

function resume(
  draft: Draft,
  call: Call,
  killable: boolean,
  holder: number,
): readonly Alternative[] {
  const sem = read(draft, call);
  const head = sem.queue[0];
  if (killable && draft.thread(call.thread).signalled) return [leave(call, sem)];
  if (head?.thread !== call.thread) return [];
  const free = sem.writer === NOBODY && (sem.readers.length === 0 || !head.write);
  if (free) return [head.write ? grantWriter(call, sem) : grantReaders(draft, call, holder)];
  if (!sem.overtaken || sem.handoff) return [];
  return [{ label: 'asks for hand-off', apply: (d) => write(d, call, { handoff: true }) }];
}

function leave(call: Call, sem: RwsemValue): Alternative {
  const wasHead = sem.queue[0]?.thread === call.thread;
  const queue = sem.queue.filter((waiter) => waiter.thread !== call.thread);
  const change = wasHead ? { queue, handoff: false, overtaken: false } : { queue };
  const eintr = -(errnoNumbers.get('EINTR') ?? 0);
  return completes(call, 'is interrupted', (draft) => write(draft, call, change), eintr);
}

function grantWriter(call: Call, sem: RwsemValue): Alternative {
  return completes(call, 'is granted', (draft) =>
    write(draft, call, {
      writer: call.thread,
      queue: sem.queue.slice(1),
      handoff: false,
      overtaken: false,
    }),
  );
}

/** The head reader's grant lets every queued reader in. */
function grantReaders(draft: Draft, call: Call, holder: number): Alternative {
  const sem = read(draft, call);
  const readers = sem.queue.filter((waiter) => !waiter.write).map((waiter) => waiter.thread);
  const holders = readers.map((thread) => {
    if (thread === call.thread) return holder;
    return isNonOwnerRead(draft, thread) ? NON_OWNER : thread;
  });
  return {
    label: readers.length > 1 ? 'is granted, with all queued readers' : 'is granted',
    apply: (d) => {
      write(d, call, {
        readers: sorted([...sem.readers, ...holders]),
        queue: sem.queue.filter((waiter) => waiter.write),
        handoff: false,
        overtaken: false,
      });
      for (const thread of readers) d.complete(thread, 0);
    },
  };
}

function isNonOwnerRead(draft: Draft, thread: number): boolean {
  const frame = draft.frame(thread);
  const at = frame && draft.world.program.procs[frame.proc]?.code[frame.pc];
  return at?.op === 'primitive' && at.name === 'down_read_non_owner';
}

/** Conflicting holders; for a lock that only the queue keeps it from, those before it. */
function waitsFor(draft: Draft, call: Call): readonly number[] {
  const sem = read(draft, call);
  const place = sem.queue.findIndex((waiter) => waiter.thread === call.thread);
  const mine = sem.queue[place];
  const before = sem.queue.slice(0, Math.max(0, place)).map((waiter) => waiter.thread);
  if (sem.writer !== NOBODY) return [sem.writer];
  const readers = sem.readers.filter((thread) => thread !== NON_OWNER);
  return mine?.write === true && readers.length > 0 ? [...new Set(readers)] : before;
}

function tryRead(draft: Draft, call: Call): number {
  const sem = read(draft, call);
  if (sem.writer !== NOBODY || sem.queue.length > 0) return 0;
  write(draft, call, { readers: sorted([...sem.readers, call.thread]) });
  return 1;
}

function tryWrite(draft: Draft, call: Call): number {
  const sem = read(draft, call);
  if (sem.writer !== NOBODY || sem.readers.length > 0 || sem.queue.length > 0) return 0;
  write(draft, call, { writer: call.thread });
  return 1;
}

const attempt = (run: (draft: Draft, call: Call) => number): Primitive => ({
  arrive: (_draft, call) => [
    { label: '', apply: (draft) => draft.complete(call.thread, run(draft, call)) },
  ],
});

const reader = (killable: boolean, nonOwner: boolean): Primitive => {
  const holder = (call: Call): number => (nonOwner ? NON_OWNER : call.thread);
  return {
    arrive: (draft, call) => arriveReader(draft, call, holder(call)),
    resume: (draft, call) => resume(draft, call, killable, holder(call)),
    interruptible: killable,
    waitsFor,
  };
};

const writer = (killable: boolean): Primitive => ({
  arrive: arriveWriter,
  resume: (draft, call) => resume(draft, call, killable, call.thread),
  interruptible: killable,
  waitsFor,
});

const isLocked = ({ writer: owner, readers }: RwsemValue): boolean =>
  owner !== NOBODY || readers.length > 0;

export const rwsemPrimitives: ReadonlyMap<string, Primitive> = new Map<string, Primitive>([
  ['down_read', reader(false, false)],
  ['down_read_killable', reader(true, false)],
  ['down_read_non_owner', reader(false, true)],
  ['down_read_trylock', attempt(tryRead)],
  ['down_write', writer(false)],
  ['down_write_killable', writer(true)],
  ['down_write_trylock', attempt(tryWrite)],
  ['rwsem_is_locked', attempt((draft, call) => Number(isLocked(read(draft, call))))],
  ...rwsemUnlocks,
]);
