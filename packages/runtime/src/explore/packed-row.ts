// SPDX-License-Identifier: MIT
/**
 * A growing row of integers with as many bits each as the largest so far needs. When one does not fit, a
 * new segment with wider items begins; what is stored before stays as it is. 32 items take as many whole
 * words as an item has bits, so that an item is found by its number alone.
 */

/** Items of a block. */
const BLOCK = 32;
/** Binary logarithm of the blocks that a chunk has at most: rows grow by chunks, not by copies of themselves. */
const CHUNK_BITS = 11;
const CHUNK = 2 ** CHUNK_BITS;
const FIRST_BLOCKS = 4;

interface Segment {
  /** Number of its first item, a multiple of {@link BLOCK}. */
  readonly start: number;
  /** Bits of an item, at least 1 and less than 32. */
  readonly width: number;
  /** What an item of bits that are all 0 is. */
  readonly low: number;
  /** The bits of an item. */
  readonly mask: number;
  readonly chunks: Words[];
}

type Words = Int32Array<ArrayBuffer>;

/** Numbers before the words of a segment in its saved form: start, width, low, number of words. */
const SEGMENT_HEAD = 4;

/** Push and read in constant time. Items are from -2^30 to 2^30. */
export class PackedRow {
  #segments: Segment[] = [segmentOf(0, 1, 0, [])];
  #length = 0;
  #bytes = 0;
  // The segment, chunk and block that grow.
  #start = 0;
  #width = 1;
  #low = 0;
  #last: Words = new Int32Array(0);
  #at = 0;

  get length(): number {
    return this.#length;
  }

  /** Bytes taken, spare room included. */
  get bytes(): number {
    return this.#bytes;
  }

