// SPDX-License-Identifier: MIT
/** A growing row of 32-bit integers outside the garbage-collected heap. */

const FIRST_CAPACITY = 1024;

/** Push and read in constant time; 4 bytes an item, at most doubled by spare room. */
export class Growable {
  #items = new Int32Array(FIRST_CAPACITY);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** Bytes taken, spare room included. */
  get bytes(): number {
    return this.#items.byteLength;
  }

  push(item: number): void {
    if (this.#length === this.#items.length) {
      const larger = new Int32Array(this.#length * 2);
      larger.set(this.#items);
      this.#items = larger;
    }
    this.#items[this.#length] = item;
    this.#length += 1;
  }

  /** The item at `index`; outside of the row is a mistake of the caller and throws. */
  at(index: number): number {
    const item = index < this.#length ? this.#items[index] : undefined;
    if (item === undefined) throw new RangeError(`no item ${index} in a row of ${this.#length}`);
    return item;
  }

  set(index: number, item: number): void {
    if (index < 0 || index >= this.#length) {
      throw new RangeError(`no item ${index} in a row of ${this.#length}`);
    }
    this.#items[index] = item;
  }

  /** Takes the last item off. */
  pop(): number {
    const item = this.at(this.#length - 1);
    this.#length -= 1;
    return item;
  }

  /** The items themselves, until the next one is pushed. */
  view(): Int32Array {
    return this.#items.subarray(0, this.#length);
  }

  /** Takes a copy of these items in place of its own, with the spare room it would have after pushing them. */
  restore(items: Int32Array): void {
    let capacity = FIRST_CAPACITY;
    while (capacity < items.length) capacity *= 2;
    this.#items = new Int32Array(capacity);
    this.#items.set(items);
    this.#length = items.length;
  }

  /** A copy of the items, without spare room. */
  toArray(): Int32Array {
    return this.#items.slice(0, this.#length);
  }
}
