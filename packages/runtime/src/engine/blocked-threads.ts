// SPDX-License-Identifier: MIT
/** The set of threads that wait in a state, put together thread by thread, as a number. */

import type { InternedSets } from '../explore/interned-sets.ts';

export class BlockedThreads {
  readonly #sets: InternedSets;
  /** By node: its members; node 0 is the empty set. */
  readonly #members: (readonly number[])[] = [[]];
  /** By node: number of the set, or -1. */
  readonly #numbers: number[] = [0];
  /** Row of a node, column of a thread: the node with that thread more, or 0 if there is none yet. */
  next: Int32Array;
  readonly #threads: number;

  constructor(sets: InternedSets, threads: number) {
    this.#sets = sets;
    this.#threads = threads;
    this.next = new Int32Array(64 * threads);
  }

  /** The node of a set with a thread more. */
  with(node: number, thread: number): number {
    const at = node * this.#threads + thread;
    const known = this.next[at] ?? 0;
    if (known !== 0) return known;
    const number = this.#members.length;
    this.#members.push([...(this.#members[node] ?? []), thread]);
    this.#numbers.push(-1);
    if ((number + 1) * this.#threads > this.next.length) {
      const larger = new Int32Array(this.next.length * 2);
      larger.set(this.next);
      this.next = larger;
    }
    this.next[at] = number;
    return number;
  }

  /** The number of the set among the interned ones. */
  numberOf(node: number): number {
    const known = this.#numbers[node] ?? -1;
    if (known >= 0) return known;
    const number = this.#sets.intern(this.#members[node] ?? []);
    this.#numbers[node] = number;
    return number;
  }
}
