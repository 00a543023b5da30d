// SPDX-License-Identifier: MIT
/**
 * Counts how many of a number of states differ if parts of them are not looked at. States are told apart by 53 bits made of
 * all their values, so a count may be short by one or two in many millions; nothing but a table for people depends on it.
 */

interface Part {
  /** Fields of its members, the last member's once more. */
  readonly fields: readonly number[];
  readonly last: readonly number[];
  readonly values: Set<number>;
  readonly without: Set<number>;
  readonly withoutOne: Set<number>;
}

export class Fingerprints {
  readonly #parts: readonly Part[];
  /** By field: numbers of its values in order of appearance. */
  readonly #numbers: Map<unknown, number>[] = [];

  /** @param parts by part and member: its fields */
  constructor(parts: readonly (readonly (readonly number[])[])[]) {
    this.#parts = parts.map((members) => ({
      fields: members.flat(),
      last: members.at(-1) ?? [],
      values: new Set(),
      without: new Set(),
      withoutOne: new Set(),
    }));
  }

  /** Enters a state by the values of its fields: equal values of a field are numbers, strings or the same object. */
  add(state: readonly unknown[]): void {
    const high = new Int32Array(state.length);
    const low = new Int32Array(state.length);
    let allHigh = 0;
    let allLow = 0;
    for (const [field, value] of state.entries()) {
      const number = this.#numberOf(field, value);
      high[field] = mixed(field, number, 0x9e3779b1);
      low[field] = mixed(field, number, 0x85ebca6b);
      allHigh ^= high[field] ?? 0;
      allLow ^= low[field] ?? 0;
    }
    const sum = (fields: readonly number[], list: Int32Array): number =>
      fields.reduce((bits, field) => bits ^ (list[field] ?? 0), 0);
    for (const { fields, last, values, without, withoutOne } of this.#parts) {
      const [ownHigh, ownLow] = [sum(fields, high), sum(fields, low)];
      values.add(joined(ownHigh, ownLow));
      without.add(joined(allHigh ^ ownHigh, allLow ^ ownLow));
      withoutOne.add(joined(allHigh ^ sum(last, high), allLow ^ sum(last, low)));
    }
  }

  /** Different values of a part, and different states without it or without its last member. */
  counts(part: number): {
    readonly values: number;
    readonly statesWithout: number;
    readonly statesWithoutOne: number;
  } {
    const { values, without, withoutOne } = this.#parts[part] ?? {};
    return {
      values: values?.size ?? 0,
      statesWithout: without?.size ?? 0,
      statesWithoutOne: withoutOne?.size ?? 0,
    };
  }

  #numberOf(field: number, value: unknown): number {
    let numbers = this.#numbers[field];
    if (numbers === undefined) {
      numbers = new Map();
      this.#numbers[field] = numbers;
    }
    const known = numbers.get(value);
    if (known !== undefined) return known;
    numbers.set(value, numbers.size);
    return numbers.size - 1;
  }
}

function mixed(field: number, number: number, factor: number): number {
  let bits = Math.imul(field + 1, factor) ^ Math.imul(number + 1, 0xc2b2ae35);
  bits = Math.imul(bits ^ (bits >>> 15), factor);
  bits = Math.imul(bits ^ (bits >>> 13), 0x27d4eb2f);
  return bits ^ (bits >>> 16);
}

/** 53 bits of two words. */
function joined(high: number, low: number): number {
  return (high >>> 0) * 2 ** 21 + (low >>> 11);
}
