// SPDX-License-Identifier: MIT
/** N dining philosophers, four steps each for ever: their states, transitions and deadlock have closed forms. */

import { compile } from '@hmmlab/dsl';
import { createNodeHost } from '@hmmlab/dsl/node';
import { createSearch, replay } from '@hmmlab/runtime';
import { expect, test } from 'vitest';

const host = createNodeHost({ root: import.meta.dirname });

const text = (n: number): string => `scenario "philosophers" {
  bool fork[${n}]
  thread philosopher[${n}] {
    int left = self, right = (self + 1) % ${n}
    forever {
      await !fork[left] { fork[left] = true }
      await !fork[right] { fork[right] = true }
      fork[left] = false
      fork[right] = false
    }
  }
  expect deadlock
}`;

test.each([2, 3, 4, 5])('%i philosophers', (n) => {
  const { scenarios, diagnostics } = compile(text(n), 'philosophers.hmm', host);
  expect(diagnostics).toEqual([]);
  const program = scenarios[0]?.instances[0]?.program;
  if (program === undefined) throw new Error('no program');
  const search = createSearch(program);
  while (!search.advance(10_000));
  const { findings, coverage } = search.verdict();
  expect(coverage).toMatchObject({
    states: 3 ** n - 1,
    transitions: 2 * n * 3 ** (n - 1) - n,
    exhaustive: true,
  });
  expect(findings.map(({ name }) => name)).toEqual(['deadlock']);
  expect(findings[0]?.message).toBe(
    Array.from({ length: n }, (_, i) => `philosopher[${i}] awaits !fork[right]`).join('; '),
  );
  const result = replay(program, findings[0]?.counterexample?.schedule ?? '');
  expect(result.kind === 'trace' ? result.trace.steps.length : result).toBe(n);
});
