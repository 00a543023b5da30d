// SPDX-License-Identifier: MIT
import { describe, expect, test } from 'vitest';
import { exploreAll } from '../testing/explore-all.ts';
import type { CellRef, CodeBuilder } from '../testing/program-builder.ts';
import { binary } from '../testing/program-builder.ts';

/** Two mms with two and three frames; `run` may use them and leaves a number. */
function numberAfter(run: (c: CodeBuilder, frames: readonly CellRef[], number: CellRef) => void) {
  return exploreAll((b) => {
    const frames = [2, 3].map((count, i) => b.cell(`f${i}`, { kind: 'frames', count }));
    const number = b.int('number', 0, 0, 99_999);
    b.thread('A', (c) => run(c, frames, number));
  });
}

/** Allocates from each of these in turn; the frames' numbers as decimal digits. */
function digits(c: CodeBuilder, from: readonly (CellRef | undefined)[], number: CellRef): void {
  const sum = c.local('sum', { kind: 'int', min: 0, max: 99_999 });
  for (const frames of from) {
    const pfn = c.local('pfn');
    c.primitive('pfn_alloc', [frames ?? 0], pfn);
    c.set(sum, binary('+', binary('*', sum, 10), pfn));
  }
  c.store(number, sum);
}

describe('page frames', () => {
  test('no two mms have one in common, and each hands out its lowest', () => {
    const explored = numberAfter((c, [f, g], number) => digits(c, [g, f, g, f, g], number));
    expect(explored.finals).toEqual(['number=31425']);
  });

  test('one mm does not take the frames of another', () => {
    const explore = (): unknown => numberAfter((c, [f], n) => digits(c, [f, f, f], n));
    expect(explore).toThrow('all 2 page frames are in use');
  });

  test('one with two references is free after the second was dropped', () => {
    const explored = numberAfter((c, [f = 0], number) => {
      const [p, q, r, n] = [c.local('p'), c.local('q'), c.local('r'), c.local('n')];
      c.primitive('pfn_alloc', [f], p);
      c.primitive('pfn_get', [f, p]);
      c.primitive('pfn_count', [f, p], n);
      c.primitive('pfn_free', [f, p]);
      c.primitive('pfn_alloc', [f], q);
      c.primitive('pfn_free', [f, p]);
      c.primitive('pfn_alloc', [f], r);
      c.store(number, binary('+', binary('*', n, 100), binary('+', binary('*', q, 10), r)));
    });
    expect(explored.finals).toEqual(['number=221']);
  });

  test('a reference on a free one is found', () => {
    const explored = numberAfter((c, [f]) => c.primitive('pfn_get', [f ?? 0, 1]));
    expect(explored.findings).toEqual(['use_after_free on f0 in A']);
  });

  test('freeing to the wrong mm is found', () => {
    const explored = numberAfter((c, [f, g]) => {
      const pfn = c.local('pfn');
      c.primitive('pfn_alloc', [f ?? 0], pfn);
      c.primitive('pfn_free', [g ?? 0, pfn]);
    });
    expect(explored.findings).toEqual(['double_free on f1 in A']);
  });
});
