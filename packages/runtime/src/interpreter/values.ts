// SPDX-License-Identifier: MIT
/**
 * What memory cells hold: numbers, and immutable plain objects for cells with a compound value.
 *
 * Threads are named by index; `NOBODY` stands for no thread. A new value replaces an old one, nothing
 * is changed in place, so states may share values.
 */

export const NOBODY = -1;
/** A read hold or write hold that belongs to no thread: `down_read_non_owner`. */
export const NON_OWNER = -2;

export interface MutexValue {
  readonly kind: 'mutex';
  readonly owner: number;
  readonly queue: readonly number[];
  /** The head waiter has been overtaken and may ask for hand-off. */
  readonly overtaken: boolean;
  /** Only the head waiter may take it next. */
  readonly handoff: boolean;
}

export interface RwsemValue {
  readonly kind: 'rwsem';
  readonly writer: number;
  /** One entry per read hold, sorted. */
  readonly readers: readonly number[];
  readonly queue: readonly RwsemWaiter[];
  readonly overtaken: boolean;
  readonly handoff: boolean;
}

export interface RwsemWaiter {
  readonly thread: number;
  readonly write: boolean;
}

export interface SpinlockValue {
  readonly kind: 'spinlock';
  readonly owner: number;
  /** Waiters spin in the order in which they came. */
  readonly queue: readonly number[];
}

export interface WaitQueueValue {
  readonly kind: 'wait_queue';
  /** Threads that will be woken, in order of arrival. */
  readonly queue: readonly number[];
  /** Threads that were not queued at a wake-up and have tested nothing since: whoever of them sleeps now has lost it. */
  readonly missed: readonly number[];
}

export interface CompletionValue {
  readonly kind: 'completion';
  /** Completions not yet consumed; `ALL` after complete_all. */
  readonly done: number;
  readonly queue: readonly number[];
}

/** `done` of a completion after complete_all: stays until reinit. */
export const ALL = -1;

/** A thread in flush_work or cancel_work_sync, waiting for one instance of the item. */
export interface WorkWaiter {
  readonly thread: number;
  readonly instance: 'pending' | 'running' | 'over';
  /** What its call will return. */
  readonly result: number;
  /** A canceller: until it goes on, the item cannot be queued. */
  readonly cancels: boolean;
}

export interface WorkValue {
  readonly kind: 'work';
  /** 1 + proc index; 0 before INIT_WORK. */
  readonly proc: number;
  readonly pending: boolean;
  /** Worker thread that runs it, or NOBODY. */
  readonly running: number;
  readonly waiters: readonly WorkWaiter[];
}

export interface WorkqueueValue {
  readonly kind: 'workqueue';
  /** Addresses of pending work items, in order. */
  readonly items: readonly number[];
  /** Addresses of items that workers are running, in order of start. */
  readonly running: readonly number[];
  /** Threads in flush_workqueue, each with the item instances it still waits for. */
  readonly flushers: readonly Flusher[];
}

export interface Flusher {
  readonly thread: number;
  readonly pending: readonly number[];
  readonly running: readonly number[];
}

export interface ListValue {
  readonly kind: 'list';
  /** Addresses, first to last. */
  readonly items: readonly number[];
}

export interface FramesValue {
  readonly kind: 'frames';
  /** Frames in use, ascending, each once per reference; see the cell's type for their numbers. */
  readonly used: readonly number[];
}

export interface OwedValue {
  readonly kind: 'owed';
  /** Page ranges `[start, end)` of invalidations that still have to call the device, sorted. */
  readonly ranges: readonly (readonly [start: number, end: number])[];
}

export type CompoundValue =
  | MutexValue
  | RwsemValue
  | SpinlockValue
  | WaitQueueValue
  | CompletionValue
  | WorkValue
  | WorkqueueValue
  | ListValue
  | FramesValue
  | OwedValue;

export type Value = number | CompoundValue;

const FREE_MUTEX: MutexValue = {
  kind: 'mutex',
  owner: NOBODY,
  queue: [],
  overtaken: false,
  handoff: false,
};
const FREE_RWSEM: RwsemValue = {
  kind: 'rwsem',
  writer: NOBODY,
  readers: [],
  queue: [],
  overtaken: false,
  handoff: false,
};

/** The value of a compound cell at creation. `initial` is the proc number of a work item. */
export function freshCompound(kind: CompoundValue['kind'], initial: number): CompoundValue {
  switch (kind) {
    case 'mutex':
      return FREE_MUTEX;
    case 'rwsem':
      return FREE_RWSEM;
    case 'spinlock':
      return { kind, owner: NOBODY, queue: [] };
    case 'wait_queue':
      return { kind, queue: [], missed: [] };
    case 'completion':
      return { kind, done: 0, queue: [] };
    case 'work':
      return { kind, proc: initial, pending: false, running: NOBODY, waiters: [] };
    case 'workqueue':
      return { kind, items: [], running: [], flushers: [] };
    case 'list':
      return { kind, items: [] };
    case 'frames':
      return { kind, used: [] };
    case 'owed':
      return { kind, ranges: [] };
  }
}
