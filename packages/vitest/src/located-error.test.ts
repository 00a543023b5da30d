// SPDX-License-Identifier: MIT
import { expect, test } from 'vitest';
import { locatedError } from './located-error.ts';

test('the stack is the places, and no line of the message looks like one', () => {
  const message = 'deadlock\nat a.hmm:3:5\n  at B (a.hmm:4:5)\nat the end';
  const error = locatedError('violated', message, [
    { name: 'A', file: '/p/a.hmm', line: 1, column: 2 },
    { name: null, file: '/p/b.hmm', line: 3, column: 4 },
  ]);
  expect(error.message).toBe(message);
  expect(error.stack).toBe(
    [
      'violated: deadlock',
      'in a.hmm:3:5',
      '  in B (a.hmm:4:5)',
      'at the end',
      '    at A (/p/a.hmm:1:2)',
      '    at /p/b.hmm:3:4',
    ].join('\n'),
  );
});
