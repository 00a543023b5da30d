// SPDX-License-Identifier: MIT
import { expect, test } from 'vitest';
import { mappedModule } from './mapped-module.ts';

test('the first column of a line maps to its place', () => {
  const { code, map } = mappedModule('/p/a.hmm', 'text', [
    { code: 'one', place: null },
    { code: 'two', place: { line: 3, column: 5 } },
  ]);
  expect(code).toBe('one\ntwo\n');
  // Line 1 has no segment; line 2 has one: column 0, source 0, line +2, column +4.
  expect(JSON.parse(map)).toMatchObject({
    version: 3,
    sources: ['/p/a.hmm'],
    sourcesContent: ['text'],
    mappings: ';AAEI',
  });
});
