// SPDX-License-Identifier: MIT
import { expect, test } from 'vitest';
import type { Progress } from './search.ts';
import { SearchPace } from './search-pace.ts';

const at = (states: number, frontier: number): Progress => {
  return { states, frontier, transitions: 2 * states, bytes: 0 };
};

test('at first nothing is known, then it grows, then it comes to an end, each look correcting the last', () => {
  const pace = new SearchPace();
  expect(pace.look(at(10, 5), 100)).toEqual({ rate: 0, left: { kind: 'unknown' } });
  expect(pace.look(at(1010, 600), 1100)).toEqual({ rate: 1000, left: { kind: 'growing' } });
  expect(pace.look(at(3010, 600), 2100).left).toEqual({ kind: 'growing' });
  // Lately, from 600 to 400 in 2 seconds: 400 more take 4.
  expect(pace.look(at(5010, 400), 3100)).toEqual({
    rate: 2000,
    left: { kind: 'about', milliseconds: 4000 },
  });
  expect(pace.look(at(5510, 0), 4100).left).toEqual({ kind: 'about', milliseconds: 0 });
});

test('of traces by the part that is done', () => {
  const pace = new SearchPace();
  const traced = (traces: number, done: number): Progress => ({ ...at(100, 7), traces, done });
  expect(pace.look(traced(1, 0), 1000)).toEqual({ rate: 1, left: { kind: 'unknown' } });
  expect(pace.look(traced(51, 0.25), 2000)).toEqual({
    rate: 50,
    left: { kind: 'about', milliseconds: 6000 },
  });
  expect(pace.look(traced(101, 0.125), 3000).left).toEqual({ kind: 'about', milliseconds: 21_000 });
});
