// SPDX-License-Identifier: MIT
/** `expect no ...` does not pass because a search leaves the check out, or because nothing asks. */

import { compile } from '@hmmlab/dsl';
import { createNodeHost } from '@hmmlab/dsl/node';
import { type SearchOptions, createSearch } from '@hmmlab/runtime';
import type { Verdict } from '@hmmlab/runtime/program';
import { expect, test } from 'vitest';

const host = createNodeHost({ root: import.meta.dirname });

function verdictOf(text: string, options: SearchOptions): Verdict {
  const { scenarios, diagnostics } = compile(text, 'a.hmm', host);
  expect(diagnostics).toEqual([]);
  const program = scenarios[0]?.instances[0]?.program;
  if (program === undefined) throw new Error('no instance');
  const search = createSearch(program, options);
  while (!search.advance(1000));
  return search.verdict();
}

const ended = (expectation: string): string => `scenario "s" {
  mutex m
  thread A: mutex_lock m; mutex_unlock m
  ${expectation}
}`;

test.each(['livelock', 'partial_deadlock'])('no %s, under safety', (finding) => {
  const text = ended(`expect no ${finding}`);
  expect(verdictOf(text, {}).outcome).toBe('passed');
  const { outcome, problems } = verdictOf(text, { checks: 'safety' });
  expect(outcome).toBe('failed');
  expect(problems.map(({ message }) => message)).toEqual([
    `no ${finding}: this search does not look for it`,
  ]);
});

test('no starvation, where no `eventually` asks for it', () => {
  const { outcome, problems } = verdictOf(ended('expect no starvation'), {});
  expect(outcome).toBe('failed');
  expect(problems.map(({ message }) => message)).toEqual([
    'no starvation: no `eventually` asks for it',
  ]);
  const asked = ended('expect eventually finished(A)\n  expect no starvation');
  expect(verdictOf(asked, {}).outcome).toBe('passed');
});

test('a finding that every search looks for is forbidden as before', () => {
  expect(verdictOf(ended('expect no deadlock'), { checks: 'safety' }).outcome).toBe('passed');
});
