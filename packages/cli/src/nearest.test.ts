// SPDX-License-Identifier: MIT
import { expect, test } from 'vitest';
import { nearest } from './nearest.ts';

test.each([
  ['rum', 'run'],
  ['RUN', 'run'],
  ['replya', 'replay'],
  ['xyz', null],
])('%s -> %s', (word, expected) => {
  expect(nearest(word, ['run', 'check', 'replay'])).toBe(expected);
});
