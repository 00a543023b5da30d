// SPDX-License-Identifier: MIT
import { expect, test } from 'vitest';
import { declareTags, tagsIn } from './declare-tags.ts';

test.each([
  ['scenario "t" { tags slow, vfio; int x }', ['slow', 'vfio']],
  ['scenario "t" {\n  tags a,\n    b\n  tags c\n}', ['a', 'b', 'c']],
  ['scenario "// not tags x" { tags y }', ['y']],
  ['// tags x\n/* tags\n * y */ scenario "\\" tags z" { tags /* a */ b }', ['b']],
  ['mytags a\ntags', []],
])('%s', (text, tags) => {
  expect(tagsIn(text)).toEqual(tags);
});

test('declares what is not there, and no operators', () => {
  const declared = [{ name: 'slow', timeout: 5 }];
  declareTags(declared, ['slow', 'vfio', 'vfio', 'Not']);
  expect(declared).toEqual([{ name: 'slow', timeout: 5 }, { name: 'vfio' }]);
});
