// SPDX-License-Identifier: MIT
/** Small sets of numbers, each distinct one stored once under a number of its own; 0 is the empty set. */

export class InternedSets {
  readonly #sets: (readonly number[])[];
  readonly #ids: Map<string, number>;

  constructor(other?: InternedSets) {
    this.#sets = other === undefined ? [[]] : [...other.#sets];
    this.#ids = other === undefined ? new Map([['', 0]]) : new Map(other.#ids);
  }

  /** The number of the set of these members. */
  intern(members: readonly number[]): number {
    if (members.length === 0) return 0;
    const sorted = [...new Set(members)].toSorted((a, b) => a - b);
    const text = sorted.join();
    const known = this.#ids.get(text);
    if (known !== undefined) return known;
    this.#sets.push(sorted);
    this.#ids.set(text, this.#sets.length - 1);
    return this.#sets.length - 1;
  }

  /** All sets in order of their numbers; interned in this order they have the same ones elsewhere. */
  get all(): readonly (readonly number[])[] {
    return this.#sets;
  }

  /** Members of a set, ascending. */
  members(id: number): readonly number[] {
    const set = this.#sets[id];
    if (set === undefined) throw new RangeError(`no set ${id}`);
    return set;
  }
}
