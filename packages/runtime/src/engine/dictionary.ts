// SPDX-License-Identifier: MIT
/** The values that one part of a state has been seen to have, numbered from 0 in order of discovery. */
export class Dictionary<T> {
  readonly #values: T[] = [];
  readonly #numbers = new Map<number | string, number>();
  readonly #keyOf: (value: T) => number | string;

  /** @param keyOf equal for equal values only */
  constructor(keyOf: (value: T) => number | string) {
    this.#keyOf = keyOf;
  }

  get size(): number {
    return this.#values.length;
  }

  /** All values in order of their numbers; entered in this order they have the same ones elsewhere. */
  get values(): readonly T[] {
    return this.#values;
  }

  /** The number of a value, a new one if it has not been seen. */
  numberOf(value: T): number {
    const key = this.#keyOf(value);
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    this.#numbers.set(key, this.#values.length);
    this.#values.push(value);
    return this.#values.length - 1;
  }

  at(number: number): T {
    const value = this.#values[number];
    if (value === undefined) throw new RangeError(`no value ${number}`);
    return value;
  }
}
