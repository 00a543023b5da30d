// SPDX-License-Identifier: MIT
/** The set of threads that wait in a state, put together thread by thread, as a number. */

import type { InternedSets } from '../explore/interned-sets.ts';

export class BlockedThreads {
  readonly #sets: InternedSets;
  /** By node: its members; node 0 is the empty set. */
  readonly #members: (readonly number[])[] = [[]];
  /** By node: number of the set, or -1. */
  readonly #numbers: number[] = [0];
  readonly #next = new Map<number, number>();
  readonly #threads: number;

  constructor(sets: InternedSets, threads: number) {
    this.#sets = sets;
    this.#threads = threads;
  }

  /** The node of a set with a thread more. */
  with(node: number, thread: number): number {
    const key = node * this.#threads + thread;
    const known = this.#next.get(key);
    if (known !== undefined) return known;
    this.#members.push([...(this.#members[node] ?? []), thread]);
    this.#numbers.push(-1);
    this.#next.set(key, this.#members.length - 1);
    return this.#members.length - 1;
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
