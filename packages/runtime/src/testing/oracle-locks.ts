// SPDX-License-Identifier: MIT
/** Mutexes, rwsems and spinlocks of the brute force, written from design section 5 and docs/soundness.md. */

import type { CallName } from './oracle-program.ts';
import type { SimProgram, SimQueue, SimRwsem, SimState, SimThread } from './oracle-state.ts';
import { at, goTo, isAtomic, pass } from './oracle-state.ts';

type Apply = (next: SimState) => string | null;

/** Phase 0 of a lock call tries, phase 1 waits in the queue. */
interface Attempt {
  readonly program: SimProgram;
  readonly state: SimState;
  readonly thread: number;
  readonly on: number;
  readonly phase: number;
  /** 0 for the variants that can be interrupted, undefined for the others. */
  readonly result: number | undefined;
}

const finding =
  (name: string): Apply =>
  () =>
    name;

function me(state: SimState, thread: number): SimThread {
  return at(state.threads, thread);
}

function leaveQueue(queue: SimQueue): void {
  queue.waiting.shift();
  queue.overtaken = false;
  queue.handoff = false;
}

/** A newcomer took the lock although others were waiting for it. */
function noteOvertaking(queue: SimQueue): void {
  if (queue.waiting.length > 0) queue.overtaken = true;
}

function mayAskForHandoff(queue: SimQueue, thread: number): boolean {
  return queue.waiting[0] === thread && queue.overtaken && !queue.handoff;
}

function mutexLock({ state, thread, on, phase, result }: Attempt): Apply[] {
  const mutex = at(state.mutexes, on);
  if (phase === 1) {
    if (mutex.owner === null && mutex.waiting[0] === thread) {
      return [
        (next) => {
          leaveQueue(at(next.mutexes, on));
          at(next.mutexes, on).owner = thread;
          return pass(me(next, thread), result);
        },
      ];
    }
    if (!mayAskForHandoff(mutex, thread)) return [];
    return [
      (next) => {
        at(next.mutexes, on).handoff = true;
        return null;
      },
    ];
  }
  if (isAtomic(state, thread)) return [finding('sleep_in_atomic')];
  if (mutex.owner === null && !mutex.handoff) {
    return [
      (next) => {
        noteOvertaking(at(next.mutexes, on));
        at(next.mutexes, on).owner = thread;
        return pass(me(next, thread), result);
      },
    ];
  }
  return [
    (next) => {
      at(next.mutexes, on).waiting.push(thread);
      return goTo(me(next, thread), 1);
    },
  ];
}

function mutexUnlock({ state, thread, on }: Attempt): Apply[] {
  const { owner } = at(state.mutexes, on);
  if (owner === null) return [finding('unlock_not_held')];
  if (owner !== thread) return [finding('unlock_by_non_owner')];
  return [
    (next) => {
      at(next.mutexes, on).owner = null;
      return pass(me(next, thread));
    },
  ];
}

function mutexTrylock({ state, thread, on }: Attempt): Apply[] {
  const { owner, handoff } = at(state.mutexes, on);
  const taken = owner === null && !handoff;
  return [
    (next) => {
      if (taken) {
        noteOvertaking(at(next.mutexes, on));
        at(next.mutexes, on).owner = thread;
      }
      return pass(me(next, thread), taken ? 1 : 0);
    },
  ];
}

function isFree(sem: SimRwsem): boolean {
  return sem.writer === null && sem.readers.length === 0;
}

function take(sem: SimRwsem, thread: number, write: boolean): void {
  if (write) sem.writer = thread;
  else sem.readers.push(thread);
}

function resultOf(name: CallName): number | undefined {
  return /killable|interruptible/.test(name) ? 0 : undefined;
}

/** All queued readers enter together, past queued writers, and go on at once. */
function admitReaders(program: SimProgram, next: SimState, sem: SimRwsem): null {
  for (const reader of sem.waiting.filter((other) => !sem.writers.includes(other))) {
    const self = me(next, reader);
    const op = at(program.ops, at(self.todo, 0)[0]);
    sem.readers.push(reader);
    pass(self, op.kind === 'call' ? resultOf(op.name) : undefined);
  }
  sem.waiting = [...sem.writers];
  sem.overtaken = sem.handoff = false;
  return null;
}

function admitWriter(sem: SimRwsem): void {
  const head = at(sem.waiting, 0);
  leaveQueue(sem);
  sem.writers.shift();
  sem.writer = head;
}

function queuedGrants({ program, state, thread, on, result }: Attempt, write: boolean): Apply[] {
  const sem = at(state.rwsems, on);
  if (sem.waiting[0] !== thread) return [];
  if (write ? isFree(sem) : sem.writer === null) {
    return [
      (next) => {
        const target = at(next.rwsems, on);
        if (!write) return admitReaders(program, next, target);
        admitWriter(target);
        return pass(me(next, thread), result);
      },
    ];
  }
  if (!mayAskForHandoff(sem, thread)) return [];
  return [
    (next) => {
      at(next.rwsems, on).handoff = true;
      return null;
    },
  ];
}

