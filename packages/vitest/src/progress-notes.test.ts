// SPDX-License-Identifier: MIT
import { expect, test } from 'vitest';
import { ProgressNotes } from './progress-notes.ts';

test('after five seconds, then every ten', () => {
  const texts: string[] = [];
  const notes = new ProgressNotes({
    annotate: (message: string, type?: unknown) => {
      texts.push(`${String(type)} ${message}`);
      return Promise.resolve({ message, type: 'progress' });
    },
  });
  for (let seconds = 0; seconds <= 16; seconds += 1) {
    const states = 1000 * seconds;
    notes.show({ states, transitions: 0, frontier: 100 - seconds, bytes: 5 }, seconds * 1000);
  }
  expect(texts).toEqual([
    'progress 5 s: 5,000 states, 1,000 states/s, 95 to go, 1 MB, about 95 s left',
    'progress 15 s: 15,000 states, 1,000 states/s, 85 to go, 1 MB, about 85 s left',
  ]);
});
