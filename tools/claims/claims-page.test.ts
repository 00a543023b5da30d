// SPDX-License-Identifier: MIT
import { compile } from '@hmmlab/dsl';
import { createNodeHost } from '@hmmlab/dsl/node';
import { describe, expect, test } from 'vitest';
import type { Claim } from './claim-header.ts';
import { claimsPage } from './claims-page.ts';
import { expectedVerdicts } from './expected-verdicts.ts';

function verdictsOf(text: string): ReturnType<typeof expectedVerdicts> {
  const { scenarios, diagnostics } = compile(text, 'x.hmm', createNodeHost({ root: '.' }));
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  return scenarios.flatMap((scenario) => expectedVerdicts(scenario));
}

describe('expected verdicts', () => {
  test('instances that expect the same share a verdict, named by what tells them apart', () => {
    const text = `scenario "s" for n in [0, 1, 2] {
  mutex m
  int x = 0
  thread A { mutex_lock m; x = n; if (n < 1) mutex_unlock m }
  expect lock_held_at_exit on m in A if n > 0
  expect holds if n < 1
  expect always x == n if n < 1
}`;
    expect(verdictsOf(text)).toEqual([
      { words: ['holds', 'always x == n'], instances: ['n=0'] },
      { words: ['lock_held_at_exit on m'], instances: ['n=1', 'n=2'] },
    ]);
  });

  test('without a finding it holds, also if only outcomes are asked for, within its bound', () => {
    const text = `scenario "s" {
  bound preemptions 2
  int x = 0
  thread A: x++
  thread B: x++
  expect holds within preemptions 2
  expect sometimes x ==
    1
}`;
    expect(verdictsOf(text)).toEqual([
      { words: ['holds within preemptions 2', 'sometimes x == 1'], instances: [] },
    ]);
  });

  test('what does not run has no verdict', () => {
    expect(verdictsOf('todo scenario "s"')).toEqual([{ words: ['not run (todo)'], instances: [] }]);
  });
});

describe('the page', () => {
  const claim: Claim = { kind: 'claim', text: 'c|d', who: 'A, July 2019', link: 'l', result: 'r' };
  const settled = { claim, file: 'scenarios/a.hmm', title: 's', verdicts: [] };

  test('has a section per thread, and says a claim once that two scenarios settle', () => {
    const page = claimsPage([
      settled,
      { ...settled, file: 'scenarios/b.hmm' },
      { ...settled, claim: { ...claim, who: 'B, May 1999', link: 'https://x.org/' } },
    ]);
    const rows = page.split('\n').filter((line) => line.includes('../scenarios/'));
    expect(rows).toEqual([
      '| A, July 2019 (l) | c\\|d |  | r | [s](../scenarios/a.hmm) |',
      '|  | the same |  | r | [s](../scenarios/b.hmm) |',
      '| [B, May 1999](https://x.org/) | c\\|d |  | r | [s](../scenarios/a.hmm) |',
    ]);
    expect(page).toContain('## Elsewhere');
    expect(page).not.toContain('## Bugs in history');
  });

  test('links a commit of a bug', () => {
    const bug: Claim = { ...claim, kind: 'bug', who: null, link: 'commit 04ec32fbc2b2' };
    const verdicts = [{ words: ['leak', 'x'], instances: ['linux/5.2', 'linux/5.3'] }];
    expect(claimsPage([{ ...settled, claim: bug, verdicts }])).toContain(
      '| [c\\|d](https://git.kernel.org/linus/04ec32fbc2b2) | linux/5.2; linux/5.3: `leak`, `x` | r |',
    );
  });
});