function rwsemLock(attempt: Attempt, write: boolean): Apply[] {
  const { program, state, thread, on, phase, result } = attempt;
  if (phase === 1) return queuedGrants(attempt, write);
  const sem = at(state.rwsems, on);
  if (isAtomic(state, thread)) return [finding('sleep_in_atomic')];
  const enter: Apply = (next) => {
    noteOvertaking(at(next.rwsems, on));
    take(at(next.rwsems, on), thread, write);
    return pass(me(next, thread), result);
  };
  const queue: Apply = (next) => {
    const target = at(next.rwsems, on);
    target.waiting.push(thread);
    if (write) target.writers.push(thread);
    return goTo(me(next, thread), 1);
  };
  const possible = write ? isFree(sem) : sem.writer === null;
  if (!possible || sem.handoff) return [queue];
  if (sem.waiting.length === 0) return [enter];
  return write || program.readersOvertake ? [enter, queue] : [queue];
}

function rwsemUnlock({ state, thread, on }: Attempt, name: CallName): Apply[] {
  const { writer, readers } = at(state.rwsems, on);
  if (name === 'up_read') {
    if (!readers.includes(thread)) return [finding('unlock_not_held')];
  } else if (writer !== thread) {
    return [finding(writer === null ? 'unlock_not_held' : 'unlock_by_non_owner')];
  }
  return [
    (next) => {
      const sem = at(next.rwsems, on);
      if (name === 'up_read') sem.readers.splice(sem.readers.indexOf(thread), 1);
      else sem.writer = null;
      if (name === 'downgrade_write') sem.readers.push(thread);
      return pass(me(next, thread));
    },
  ];
}

function rwsemTrylock({ state, thread, on }: Attempt, write: boolean): Apply[] {
  const sem = at(state.rwsems, on);
  const possible = write ? isFree(sem) : sem.writer === null;
  const taken = possible && sem.waiting.length === 0;
  return [
    (next) => {
      if (taken) take(at(next.rwsems, on), thread, write);
      return pass(me(next, thread), taken ? 1 : 0);
    },
  ];
}

/** Spinning begins with a step, as queueing does; waiters get the lock in the order they came. */
function spinLock({ state, thread, on, phase }: Attempt): Apply[] {
  const { owner, waiting } = at(state.spinlocks, on);
  const free = owner === null && (waiting[0] ?? thread) === thread;
  if (!free && phase === 1) return [];
  return [
    (next) => {
      const lock = at(next.spinlocks, on);
      if (!free) {
        lock.waiting.push(thread);
        return goTo(me(next, thread), 1);
      }
      lock.owner = thread;
      lock.waiting.shift();
      return pass(me(next, thread));
    },
  ];
}

function spinUnlock({ state, thread, on }: Attempt): Apply[] {
  const { owner } = at(state.spinlocks, on);
  if (owner !== thread) {
    return [finding(owner === null ? 'unlock_not_held' : 'unlock_by_non_owner')];
  }
  return [
    (next) => {
      at(next.spinlocks, on).owner = null;
      return pass(me(next, thread));
    },
  ];
}

function spinTrylock({ state, thread, on }: Attempt): Apply[] {
  const { owner, waiting } = at(state.spinlocks, on);
  const taken = owner === null && waiting.length === 0;
  return [
    (next) => {
      if (taken) at(next.spinlocks, on).owner = thread;
      return pass(me(next, thread), taken ? 1 : 0);
    },
  ];
}

function ask(attempt: Attempt, answer: boolean): Apply[] {
  return [(next) => pass(me(next, attempt.thread), answer ? 1 : 0)];
}

/** What `thread` can do at a lock call; none if it has to wait. Undefined for other primitives. */
export function lockWays(name: CallName, attempt: Omit<Attempt, 'result'>): Apply[] | undefined {
  const { state, on } = attempt;
  const full = { ...attempt, result: resultOf(name) };
  switch (name) {
    case 'mutex_lock':
    case 'mutex_lock_killable':
    case 'mutex_lock_interruptible':
      return mutexLock(full);
    case 'mutex_unlock':
      return mutexUnlock(full);
    case 'mutex_trylock':
      return mutexTrylock(full);
    case 'mutex_is_locked':
      return ask(full, at(state.mutexes, on).owner !== null);
    case 'down_read':
    case 'down_read_killable':
      return rwsemLock(full, false);
    case 'down_write':
    case 'down_write_killable':
      return rwsemLock(full, true);
    case 'up_read':
    case 'up_write':
    case 'downgrade_write':
      return rwsemUnlock(full, name);
    case 'down_read_trylock':
      return rwsemTrylock(full, false);
    case 'down_write_trylock':
      return rwsemTrylock(full, true);
    case 'rwsem_is_locked':
      return ask(full, !isFree(at(state.rwsems, on)));
    case 'spin_lock':
      return spinLock(full);
    case 'spin_unlock':
      return spinUnlock(full);
    case 'spin_trylock':
      return spinTrylock(full);
    default:
      return undefined;
  }
}
