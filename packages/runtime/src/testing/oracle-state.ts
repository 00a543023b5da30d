// SPDX-License-Identifier: MIT
/** The brute force's own state: what design section 5 names, in the plainest shape that can hold it. */

import type { AbstractProgram, Op } from './oracle-program.ts';
import { krefLimits, objectCounts } from './oracle-program.ts';

/** An operation still to be done, by number, and how far it has got. */
export type Todo = [op: number, phase: number];

export interface SimThread {
  todo: Todo[];
  register: number;
  /** Value between the load and the store of an increment, and pointers on their way. */
  scratch: number;
  /** Task state: set by prepare_to_wait and sleep_on, cleared by a wake-up. */
  asleep: boolean;
  /** A queue was woken since the thread's last test, while it did not sleep. */
  missed: boolean;
  /** Its timed wait is over; it has not left yet. */
  expired: boolean;
}

export interface SimQueue {
  waiting: number[];
  /** The head of `waiting` was overtaken. */
  overtaken: boolean;
  handoff: boolean;
}

export interface SimMutex extends SimQueue {
  owner: number | null;
}

export interface SimSpinlock {
  owner: number | null;
  waiting: number[];
}

export interface SimRwsem extends SimQueue {
  writer: number | null;
  /** One entry per hold. */
  readers: number[];
  /** Of those in `waiting`, the ones that want to write. */
  writers: number[];
}

export interface SimState {
  cells: number[];
  mutexes: SimMutex[];
  rwsems: SimRwsem[];
  spinlocks: SimSpinlock[];
  waitQueues: number[][];
  completions: { done: number; sticky: boolean; waiting: number[] }[];
  krefs: number[];
  /** Every object ever allocated; `pointers` hold 0 or 1 + an index. */
  heap: { alive: boolean; value: number }[];
  pointers: number[];
  list: number[];
  threads: SimThread[];
}

/** One way on: changes the copy of the state it is given, or names the finding that ends the path. */
export interface Way {
  readonly thread: number;
  readonly timeout: boolean;
  readonly apply: (next: SimState) => string | null;
}

export interface SimProgram {
  readonly ops: readonly Op[];
  /** Numbers of the operations inside a branch, by the operation. */
  readonly inside: ReadonlyMap<readonly Op[], readonly number[]>;
  readonly top: number;
  readonly readersOvertake: boolean;
  readonly initial: SimState;
}

function repeat<T>(count: number, make: () => T): T[] {
  return Array.from({ length: count }, make);
}

function newThread(todo: readonly number[]): SimThread {
  return {
    todo: todo.map((op): Todo => [op, 0]),
    register: 0,
    scratch: 0,
    asleep: false,
    missed: false,
    expired: false,
  };
}

/** Numbers all operations, so that a state names them by number. */
export function toSimProgram({ threads, top, readersOvertake }: AbstractProgram): SimProgram {
  const ops: Op[] = [];
  const inside = new Map<readonly Op[], readonly number[]>();
  const number = (list: readonly Op[]): readonly number[] => {
    const numbers = list.map((op) => ops.push(op) - 1);
    inside.set(list, numbers);
    for (const op of list) {
      if (op.kind === 'if') [op.then, op.else].forEach(number);
      if (op.kind === 'call') number(op.then);
      if (op.kind === 'atomic') number(op.body);
    }
    return numbers;
  };
  const queue = (): SimQueue => ({ waiting: [], overtaken: false, handoff: false });
  const initial: SimState = {
    cells: repeat(objectCounts.cell, () => 0),
    mutexes: repeat(objectCounts.mutex, () => ({ ...queue(), owner: null })),
    rwsems: repeat(objectCounts.rwsem, () => ({
      ...queue(),
      writer: null,
      readers: [],
      writers: [],
    })),
    spinlocks: repeat(objectCounts.spinlock, () => ({ owner: null, waiting: [] })),
    waitQueues: repeat(objectCounts.wait_queue, () => []),
    completions: repeat(objectCounts.completion, () => ({ done: 0, sticky: false, waiting: [] })),
    krefs: repeat(objectCounts.kref, () => krefLimits.initial),
    heap: [],
    pointers: repeat(objectCounts.pointer, () => 0),
    list: [],
    threads: threads.map((body) => newThread(number(body))),
  };
  return { ops, inside, top, readersOvertake, initial };
}

/** Element `index`, which must exist. */
export function at<T>(list: readonly T[], index: number): T {
  const found = list[index];
  if (found === undefined) throw new Error(`nothing at ${index}`);
  return found;
}

/** The operation is over. */
export function pass(thread: SimThread, register?: number): null {
  thread.todo.shift();
  if (register !== undefined) thread.register = register;
  return null;
}

/** The operation goes on with another phase. */
export function goTo(thread: SimThread, phase: number): null {
  const [op] = at(thread.todo, 0);
  thread.todo[0] = [op, phase];
  return null;
}

/** Whether the thread must not sleep. */
export function isAtomic(state: SimState, thread: number): boolean {
  return state.spinlocks.some(({ owner }) => owner === thread);
}
