// SPDX-License-Identifier: MIT
/**
 * Packed states in order of discovery, and an open-addressing table of their numbers. A hash only says
 * where to look: states are the same if all of their words are.
 *
 * The state that comes next is written in place behind the last one; `find` tells whether it is new
 * and `enter` keeps it. A table entry is the state's number + 1 in its low bits, and above them as much
 * of the hash as there is room for, which spares most comparisons of different states.
 */

import type { Packing } from './packing.ts';
import { repackVectors } from './repack-vectors.ts';

const FIRST_STATES = 1024;
const FIRST_TABLE_BITS = 11;
/** Tables grow fourfold until they have so many bits, so that states move from one to the next less often; then twofold. */
const LARGE_TABLE_BITS = 21;
/** States brought into the next table with each that is entered: all are there long before the present one is full. */
const AT_A_TIME = 16;
/** From so many states on, little room is made at a time: what is not used yet counts for each state. */
const SMALL = 100_000;
/** Entries that the table has at most, in 1/16 of its size. Nearly all look-ups are of known states, and these stay short. */
const MOST_SIXTEENTHS = 13;

export class StateStore {
  packing: Packing;
  /** State `i` begins at word `i * packing.words`. */
  vectors: Int32Array;
  #count = 0;
  #capacity = FIRST_STATES;
  #bits = FIRST_TABLE_BITS;
  #table: Int32Array = new Int32Array(2 ** FIRST_TABLE_BITS);
  /** The table that is to come, with the first states in it; null while the present one has room. */
  #coming: Int32Array | null = null;
  #inComing = 0;
  /** Where the state that was looked for last belongs. */
  #place = 0;
  #entry = 0;

  readonly #hashOf: typeof hashOf;

  /** @param hash for tests; generated code has the usual one */
  constructor(packing: Packing, hash: typeof hashOf = hashOf) {
    this.#hashOf = hash;
    this.packing = packing;
    this.vectors = new Int32Array(FIRST_STATES * packing.words);
  }

  get count(): number {
    return this.#count;
  }

  get bytes(): number {
    return this.vectors.byteLength + this.#table.byteLength + (this.#coming?.byteLength ?? 0);
  }

  get table(): Int32Array {
    return this.#table;
  }

  /** Binary logarithm of the table's size. */
  get bits(): number {
    return this.#bits;
  }

  /** First word of the state that comes next. */
  get next(): number {
    return this.#count * this.packing.words;
  }

  /** The number of the state in place behind the last one, or -1 if it is new. */
  find(): number {
    const { words } = this.packing;
    const { vectors } = this;
    const start = this.#count * words;
    const table = this.#table;
    const mask = table.length - 1;
    const hash = this.#hashOf(vectors, start, words);
    const bits = this.#bits;
    const print = (hash >>> bits) << bits;
    let place = hash & mask;
    for (;;) {
      const entry = table[place] ?? 0;
      if (entry === 0) break;
      if (entry >>> bits === print >>> bits) {
        const state = (entry & mask) - 1;
        let at = state * words;
        let k = start;
        const end = start + words;
        while (k < end && vectors[at] === vectors[k]) {
          at += 1;
          k += 1;
        }
        if (k === end) return state;
      }
      place = (place + 1) & mask;
    }
    this.#place = place;
    this.#entry = print | (this.#count + 1);
    return -1;
  }

  /** Tells what `find` would have found out: the state behind the last one is new and belongs there. */
  isNewAt(place: number, entry: number): void {
    this.#place = place;
    this.#entry = entry;
  }

  /** Keeps the state that `find` has just told to be new; returns its number. */
  enter(): number {
    this.#table[this.#place] = this.#entry;
    this.#count += 1;
    if (this.#coming !== null) this.#goOnGrowing(this.#coming);
    else if (this.#isFull(this.#table.length)) this.#growTable();
    if (this.#count === this.#capacity) this.#growVectors();
    return this.#count - 1;
  }

  /** The words of all states, until the next one is entered. */
  view(): Int32Array {
    return this.vectors.subarray(0, this.next);
  }

  /** For an empty store: keeps these different states, with the spare room that it would have by now. */
  restore(vectors: Int32Array): void {
    this.#count = vectors.length / this.packing.words;
    while (this.#capacity <= this.#count) this.#capacity = largerCapacity(this.#capacity);
    while (this.#isFull(2 ** this.#bits)) this.#bits = largerBits(this.#bits);
    this.vectors = new Int32Array(this.#capacity * this.packing.words);
    this.vectors.set(vectors);
    this.#table = new Int32Array(2 ** this.#bits);
    this.#fill(this.#table, this.#bits, 0, this.#count);
  }

  #isFull(size: number): boolean {
    return this.#count * 16 >= size * MOST_SIXTEENTHS;
  }

  /** Brings all states, and the one in place behind them, into another form. */
  repack(packing: Packing): void {
    if (packing.agreesWith(this.packing)) {
      this.packing = packing;
      return;
    }
    const from = { vectors: this.vectors, packing: this.packing };
    this.vectors = repackVectors(from, packing, this.#count + 1, this.#capacity);
    this.packing = packing;
    if (this.#coming !== null) this.#takeTable(this.#coming.fill(0));
    this.#fill(this.#table.fill(0), this.#bits, 0, this.#count);
  }

  #growVectors(): void {
    this.#capacity = largerCapacity(this.#capacity);
    const larger = new Int32Array(this.#capacity * this.packing.words);
    larger.set(this.vectors);
    this.vectors = larger;
  }

  /** Makes a larger table, at once if there are few states. */
  #growTable(): void {
    const bits = largerBits(this.#bits);
    const coming = new Int32Array(2 ** bits);
    if (this.#count < SMALL) {
      this.#fill(coming, bits, 0, this.#count);
      this.#takeTable(coming);
      return;
    }
    this.#coming = coming;
    this.#inComing = 0;
  }

  /** Brings some more states into the table to come. Until all are there, the present one is looked at. */
  #goOnGrowing(coming: Int32Array): void {
    const end = Math.min(this.#count, this.#inComing + AT_A_TIME);
    this.#fill(coming, 31 - Math.clz32(coming.length), this.#inComing, end);
    this.#inComing = end;
    if (end === this.#count) this.#takeTable(coming);
  }

  #takeTable(table: Int32Array): void {
    this.#table = table;
    this.#bits = 31 - Math.clz32(table.length);
    this.#coming = null;
  }

  /** Enters states into a table that has none of them. */
  #fill(table: Int32Array, bits: number, first: number, end: number): void {
    const { words } = this.packing;
    const mask = table.length - 1;
    for (let state = first; state < end; state += 1) {
      const hash = this.#hashOf(this.vectors, state * words, words);
      let place = hash & mask;
      while (table[place] !== 0) place = (place + 1) & mask;
      table[place] = ((hash >>> bits) << bits) | (state + 1);
    }
  }
}

function largerBits(bits: number): number {
  return bits + (bits < LARGE_TABLE_BITS ? 2 : 1);
}

function largerCapacity(capacity: number): number {
  return Math.ceil(capacity * (capacity < SMALL ? 2 : 1.25));
}

/** Spreads the words of a state over 32 bits. */
function hashOf(vectors: Int32Array, start: number, words: number): number {
  let hash = 0;
  for (let k = start; k < start + words; k += 1) {
    hash = Math.imul(hash ^ (vectors[k] ?? 0), 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  hash = Math.imul(hash, 0x85ebca6b);
  return hash ^ (hash >>> 13);
}
