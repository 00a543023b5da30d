// SPDX-License-Identifier: MIT
import { expect, test } from 'vitest';
import { readDoc } from './read-doc.ts';

test('what follows its word, up to the next one', () => {
  const doc = readDoc(`/// Takes a lock. Does more.
///
/// Models mutex_lock, kernel/locking/mutex.c, 5.2: the slow path.
/// Needs: nothing. Differs: a fair one,
/// always. Not modelled: spinning; owners.
proc f() {}`);
  expect(doc).toEqual({
    models: 'mutex_lock, kernel/locking/mutex.c, 5.2',
    differs: 'a fair one, always',
    notModelled: 'spinning; owners',
  });
});

test('nothing where nothing is said', () => {
  expect(readDoc('proc f() {}')).toEqual({ models: null, differs: null, notModelled: null });
});
