// SPDX-License-Identifier: MIT
/** Packed rows give back what was pushed, whatever the order of small and large, also after being saved. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PackedRow } from './packed-row.ts';
import { RisingRow } from './rising-row.ts';

/** Runs of items of one magnitude each: a row widens in between, within blocks and behind them. */
const runs = fc
  .array(
    fc.integer({ min: 0, max: 29 }).chain((bits) =>
      fc.array(fc.integer({ min: bits < 4 ? -(2 ** bits) : 0, max: 2 ** bits }), {
        maxLength: 70,
      }),
    ),
    { maxLength: 8 },
  )
  .map((all) => all.flat());

function itemsOf(row: PackedRow | RisingRow): readonly number[] {
  return Array.from({ length: row.length }, (_, i) => row.at(i));
}

describe('a packed row', () => {
  test('keeps all items, and goes on after it was saved', () => {
    fc.assert(
      fc.property(runs, runs, (before, behind) => {
        const row = new PackedRow();
        for (const item of before) row.push(item);
        expect(itemsOf(row)).toEqual(before);
        const copy = new Int32Array(row.length);
        row.copyTo(copy);
        expect([...copy]).toEqual(before);
        const again = new PackedRow();
        again.restore(row.saved());
        for (const each of [row, again]) {
          for (const item of behind) each.push(item);
          expect(itemsOf(each)).toEqual([...before, ...behind]);
        }
      }),
    );
  });

  test('of many items has several chunks, and as many bits as its items need', () => {
    const row = new PackedRow();
    for (let i = 0; i < 300_000; i += 1) row.push(i);
    const wrong: number[] = [];
    for (let i = 0; i < 300_000; i += 1) if (row.at(i) !== i) wrong.push(i);
    expect(wrong).toEqual([]);
    expect(row.bytes).toBeLessThan((300_000 * 19) / 8 + 200_000);
    const again = new PackedRow();
    again.restore(row.saved());
    for (let i = 0; i < 100_000; i += 1) again.push(i);
    expect([again.at(299_999), again.at(300_000), again.at(399_999)]).toEqual([299_999, 0, 99_999]);
  });

  test('has no item before the first and none behind the last', () => {
    const row = new PackedRow();
    row.push(7);
    expect(() => row.at(1)).toThrow('no item 1');
    expect(() => row.at(-1)).toThrow('no item -1');
  });
});

describe('a rising row', () => {
  test('keeps all items, tells how many are not above a value, and goes on after it was saved', () => {
    const steps = fc.array(fc.integer({ min: 0, max: 1000 }), { maxLength: 200 });
    fc.assert(
      fc.property(steps, steps, (before, behind) => {
        const row = new RisingRow();
        const items: number[] = [];
        const push = (to: RisingRow, by: number): void => to.push((items.at(-1) ?? 0) + by);
        for (const by of before) {
          push(row, by);
          items.push(row.at(row.length - 1));
        }
        expect(itemsOf(row)).toEqual(items);
        for (const value of [...items, -1, 500, 10 ** 6]) {
          expect(row.countUpTo(value)).toBe(items.filter((item) => item <= value).length);
        }
        const again = new RisingRow();
        again.restore(row.saved());
        for (const by of behind) {
          push(row, by);
          push(again, by);
          items.push(row.at(row.length - 1));
        }
        expect(itemsOf(row)).toEqual(items);
        expect(itemsOf(again)).toEqual(items);
      }),
    );
  });
});
