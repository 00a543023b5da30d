// SPDX-License-Identifier: MIT
/**
 * A state as a vector of numbers: one field per thread, per cell and per pool slot, each the number of
 * its value in the field's own dictionary. Fields are numbered in this order.
 */

import type { Changes, World } from '../interpreter/draft.ts';
import type { SlotStatus, State, ThreadState } from '../interpreter/state.ts';
import { threadKey, valueKey } from '../interpreter/state-key.ts';
import type { Value } from '../interpreter/values.ts';
import { initialValueOf } from '../interpreter/draft.ts';
import { Dictionary } from './dictionary.ts';

/** One field and the number of its value. */
export type Entry = readonly [field: number, value: number];

export class Fields {
  readonly threads: readonly Dictionary<ThreadState>[];
  /** By address. */
  readonly cells: readonly Dictionary<Value>[];
  readonly slots: readonly Dictionary<SlotStatus>[];
  /** Fields that have got new values since this was emptied last. */
  readonly grown: Set<number> = new Set();

  constructor({ program, layout }: World) {
    let field = 0;
    const next = (): (() => void) => {
      const own = field;
      field += 1;
      return () => void this.grown.add(own);
    };
    this.threads = program.threads.map(() => new Dictionary(threadKey, next()));
    this.cells = layout.cells.map(() => new Dictionary(valueKey, next()));
    this.slots = layout.slots.map(() => new Dictionary<SlotStatus>((status) => status, next()));
    // A slot that becomes free again is as at creation, so that value is needed at any time.
    for (const [address, { slot, type, initial }] of layout.cells.entries()) {
      if (slot !== null) this.cells[address]?.numberOf(initialValueOf(type, initial));
    }
  }

  get count(): number {
    return this.threads.length + this.cells.length + this.slots.length;
  }

  /** The field of a thread is the thread's number. */
  ofCell(address: number): number {
    return this.threads.length + address;
  }

  ofSlot(slot: number): number {
    return this.threads.length + this.cells.length + slot;
  }

  /** Whether a field is a cell that holds a number. */
  isPlain(field: number): boolean {
    const value = this.cells[field - this.threads.length]?.at(0);
    return typeof value === 'number';
  }

  /** Values known of a field. */
  size(field: number): number {
    return this.#dictionary(field).size;
  }

  thread(index: number): Dictionary<ThreadState> {
    return at(this.threads, index);
  }

  cell(address: number): Dictionary<Value> {
    return at(this.cells, address);
  }

  slot(number: number): Dictionary<SlotStatus> {
    return at(this.slots, number);
  }

  /** Numbers of all parts of a state, by field. */
  encode(state: State): number[] {
    return [
      ...state.threads.map((thread, index) => this.thread(index).numberOf(thread)),
      ...state.memory.map((value, address) => this.cell(address).numberOf(value)),
      ...state.slots.map((status, number) => this.slot(number).numberOf(status)),
    ];
  }

  /** The state whose fields `read` gives. */
  decode(read: (field: number) => number): State {
    return {
      threads: this.threads.map((known, index) => known.at(read(index))),
      memory: this.cells.map((known, address) => known.at(read(this.ofCell(address)))),
      slots: this.slots.map((known, number) => known.at(read(this.ofSlot(number)))),
    };
  }

  /** What a step writes. */
  encodeChanges({ threads, memory, slots }: Changes): Entry[] {
    return [
      ...[...threads].map(([index, now]): Entry => [index, this.thread(index).numberOf(now)]),
      ...[...memory].map(([address, now]): Entry => [
        this.ofCell(address),
        this.cell(address).numberOf(now),
      ]),
      ...[...slots].map(([number, now]): Entry => [
        this.ofSlot(number),
        this.slot(number).numberOf(now),
      ]),
    ];
  }

  #dictionary(field: number): Dictionary<ThreadState> | Dictionary<Value> | Dictionary<SlotStatus> {
    const cell = field - this.threads.length;
    if (cell < 0) return this.thread(field);
    const slot = cell - this.cells.length;
    return slot < 0 ? this.cell(cell) : this.slot(slot);
  }
}

function at<T>(list: readonly T[], index: number): T {
  const item = list[index];
  if (item === undefined) throw new RangeError(`no field ${index}`);
  return item;
}
