// SPDX-License-Identifier: MIT
/** Packed states brought into another form, field by field: most fields stay where they are. */

import type { Packing } from './packing.ts';

/** Many states, one behind the other. */
interface Packed {
  readonly vectors: Int32Array;
  readonly packing: Packing;
}

/**
 * @param states how many of the vectors are in use
 * @param capacity how many the result has room for
 */
export function repackVectors(
  from: Packed,
  packing: Packing,
  states: number,
  capacity: number,
): Int32Array {
  const to = { vectors: new Int32Array(capacity * packing.words), packing };
  copyWords(from, to, states);
  const moved = [...packing.width.keys()].filter((field) => hasMoved(from.packing, packing, field));
  // All old places are cleared before any new one is filled: it may be the old one of another field.
  for (const field of moved) clear(to, from.packing, field, states);
  for (const field of moved) move(from, to, field, states);
  return to.vectors;
}

function hasMoved(before: Packing, now: Packing, field: number): boolean {
  const was = before.place(field);
  const is = now.place(field);
  return was.width > 0 && (was.word !== is.word || was.shift !== is.shift);
}

function copyWords(from: Packed, to: Packed, states: number): void {
  const [before, now] = [from.packing.words, to.packing.words];
  if (before === now) {
    to.vectors.set(from.vectors.subarray(0, states * before));
    return;
  }
  const both = Math.min(before, now);
  for (let state = 0; state < states; state += 1) {
    for (let k = 0; k < both; k += 1) {
      to.vectors[state * now + k] = from.vectors[state * before + k] ?? 0;
    }
  }
}

function clear({ vectors, packing }: Packed, before: Packing, field: number, states: number): void {
  const { word, shift } = before.place(field);
  const { words } = packing;
  if (word >= words) return;
  const others = ~((before.mask[field] ?? 0) << shift);
  const end = states * words;
  for (let at = word; at < end; at += words) vectors[at] = (vectors[at] ?? 0) & others;
}

function move(from: Packed, to: Packed, field: number, states: number): void {
  const was = from.packing.place(field);
  const is = to.packing.place(field);
  const mask = from.packing.mask[field] ?? 0;
  const { vectors } = to;
  let source = was.word;
  let target = is.word;
  for (let state = 0; state < states; state += 1) {
    const value = ((from.vectors[source] ?? 0) >>> was.shift) & mask;
    vectors[target] = (vectors[target] ?? 0) | (value << is.shift);
    source += from.packing.words;
    target += to.packing.words;
  }
}
