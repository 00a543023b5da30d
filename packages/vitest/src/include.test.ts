// SPDX-License-Identifier: MIT
import { expect, test } from 'vitest';
import { configDefaults } from 'vitest/config';
import { addedInclude } from './include.ts';

test('the defaults stay when .hmm files are added to them', () => {
  expect(addedInclude(undefined)).toEqual([...configDefaults.include, '**/*.hmm']);
});

test('other globs get company, globs for .hmm files are left alone', () => {
  expect(addedInclude(['src/**/*.test.ts'])).toEqual(['**/*.hmm']);
  expect(addedInclude(['scenarios/**/*.hmm'])).toEqual([]);
});
