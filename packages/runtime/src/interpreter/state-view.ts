// SPDX-License-Identifier: MIT
/**
 * How the interpreter reads a state. Nothing that computes an answer looks at a state's arrays: it asks
 * here, so that whoever answers can note what the answer depends on.
 */

import { lockHolders } from './lock-holders.ts';
import type { SlotStatus, State, ThreadState } from './state.ts';
import type { Value } from './values.ts';

/** A question about the value of one cell. Two with one name have the same answers. */
export interface CellQuestion {
  readonly name: string;
  readonly of: (value: Value) => boolean;
}

export interface StateView {
  readonly threadCount: number;
  /** Value of the cell at an address. */
  cell(address: number): Value;
  /** The answer alone counts as read, not the value. */
  ask(address: number, question: CellQuestion): boolean;
  slot(number: number): SlotStatus;
  thread(index: number): ThreadState;
  isFinished(thread: number): boolean;
}

/** Whether the cell is a lock that a thread holds. */
export function heldBy(thread: number): CellQuestion {
  const of = (value: Value): boolean => lockHolders(value).some((hold) => hold.thread === thread);
  return { name: `held by ${thread}`, of };
}

/** Whether the cell is a wait queue that remembers a wake-up which a thread missed. */
export function missedBy(thread: number): CellQuestion {
  const of = (value: Value): boolean =>
    typeof value !== 'number' && value.kind === 'wait_queue' && value.missed.includes(thread);
  return { name: `missed by ${thread}`, of };
}

/** The view of a state as it is. */
export function viewOf(state: State): StateView {
  const cell = (address: number): Value => {
    const value = state.memory[address];
    if (value === undefined) throw new Error(`no cell at address ${address}`);
    return value;
  };
  const thread = (index: number): ThreadState => {
    const found = state.threads[index];
    if (found === undefined) throw new Error(`no thread ${index}`);
    return found;
  };
  return {
    threadCount: state.threads.length,
    cell,
    ask: (address, question) => question.of(cell(address)),
    slot: (number) => state.slots[number] ?? 'free',
    thread,
    isFinished: (index) => thread(index).frames.length === 0,
  };
}
