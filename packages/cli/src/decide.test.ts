// SPDX-License-Identifier: MIT
import type { Search } from '@hmmlab/runtime';
import { expect, test } from 'vitest';
import { decide } from './decide.ts';

/** A search that takes `units` of work, each an eighth of a millisecond of the fake clock. */
function fakeSearch(units: number): { search: Search; slices: number[]; now: () => number } {
  const slices: number[] = [];
  let done = 0;
  const search: Search = {
    progress: { states: 7, transitions: 0, frontier: 0, bytes: 0 },
    checkpoint: () => null,
    advance(count) {
      slices.push(count);
      done += count;
      return done >= units;
    },
    verdict: (stopped) => ({ kind: 'inconclusive', why: stopped ?? null }) as Verdict,
  };
  return { search, slices, now: () => done / 8 };
}

type Verdict = ReturnType<Search['verdict']>;

const unwatched = {
  timeMs: null,
  interrupted: () => false,
  onProgress: () => {},
  onStop: () => {},
};

test('to the end, in slices that grow towards 40 milliseconds', async () => {
  const { search, slices, now } = fakeSearch(5000);
  expect(await decide(search, unwatched, now)).toMatchObject({ why: null });
  expect(slices.slice(0, 5)).toEqual([64, 128, 256, 320, 320]);
});

test('the time limit ends it', async () => {
  const { search, now } = fakeSearch(Number.POSITIVE_INFINITY);
  const verdict = await decide(search, { ...unwatched, timeMs: 500 }, now);
  expect(verdict).toMatchObject({ why: 'time-limit' });
  expect(now()).toBeGreaterThanOrEqual(500);
  expect(now()).toBeLessThan(600);
});

test('an interruption ends it, even before it has begun', async () => {
  const { search, slices, now } = fakeSearch(Number.POSITIVE_INFINITY);
  const watch = { ...unwatched, interrupted: () => slices.length === 2 };
  expect(await decide(search, watch, now)).toMatchObject({ why: 'interrupted' });
  expect(await decide(search, watch, now)).toMatchObject({ why: 'interrupted' });
  expect(slices).toHaveLength(2);
});

test('progress is told between slices', async () => {
  const { search, now } = fakeSearch(1000);
  const told: number[] = [];
  const onProgress = (progress: Search['progress'], elapsedMs: number): void => {
    expect(progress.states).toBe(7);
    told.push(elapsedMs);
  };
  await decide(search, { ...unwatched, onProgress }, now);
  expect(told).toEqual([8, 24, 56, 96]);
});
