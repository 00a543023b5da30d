// SPDX-License-Identifier: MIT
/** The language reference: each of its blocks is a whole file that compiles without a word and passes. */

import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { compile } from '@hmmlab/dsl';
import { createNodeHost } from '@hmmlab/dsl/node';
import { createSearch } from '@hmmlab/runtime';
import { describe, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '..');
const markdown = readFileSync(resolve(root, 'docs/language.md'), 'utf8');
const blocks = [...markdown.matchAll(/^## (.*)$|^```hmm\n([\s\S]*?)^```$/gm)].reduce<
  { section: string; text: string }[]
>((found, [, heading, text]) => {
  const section = heading ?? found.at(-1)?.section ?? 'the beginning';
  if (heading !== undefined) return [...found, { section, text: '' }];
  return [...found, { section, text: text ?? '' }];
}, []);
const examples = blocks.filter(({ text }) => text !== '');

test('there are examples', () => {
  expect(examples.length).toBeGreaterThan(12);
});

describe.each(examples)('$section', ({ section, text }) => {
  test('compiles and passes', () => {
    const { diagnostics, scenarios } = compile(text, `${section}.hmm`, createNodeHost({ root }));
    expect(diagnostics).toEqual([]);
    const run = scenarios.filter(({ mode }) => mode === 'run');
    const instances = run.flatMap((scenario) => scenario.instances);
    expect(instances.length).toBeGreaterThan(0);
    for (const { name, program } of instances) {
      const search = createSearch(program);
      while (!search.advance(10_000));
      const { outcome, findings, problems } = search.verdict();
      expect({ name, outcome, findings, problems }).toMatchObject({ outcome: 'passed' });
    }
  });
});
