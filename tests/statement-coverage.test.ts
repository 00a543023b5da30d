// SPDX-License-Identifier: MIT
/** Which statements of a scenario count as reached: every one, and nothing that is none. */

import { compile } from '@hmmlab/dsl';
import { createNodeHost } from '@hmmlab/dsl/node';
import { coverageProblems, createSearch } from '@hmmlab/runtime';
import { describe, expect, test } from 'vitest';

/** Places of the statements that no schedule runs, as `line:column`. */
function unreached(body: string): readonly string[] {
  const host = createNodeHost({ root: import.meta.dirname });
  const text = `scenario "s" {\nbool off\nint x in 0..9\n${body}\n}`;
  const { scenarios, diagnostics } = compile(text, 'test.hmm', host);
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  const instances = scenarios.flatMap((scenario) => scenario.instances);
  const explored = instances.map(({ program }) => {
    const search = createSearch(program);
    while (!search.advance(1000));
    return { program, verdict: search.verdict() };
  });
  return coverageProblems(explored).map(({ span }) => `${span.line}:${span.column}`);
}

describe('a statement that never runs', () => {
  test.each([
    ['in a branch', 'thread A {\nif (off) x = 1\nx = 2\n}', ['5:10']],
    [
      'behind a label that an order names',
      'thread A {\nif (off) { here: x = 1 }\nx = 2\n}\nthread B { x = 3\nthere: }\nassume B.there before A.here',
      ['5:18'],
    ],
    ['as the last one of its thread', 'thread A {\nif (off) x = 1\n}', ['5:10']],
    ['in an else', 'thread A {\nif (!off) { x = 1 }\nelse { x = 2 }\n}', ['6:8']],
    ['that only jumps', 'thread A {\nif (off) goto out\nx = 1\nout:\n}', ['5:15']],
    ['that only leaves a loop', 'thread A {\nwhile (x < 2) {\nif (off) break\nx++\n}\n}', ['6:10']],
    ['in a proc', 'proc f() {\nif (off) x = 1\n}\nthread A: f()', ['5:10']],
  ])('%s', (_, body, places) => {
    expect(unreached(body)).toEqual(places);
  });
});

describe('no statement of its own is', () => {
  test.each([
    ['the right side of a condition', 'thread A {\nif (off && x == 1) unreached "off" x = 2\n}'],
    ['the way on behind a branch', 'thread A {\nif (off) unreached "off" x = 1\nelse x = 2\n}'],
    ['the end of a proc behind an endless loop', 'thread A {\nwhile (true) x = 1 - x\n}'],
    [
      'what a loop does after its body',
      'thread A {\nfor (int i = 0; i < 2; i++) { x = i\nbreak }\n}',
    ],
  ])('%s', (_, body) => {
    expect(unreached(body)).toEqual([]);
  });
});
