// SPDX-License-Identifier: MIT
/** A growing table of 32-bit integers, all rows equally wide; row `i` begins at `items[i * width]`. */
export class Rows {
  readonly width: number;
  items: Int32Array;
  #count = 0;

  constructor(width: number) {
    this.width = width;
    this.items = new Int32Array(64 * width);
  }

  get count(): number {
    return this.#count;
  }

  /** Adds a row and returns its number; columns that are not given are 0. */
  push(row: ArrayLike<number>): number {
    const at = this.#count * this.width;
    if (at === this.items.length) {
      const larger = new Int32Array(this.items.length * 2);
      larger.set(this.items);
      this.items = larger;
    }
    this.items.set(row, at);
    this.#count += 1;
    return this.#count - 1;
  }

  at(row: number, column: number): number {
    return this.items[row * this.width + column] ?? 0;
  }
}
