// SPDX-License-Identifier: MIT
import { expect, test } from 'vitest';
import { didYouMean, nearest } from './nearest.ts';

test.each([
  ['mutex_lick', ['mutex_unlock', 'mutex_lock'], 'mutex_lock'],
  ['taek', ['take', 'make'], 'take'],
  ['down_raed', ['down_write', 'down_read'], 'down_read'],
  ['x', ['y'], null],
  ['ab', ['ac', 'ad'], 'ac'],
  ['something', ['else'], null],
  ['same', ['same'], null],
  ['', ['a'], null],
  ['a'.repeat(100), ['a'.repeat(101)], null],
])('%s', (word, candidates, expected) => {
  expect(nearest(word, candidates)).toBe(expected);
});

test('as a question', () => {
  expect(didYouMean('mutex_lick', ['mutex_lock'])).toBe('did you mean `mutex_lock`?');
  expect(didYouMean('a', [])).toBeNull();
});
