// SPDX-License-Identifier: MIT
/** What the last step of a counterexample says it does, in words of the kernel's reader. */

import { compile } from '@hmmlab/dsl';
import { createNodeHost } from '@hmmlab/dsl/node';
import { plainSchedule } from '@hmmlab/reporter';
import { createSearch, replay } from '@hmmlab/runtime';
import { expect, test } from 'vitest';

const host = createNodeHost({ root: import.meta.dirname });

/** `A store x = 1`, for each step of the first finding. */
function steps(body: string): readonly string[] {
  const { scenarios, diagnostics } = compile(`scenario "s" { ${body} }`, 'text.hmm', host);
  const program = scenarios[0]?.instances[0]?.program;
  if (program === undefined) throw new Error(JSON.stringify(diagnostics));
  const search = createSearch(program);
  while (!search.advance(1000));
  const [finding] = search.verdict().findings;
  const result = replay(program, finding?.counterexample.schedule ?? '');
  if (result.kind === 'error') throw new Error(result.error.message);
  return plainSchedule(program, result.trace).map(({ thread, text }) => `${thread} ${text}`);
}

const last = (body: string): string | undefined => steps(body).at(-1);

test.each([
  ['int arr[2]; thread A { int i = 3; arr[i] = 1 }', 'A store arr[3] = 1'],
  ['int arr[2], x; thread A { int i = -1; x = arr[i] }', 'A arr[-1]'],
  ['int arr[2], x, i = 3; thread A { i = 3; x = arr[i] }', 'A load i -> 3, then arr[3]'],
  ['mutex m[2]; thread A { int i = 2; mutex_lock m[i] }', 'A mutex_lock m[2]'],
  [
    'struct s { int a; int b[2] }; struct s w[2]; thread A { int i = 2; w[1].b[i] = 1 }',
    'A store w[1].b[2] = 1',
  ],
  ['int one[1]; thread A { int i = 1; one[i] = 2 }', 'A store one[1] = 2'],
])('an index that is outside is shown as it is: %s', (body, text) => {
  expect(last(body)).toBe(text);
});

test.each([
  ['int x = 4; thread A { int i = 0; x = x / i }', 'A store x = 4 / 0'],
  ['int x, z; thread A { z = 0; if (7 % z) x = 1 }', 'A load z -> 0, then 7 % 0'],
  ['int x; thread A { int i = 0; if (1 / i) x = 1 }', 'A 1 / 0'],
  ['int a[2]; thread A { int i = 0; a[3 / i] = 1 }', 'A store a[3 / 0] = 1'],
])('a division by zero is shown, and no result of it: %s', (body, text) => {
  expect(last(body)).toBe(text);
});

test('a finding of another kind leaves the next operand alone', () => {
  const body = 'int arr[2], x; invariant x == 0; thread A { int i = 2; x = 1; arr[i] = 1 }';
  expect(last(body)).toBe('A store x = 1');
});

test('local structs come and go, workers start and end works', () => {
  const scoped =
    'struct s { mutex m }; int x; thread A { { struct s w; x = 1 } x = 2; assert(x == 1) }';
  expect(steps(scoped)).toEqual([
    'A w comes into scope',
    'A store x = 1',
    'A w goes out of scope',
    'A store x = 2',
    'A load x -> 2',
  ]);
  const work = `workqueue wq; work w = f; int x
    proc f(work *item) { }
    thread A { queue_work(wq, w); flush_work w; x = 1; assert(x == 0) }`;
  expect(steps(work)).toEqual(expect.arrayContaining(['wq starts work w', 'wq ends work w']));
});
