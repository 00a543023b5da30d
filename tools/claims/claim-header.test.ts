// SPDX-License-Identifier: MIT
import { expect, test } from 'vitest';
import { readHeader } from './claim-header.ts';

test('a claim has who, link and result; a paragraph goes on over lines and ends at an empty one', () => {
  const doc = `Why this is here.
Claim: the helper
never unlocks.
Who: A. Person, "Re: locks", July 2019
Link: https://example.org/1
Result: it does,
twice.

More words that belong to nothing.`;
  expect(readHeader(doc)).toEqual({
    kind: 'claims',
    claims: [
      {
        kind: 'claim',
        text: 'the helper never unlocks.',
        who: 'A. Person, "Re: locks", July 2019',
        link: 'https://example.org/1',
        result: 'it does, twice.',
      },
    ],
  });
});

test('two claims share the result that follows; a bug needs no who', () => {
  const doc = `Claim: one
Who: A
Link: a
Bug: two
Link: b
Result: both`;
  const header = readHeader(doc);
  expect(header.kind === 'claims' ? header.claims : []).toMatchObject([
    { kind: 'claim', text: 'one', who: 'A', link: 'a', result: 'both' },
    { kind: 'bug', text: 'two', who: null, link: 'b', result: 'both' },
  ]);
});

test('a comment without claims has none, also if it tells its result', () => {
  const none = { kind: 'claims', claims: [] };
  expect(readHeader('Two threads and a lock.\nResult: a deadlock.')).toEqual(none);
  expect(readHeader('')).toEqual(none);
});

test.each([
  ['Claim: x\nWho: A\nResult: r', '"x" has no `Link:`'],
  ['Claim: x\nWho: A\nLink: l', '"x" has no `Result:`'],
  ['Claim: x\nLink: l\nResult: r', '"x" has no `Who:`'],
  ['Claim: x\nWho: A\nWho: B\nLink: l\nResult: r', '"x" has two paragraphs `Who:`'],
  ['Who: A\nClaim: x', '`Who:` stands before any `Claim:` or `Bug:`'],
  ['Claim:\n\nWho: A', 'nothing stands behind `Claim:`'],
])('%j is refused', (doc, message) => {
  expect(readHeader(doc)).toEqual({ kind: 'wrong', message });
});
