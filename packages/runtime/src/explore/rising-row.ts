// SPDX-License-Identifier: MIT
/** A growing row of integers that never fall: what an item is above the first of its group takes few bits. */

import { Growable } from './growable.ts';
import { PackedRow } from './packed-row.ts';

/** Binary logarithm of the items that share a base. */
const GROUP_BITS = 5;
const IN_GROUP = 2 ** GROUP_BITS - 1;

export class RisingRow {
  readonly #bases = new Growable();
  readonly #above = new PackedRow();
  #base = 0;

  get length(): number {
    return this.#above.length;
  }

  get bytes(): number {
    return this.#bases.bytes + this.#above.bytes;
  }

  /** @param item not below the one before */
  push(item: number): void {
    if ((this.#above.length & IN_GROUP) === 0) {
      this.#bases.push(item);
      this.#base = item;
    }
    this.#above.push(item - this.#base);
  }

  at(index: number): number {
    return this.#above.at(index) + this.#bases.at(index >>> GROUP_BITS);
  }

  /** How many items are not above a value. */
  countUpTo(value: number): number {
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.at(middle) <= value) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The number of bases, the bases, and what is above them, for {@link RisingRow.restore}. */
  saved(): Int32Array {
    const bases = this.#bases.view();
    const above = this.#above.saved();
    const saved = new Int32Array(1 + bases.length + above.length);
    saved[0] = bases.length;
    saved.set(bases, 1);
    saved.set(above, 1 + bases.length);
    return saved;
  }

  /** Makes an empty row the one that was saved. */
  restore(saved: Int32Array): void {
    const bases = 1 + (saved[0] ?? 0);
    this.#bases.restore(saved.subarray(1, bases));
    this.#above.restore(saved.subarray(bases));
    this.#base = bases === 1 ? 0 : this.#bases.at(bases - 2);
  }
}
