// SPDX-License-Identifier: MIT
/** Which bits of which 32-bit word each field of a packed state has. No field crosses words. */

const WORD_BITS = 32;
/** Dictionaries of more values than this get a quarter of spare room, so that widths rarely change. */
const SMALL = 4;

/** Bits for the numbers 0 .. count-1; none for a field that never changes. */
function bitsFor(count: number): number {
  return count <= 1 ? 0 : WORD_BITS - Math.clz32(count - 1);
}

/** Bits a field gets that has so many values now. */
export function widthFor(count: number): number {
  return bitsFor(count <= SMALL ? count : Math.ceil(count * 1.25));
}

export class Packing {
  /** Words of a state, at least one. */
  readonly words: number;
  /** By field. */
  readonly width: Int32Array;
  readonly word: Int32Array;
  readonly shift: Int32Array;
  /** The field's bits, shifted down to bit 0. */
  readonly mask: Int32Array;

  /** First fit, widest fields first, in order of their numbers. */
  constructor(widths: readonly number[]) {
    this.width = Int32Array.from(widths);
    this.word = new Int32Array(widths.length);
    this.shift = new Int32Array(widths.length);
    this.mask = Int32Array.from(widths, (width) => 2 ** width - 1);
    const used: number[] = [];
    const order = [...widths.keys()].toSorted((a, b) => (widths[b] ?? 0) - (widths[a] ?? 0));
    for (const field of order) {
      const width = widths[field] ?? 0;
      if (width >= WORD_BITS) throw new RangeError(`field ${field} has too many values`);
      const fitting = used.findIndex((bits) => bits + width <= WORD_BITS);
      const word = fitting < 0 ? used.length : fitting;
      this.word[field] = word;
      this.shift[field] = width === 0 ? 0 : (used[word] ?? 0);
      used[word] = (used[word] ?? 0) + width;
    }
    this.words = Math.max(1, used.length);
  }

  /** Whether a field has room for so many values. */
  holds(field: number, count: number): boolean {
    return count <= (this.mask[field] ?? 0) + 1;
  }

  read(vectors: Int32Array, offset: number, field: number): number {
    const word = vectors[offset + (this.word[field] ?? 0)] ?? 0;
    return (word >>> (this.shift[field] ?? 0)) & (this.mask[field] ?? 0);
  }

  write(vectors: Int32Array, offset: number, field: number, value: number): void {
    const place = offset + (this.word[field] ?? 0);
    const shift = this.shift[field] ?? 0;
    const rest = (vectors[place] ?? 0) & ~((this.mask[field] ?? 0) << shift);
    vectors[place] = rest | (value << shift);
  }
}
