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

/** A state as it is. */
class PlainView implements StateView {
  readonly #state: State;

  constructor(state: State) {
    this.#state = state;
  }

  get threadCount(): number {
    return this.#state.threads.length;
  }

  cell(address: number): Value {
    const value = this.#state.memory[address];
    if (value === undefined) throw new Error(`no cell at address ${address}`);
    return value;
  }

  ask(address: number, question: CellQuestion): boolean {
    return question.of(this.cell(address));
  }

  slot(number: number): SlotStatus {
    return this.#state.slots[number] ?? 'free';
  }

  thread(index: number): ThreadState {
    const thread = this.#state.threads[index];
    if (thread === undefined) throw new Error(`no thread ${index}`);
    return thread;
  }

  isFinished(thread: number): boolean {
    return this.thread(thread).frames.length === 0;
  }
}

/** The view of a state as it is. */
export function viewOf(state: State): StateView {
  return new PlainView(state);
}
