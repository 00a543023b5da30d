// SPDX-License-Identifier: MIT
import { expect, test } from 'vitest';
import { tidy } from './tidy.ts';

test('a jump to what comes next is left out, and so is its label', () => {
  expect(tidy(['a', 'goto L1', 'L1:', 'b'])).toEqual(['a', 'b']);
});

test('a jump to a jump goes where that goes', () => {
  const lines = [
    'if :: x -> goto L1 :: else fi',
    'a',
    'goto L2',
    'L1:',
    'goto L3',
    'L3:',
    'b',
    'L2:',
  ];
  expect(tidy(lines)).toEqual([
    'if :: x -> goto L3 :: else fi',
    'a',
    'goto L2',
    'L3: b',
    'L2: skip',
  ]);
});

test('what no way leads to is left out', () => {
  expect(tidy(['goto L1', 'a', 'L1:', 'b', 'goto L2', 'c', 'L2:'])).toEqual(['b']);
});

test('a loop stays a loop', () => {
  expect(tidy(['L1:', 'a', 'goto L1'])).toEqual(['L1: a', 'goto L1']);
  expect(tidy(['L1:', 'goto L1'])).toEqual(['L1: goto L1']);
});
