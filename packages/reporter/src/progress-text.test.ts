// SPDX-License-Identifier: MIT
import { expect, test } from 'vitest';
import { progressText } from './progress-text.ts';

const progress = { states: 84_833, transitions: 9, frontier: 3100, bytes: 12_000_000 };

test('states', () => {
  const pace = { rate: 7069.6, left: { kind: 'growing' } } as const;
  expect(progressText(progress, pace, 12_999)).toBe(
    '12 s: 84,833 states, 7,070 states/s, 3,100 to go, 12 MB, growing',
  );
  expect(progressText(progress, { rate: 0, left: { kind: 'unknown' } }, 0)).toBe(
    '0 s: 84,833 states, 3,100 to go, 12 MB',
  );
});

test.each([
  [19_001, '20 s'],
  [119_000, '119 s'],
  [120_000, '2 min'],
  [7_200_000, '2 h'],
  [172_800_000, '2 days'],
])('%d ms left', (milliseconds, text) => {
  const pace = { rate: 10, left: { kind: 'about', milliseconds } } as const;
  const traced = { ...progress, traces: 42 };
  expect(progressText(traced, pace, 3000)).toBe(
    `3 s: 42 schedules, 10 schedules/s, 3,100 planned, 12 MB, about ${text} left`,
  );
});
