// SPDX-License-Identifier: MIT
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { packed, Packing, repacked, widthFor } from './packing.ts';
import { StateStore } from './state-store.ts';

/** Enters a state given by its fields; the number of a known one, or -1. */
function enter(store: StateStore, fields: readonly number[]): number {
  for (const [field, value] of fields.entries()) {
    store.packing.write(store.vectors, store.next, field, value);
  }
  const known = store.find();
  if (known < 0) store.enter();
  return known;
}

function fieldsOf(store: StateStore, state: number): readonly number[] {
  const { packing, vectors } = store;
  const offset = state * packing.words;
  return [...packing.width.keys()].map((field) => packing.read(vectors, offset, field));
}

test('packed fields do not overlap, whatever their widths, and none crosses words', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 31 }), { maxLength: 80 }), (widths) => {
      const packing = packed(widths);
      const bits = widths.flatMap((width, field) => {
        const { word, shift } = packing.place(field);
        expect(width === 0 || shift + width <= 32).toBe(true);
        return Array.from({ length: width }, (_, bit) => word * 32 + shift + bit);
      });
      expect(new Set(bits).size).toBe(bits.length);
      expect(Math.max(0, ...bits)).toBeLessThan(packing.words * 32);
      expect(packing.words).toBeLessThanOrEqual(Math.max(1, widths.filter((w) => w > 0).length));
    }),
  );
});

test('a field has room for the values it is said to have room for', () => {
  for (const count of [1, 2, 3, 4, 5, 8, 9, 100, 1 << 20]) {
    const packing = packed([widthFor(count)]);
    const words = new Int32Array(packing.words);
    expect(packing.holds(0, count)).toBe(true);
    packing.write(words, 0, 0, count - 1);
    expect(packing.read(words, 0, 0)).toBe(count - 1);
  }
});

const growing = fc.array(
  fc.record({
    fields: fc.array(fc.nat({ max: 2 ** 31 - 1 }), { minLength: 12, maxLength: 12 }),
    wider: fc.array(fc.nat({ max: 11 }), { maxLength: 3 }),
  }),
  { minLength: 1, maxLength: 60 },
);

test('states keep their numbers and values while fields get wider, like a plain list', () => {
  fc.assert(
    fc.property(growing, (steps) => {
      const widths = Array.from({ length: 12 }, () => 0);
      const store = new StateStore(packed(widths));
      const list: string[] = [];
      for (const { fields, wider } of steps) {
        for (const field of wider) widths[field] = Math.min(31, (widths[field] ?? 0) * 2 + 1);
        store.repack(repacked(store.packing, widths));
        const values = fields.map((value, field) => value % 2 ** (widths[field] ?? 0));
        const known = list.indexOf(values.join());
        expect(enter(store, values)).toBe(known);
        if (known < 0) list.push(values.join());
      }
      expect(list.map((_, state) => fieldsOf(store, state).join())).toEqual(list);
      expect(store.count).toBe(list.length);
    }),
  );
});

test('a hundred thousand states of which half are met twice', () => {
  const store = new StateStore(packed([17, 17, 3]));
  for (let i = 0; i < 100_000; i += 1) {
    const state = i % 50_000;
    const fields = [state, (state * 7919) % 131_072, state % 5];
    expect(enter(store, fields)).toBe(i < 50_000 ? -1 : state);
  }
  expect(store.count).toBe(50_000);
  expect(fieldsOf(store, 49_999)).toEqual([49_999, (49_999 * 7919) % 131_072, 4]);
  expect(store.bytes).toBe(store.vectors.byteLength + store.table.byteLength);
});

test('half a million states, each met again at once and at last, while the table grows little by little', () => {
  const store = new StateStore(packed([20, 20]));
  const fieldsFor = (i: number): number[] => [i, (i * 7919) % 1_048_576];
  const wrong: number[] = [];
  for (let i = 0; i < 500_000; i += 1) {
    if (enter(store, fieldsFor(i)) !== -1 || enter(store, fieldsFor(i >> 1)) !== i >> 1)
      wrong.push(i);
  }
  for (let i = 0; i < 500_000; i += 1) if (enter(store, fieldsFor(i)) !== i) wrong.push(i);
  expect(wrong).toEqual([]);
  expect(store.table.length).toBe(2 ** 21);
});

test('states of another form, while the table grows', () => {
  const store = new StateStore(packed([20, 1]));
  for (let i = 0; i < 440_000; i += 1) expect(enter(store, [i, i % 2])).toBe(-1);
  const before = store.table.length;
  store.repack(repacked(store.packing, [20, 30]));
  expect(store.table.length).toBe(before * 4);
  for (let i = 0; i < 440_000; i += 1) expect(enter(store, [i, i % 2])).toBe(i);
});

test('states with one hash are told apart by their words', () => {
  // All of the table's entries look alike, and lie one behind the other.
  const store = new StateStore(packed([20]), () => -1);
  for (let i = 0; i < 3_000; i += 1) expect(enter(store, [i])).toBe(-1);
  for (let i = 0; i < 3_000; i += 7) expect(enter(store, [i])).toBe(i);
});

test('a state without any field that changes', () => {
  const store = new StateStore(packed([0, 0]));
  expect(enter(store, [0, 0])).toBe(-1);
  expect(enter(store, [0, 0])).toBe(0);
});

test('a field of 32 bits is refused', () => {
  expect(() => packed([32])).toThrow(RangeError);
  expect(() => repacked(new Packing([]), [])).not.toThrow();
});
