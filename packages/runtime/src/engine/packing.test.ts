// SPDX-License-Identifier: MIT
import { describe, expect, it } from 'vitest';
import { packed, withSlack } from './packing.ts';

describe('slack', () => {
  it('gives spare bits of the last word to the fullest fields', () => {
    // 30 of 32 bits are taken; two of three fields get the rest.
    expect(withSlack([10, 10, 10], [600, 1000, 900])).toEqual([10, 11, 11]);
  });

  it('leaves flags and fields that never change as they are', () => {
    expect(withSlack([1, 0, 3], [2, 1, 5])).toEqual([1, 0, 4]);
  });

  it('takes no word more', () => {
    const widths = Array.from({ length: 20 }, () => 4);
    const sizes = widths.map(() => 12);
    expect(packed(withSlack(widths, sizes)).words).toBe(packed(widths).words);
    expect(withSlack([16, 16], [50_000, 50_000])).toEqual([16, 16]);
  });
});
