// SPDX-License-Identifier: MIT
import type { Search } from '@hmmlab/runtime';
import { expect, test } from 'vitest';
import { decide } from './decide.ts';

/** A search that takes `units` of work, each an eighth of a millisecond of the fake clock. */
function fakeSearch(units: number): { search: Search; slices: number[]; now: () => number } {
  const slices: number[] = [];
  let done = 0;
  const search: Search = {
    progress: { states: 0, transitions: 0, frontier: 0, bytes: 0 },
    checkpoint: () => null,
    advance(count) {
      slices.push(count);
      done += count;
      return done >= units;
    },
    verdict: () => {
      if (done < units) throw new Error('asked too early');
      return { kind: 'holds' } as ReturnType<Search['verdict']>;
    },
  };
  return { search, slices, now: () => done / 8 };
}

test('slices grow towards 25 milliseconds and no further', async () => {
  const { search, slices, now } = fakeSearch(5000);
  expect(await decide(search, new AbortController().signal, undefined, now)).toEqual({
    kind: 'holds',
  });
  expect(slices.slice(0, 4)).toEqual([64, 128, 200, 200]);
});

test('other work runs between slices, and an abort ends it with its reason', async () => {
  const { search, slices, now } = fakeSearch(Number.POSITIVE_INFINITY);
  const controller = new AbortController();
  setImmediate(() => controller.abort(new Error('enough')));
  await expect(decide(search, controller.signal, undefined, now)).rejects.toThrow('enough');
  expect(slices.length).toBeLessThan(5);
});
