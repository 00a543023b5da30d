// SPDX-License-Identifier: MIT
/**
 * Small abstract programs that two independent implementations run: the interpreter, through
 * `oracle-compile.ts`, and the brute force of `oracle-simulator.ts`. Nothing here says what they mean.
 */

/** An operation of a thread. Every thread has one register, which loads and results go to. */
export type Op =
  | { readonly kind: 'load'; readonly cell: number }
  | { readonly kind: 'store'; readonly cell: number; readonly value: number | 'register' }
  | { readonly kind: 'increment'; readonly cell: number }
  | {
      readonly kind: 'if';
      readonly cell: number;
      readonly equals: number;
      readonly then: readonly Op[];
      readonly else: readonly Op[];
    }
  | { readonly kind: 'assert'; readonly cell: number; readonly equals: number }
  /** A primitive on object number `on` of its kind; `then` runs if it returned true. */
  | {
      readonly kind: 'call';
      readonly name: CallName;
      readonly on: number;
      readonly then: readonly Op[];
    }
  | {
      readonly kind: 'wait-event';
      readonly queue: number;
      readonly cell: number;
      readonly equals: number;
      readonly timed: boolean;
    }
  /** Any value of 0..upTo, into the register. */
  | { readonly kind: 'choose'; readonly upTo: number }
  /** The body in one step, once the cell has the value if one is given. */
  | {
      readonly kind: 'atomic';
      readonly awaits: { readonly cell: number; readonly equals: number } | null;
      readonly body: readonly Op[];
    }
  | { readonly kind: 'allocate'; readonly pointer: number }
  | { readonly kind: 'release'; readonly pointer: number }
  | { readonly kind: 'read-through'; readonly pointer: number }
  | { readonly kind: 'write-through'; readonly pointer: number; readonly value: number }
  | { readonly kind: 'list-change'; readonly name: ListChange; readonly item: number }
  | { readonly kind: 'list-ask'; readonly name: 'list_empty' | 'list_first' };

export type ListChange = 'list_add' | 'list_add_tail' | 'list_del';

/** Primitives by the kind of object that they work on. */
export const callNames = {
  mutex: [
    'mutex_lock',
    'mutex_lock_killable',
    'mutex_lock_interruptible',
    'mutex_unlock',
    'mutex_trylock',
    'mutex_is_locked',
  ],
  rwsem: [
    'down_read',
    'down_read_killable',
    'down_write',
    'down_write_killable',
    'up_read',
    'up_write',
    'downgrade_write',
    'down_read_trylock',
    'down_write_trylock',
    'rwsem_is_locked',
  ],
  spinlock: ['spin_lock', 'spin_unlock', 'spin_trylock'],
  wait_queue: ['wake_up_all', 'sleep_on'],
  completion: [
    'wait_for_completion',
    'wait_for_completion_timeout',
    'try_wait_for_completion',
    'completion_done',
    'complete',
    'complete_all',
  ],
  kref: ['kref_get', 'kref_put', 'kref_get_unless_zero', 'kref_read'],
} as const;

export type CallKind = keyof typeof callNames;
export type CallName = (typeof callNames)[CallKind][number];

export interface AbstractProgram {
  readonly threads: readonly (readonly Op[])[];
  /** Cells hold 0..top. */
  readonly top: number;
  readonly readersOvertake: boolean;
}

/** How many objects of each kind a program has. */
export const objectCounts = {
  cell: 2,
  mutex: 2,
  rwsem: 2,
  spinlock: 2,
  wait_queue: 1,
  completion: 1,
  kref: 1,
  pointer: 2,
  item: 2,
} as const;

/** Bounds of the counters that a program can drive over an edge, and how many holders they have in the end. */
export const krefLimits = { initial: 1, max: 2, held: 1 } as const;

/** What a run of all schedules comes to. */
export interface Outcome {
  /** Complete schedules. */
  readonly schedules: number;
  /** Names of findings, sorted, each once. */
  readonly findings: readonly string[];
  /** Memory of the final states as text, sorted, each once; see `oracle-compile.ts` for its order. */
  readonly finals: readonly string[];
}