  push(item: number): void {
    const value = item - this.#low;
    if (value >>> this.#width !== 0) {
      this.#widen(item);
      this.push(item);
      return;
    }
    const within = this.#length & (BLOCK - 1);
    if (within === 0) this.#beginBlock();
    const bit = within * this.#width;
    const shift = bit & 31;
    const at = this.#at + (bit >>> 5);
    const words = this.#last;
    words[at] = (words[at] ?? 0) | (value << shift);
    if (shift + this.#width > 32) words[at + 1] = value >>> (32 - shift);
    this.#length += 1;
  }

  /** The item at `index`; outside of the row is a mistake of the caller and throws. */
  at(index: number): number {
    if (index < 0 || index >= this.#length) {
      throw new RangeError(`no item ${index} in a row of ${this.#length}`);
    }
    let number = this.#segments.length - 1;
    let segment = this.#segments[number];
    while (segment !== undefined && segment.start > index) {
      number -= 1;
      segment = this.#segments[number];
    }
    if (segment === undefined) throw new RangeError('a row without a beginning');
    const { start, width, low, mask, chunks } = segment;
    const place = index - start;
    const words = chunks[place >>> (5 + CHUNK_BITS)];
    if (words === undefined) throw new RangeError('a row without a chunk');
    const bit = (place & (BLOCK - 1)) * width;
    const shift = bit & 31;
    const at = ((place >>> 5) & (CHUNK - 1)) * width + (bit >>> 5);
    let value = (words[at] ?? 0) >>> shift;
    if (shift + width > 32) value |= (words[at + 1] ?? 0) << (32 - shift);
    return (value & mask) + low;
  }

  /** Puts all items into an array, one after the other: faster than to ask for each. */
  copyTo(items: Int32Array): void {
    for (const [i, { start, width, low, mask, chunks }] of this.#segments.entries()) {
      const end = this.#segments[i + 1]?.start ?? this.#length;
      for (let index = start; index < end; index += 1) {
        const place = index - start;
        const words = chunks[place >>> (5 + CHUNK_BITS)] ?? this.#last;
        const bit = (place & (BLOCK - 1)) * width;
        const shift = bit & 31;
        const at = ((place >>> 5) & (CHUNK - 1)) * width + (bit >>> 5);
        let value = (words[at] ?? 0) >>> shift;
        if (shift + width > 32) value |= (words[at + 1] ?? 0) << (32 - shift);
        items[index] = (value & mask) + low;
      }
    }
  }

  /** The row as numbers that {@link PackedRow.restore} takes: the length, then each segment. */
  saved(): Int32Array {
    const used = this.#segments.map(({ start, width }, i) => {
      const end = this.#segments[i + 1]?.start ?? this.#length;
      return Math.ceil((end - start) / BLOCK) * width;
    });
    const all = used.reduce((sum, words) => sum + SEGMENT_HEAD + words, 1);
    const saved = new Int32Array(all);
    saved[0] = this.#length;
    let at = 1;
    for (const [i, { start, width, low, chunks }] of this.#segments.entries()) {
      const words = used[i] ?? 0;
      saved.set([start, width, low, words], at);
      at += SEGMENT_HEAD;
      let left = words;
      for (const chunk of chunks) {
        const part = chunk.subarray(0, Math.min(left, chunk.length));
        saved.set(part, at);
        at += part.length;
        left -= part.length;
      }
    }
    return saved;
  }

  /** Makes an empty row the one that was saved. */
  restore(saved: Int32Array): void {
    this.#segments = [];
    let at = 1;
    while (at < saved.length) {
      const [start = 0, width = 1, low = 0, words = 0] = saved.subarray(at, at + SEGMENT_HEAD);
      at += SEGMENT_HEAD;
      const chunks = chunksOf(saved.subarray(at, at + words), width);
      this.#segments.push(segmentOf(start, width, low, chunks));
      at += words;
    }
    this.#length = saved[0] ?? 0;
    this.#bytes =
      4 *
      this.#segments.flatMap(({ chunks }) => chunks).reduce((sum, { length }) => sum + length, 0);
    this.#bind();
  }

  /** Makes the last segment the one that grows. */
  #bind(): void {
    const segment = this.#segments.at(-1);
    if (segment === undefined) throw new RangeError('a row without a segment');
    const { start, width, low, chunks } = segment;
    this.#start = start;
    this.#width = width;
    this.#low = low;
    this.#last = chunks.at(-1) ?? new Int32Array(0);
    const block = Math.max(0, this.#length - 1 - start) >>> 5;
    this.#at = (block & (CHUNK - 1)) * width;
  }

  /** Goes on to the next block, with room for it. */
  #beginBlock(): void {
    const block = (this.#length - this.#start) >>> 5;
    const place = block & (CHUNK - 1);
    this.#at = place * this.#width;
    const { chunks } = this.#growing();
    if (place === 0) {
      const blocks = block === 0 ? FIRST_BLOCKS : CHUNK;
      this.#last = new Int32Array(blocks * this.#width);
      this.#bytes += this.#last.byteLength;
      chunks.push(this.#last);
    } else if (this.#at === this.#last.length) {
      const larger = new Int32Array(Math.min(this.#last.length * 2, CHUNK * this.#width));
      larger.set(this.#last);
      this.#bytes += larger.byteLength - this.#last.byteLength;
      this.#last = larger;
      chunks[chunks.length - 1] = larger;
    }
  }

  #growing(): Segment {
    const segment = this.#segments.at(-1);
    if (segment === undefined) throw new RangeError('a row without a segment');
    return segment;
  }

  /** Begins a segment that has room for an item; items of a block that is not full go there too. */
  #widen(item: number): void {
    const begun = this.#length & (BLOCK - 1);
    const start = this.#length - begun;
    const moved = Array.from({ length: begun }, (_, i) => this.at(start + i));
    const before = this.#growing();
    const low = Math.min(before.low, item < before.low ? -(2 ** bitsOf(-item - 1)) : before.low);
    const high = Math.max(item, before.low + 2 ** before.width - 1);
    this.#trim(before, start);
    if (start === before.start) this.#segments.pop();
    const width = bitsOf(high - low);
    this.#segments.push(segmentOf(start, width, low, []));
    this.#length = start;
    this.#bind();
    for (const each of moved) this.push(each);
  }

  /** Gives back the room that a segment which ends here will not need. */
  #trim({ start, width, chunks }: Segment, end: number): void {
    const blocks = (end - start) >>> 5;
    const last = chunks.pop();
    if (last === undefined) return;
    const used = (blocks - chunks.length * CHUNK) * width;
    if (used > 0) chunks.push(used === last.length ? last : last.slice(0, used));
    this.#bytes -= last.byteLength - used * 4;
  }
}

function segmentOf(start: number, width: number, low: number, chunks: Words[]): Segment {
  return { start, width, low, mask: (1 << width) - 1, chunks };
}

/** Bits of a number that is not negative, at least 1. */
function bitsOf(value: number): number {
  return Math.max(1, 32 - Math.clz32(value));
}

/** The words of a segment in chunks again. */
function chunksOf(words: Int32Array, width: number): Words[] {
  const chunks: Words[] = [];
  for (let at = 0; at < words.length; at += CHUNK * width) {
    chunks.push(words.slice(at, at + CHUNK * width));
  }
  return chunks;
}
