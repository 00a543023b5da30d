// SPDX-License-Identifier: MIT
/** docs/write-a-driver.md, step by step: each scenario runs with the driver as far as the page has written it. */

import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { compile } from '@hmmlab/dsl';
import { createNodeHost } from '@hmmlab/dsl/node';
import { createSearch } from '@hmmlab/runtime';
import { expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '..');
const page = readFileSync(resolve(root, 'docs/write-a-driver.md'), 'utf8');
const NAME = /^(?:struct \w+|proc \w+|world \w+|verb [\w ]+|ops \w+ \w+)/m;

interface Step {
  /** `holds`, or the name of the finding. */
  readonly shows: string;
  readonly text: string;
}

/** A part that has the name of an earlier one takes its place. */
function stepsOf(): readonly Step[] {
  const parts = new Map<string, string>();
  return [...page.matchAll(/^```hmm (\w+)\n([^]*?)^```$/gm)].flatMap(
    ([, kind = '', text = '']): readonly Step[] => {
      if (kind !== 'part') {
        const driver = `driver mine/1 for linux/5.5 {\n${[...parts.values()].join('\n')}}\n`;
        return [{ shows: kind, text: driver + text }];
      }
      parts.set(NAME.exec(text)?.[0] ?? '', text);
      return [];
    },
  );
}

const steps = stepsOf();

test('there are steps that fail and steps that hold', () => {
  expect(new Set(steps.map(({ shows }) => shows))).toEqual(new Set(['holds', 'stale_mapping']));
});

test.each(steps.map((step, index) => ({ ...step, index })))(
  'step $index: $shows',
  ({ shows, text }) => {
    const { scenarios, diagnostics } = compile(text, 'page.hmm', createNodeHost({ root }));
    expect(diagnostics).toEqual([]);
    const instances = scenarios.flatMap((scenario) => scenario.instances);
    expect(instances).toHaveLength(1);
    for (const { program } of instances) {
      const search = createSearch(program);
      while (!search.advance(10_000));
      const { findings, problems, outcome } = search.verdict();
      const names = new Set(findings.filter(({ fails }) => fails).map(({ name }) => name));
      expect(names).toEqual(new Set(shows === 'holds' ? [] : [shows]));
      if (shows === 'holds')
        expect({ problems, outcome }).toEqual({ problems: [], outcome: 'passed' });
    }
  },
);

test('hmm init writes the driver of the page before its last repair', () => {
  const template = readFileSync(resolve(root, 'packages/cli/templates/driver.hmm'), 'utf8');
  const flat = (text: string): string => text.replaceAll(/\s+/g, ' ');
  const before = steps.findLast(({ shows }) => shows === 'stale_mapping')?.text ?? '';
  for (const line of before.split('\n').filter((each) => /^\s+\w.*[;)]$/.test(each)))
    expect(flat(template)).toContain(flat(line).trim());
});
