// SPDX-License-Identifier: MIT
/** The values that one part of a state has been seen to have, numbered from 0 in order of discovery. */
export class Dictionary<T> {
  readonly #values: T[] = [];
  readonly #numbers = new Map<number | string, number>();
  readonly #keyOf: (value: T) => number | string;
  readonly #onNew: () => void;

  /**
   * @param keyOf equal for equal values only
   * @param onNew called with each value that has not been seen
   */
  constructor(keyOf: (value: T) => number | string, onNew: () => void = () => {}) {
    this.#keyOf = keyOf;
    this.#onNew = onNew;
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
    this.#onNew();
    return this.#values.length - 1;
  }

  at(number: number): T {
    const value = this.#values[number];
    if (value === undefined) throw new RangeError(`no value ${number}`);
    return value;
  }
}
