// SPDX-License-Identifier: MIT
/** Every construct of the language has an executed example in the reference, and is used in a scenario. */

import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from '@hmmlab/dsl';
import { describe, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '..');
const read = (file: string): string => readFileSync(resolve(root, file), 'utf8');

/** language.test.ts executes them. */
const examples = [...read('docs/language.md').matchAll(/^```hmm\n([\s\S]*?)^```$/gm)].map(
  ([, text]) => text ?? '',
);
const scenarios = globSync('scenarios/**/*.hmm', { cwd: root }).map(read);

type Node = Readonly<Record<string, unknown>>;

/** All nodes of the trees of these texts. */
function nodesOf(texts: readonly string[]): readonly Node[] {
  const nodes: Node[] = [];
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    if ('kind' in value) nodes.push({ ...value });
    for (const inner of Object.values(value)) visit(inner);
  };
  for (const text of texts) visit(parse(text, 'text.hmm').ast);
  return nodes;
}

const kind =
  (...kinds: readonly string[]) =>
  (node: Node): boolean =>
    kinds.includes(String(node['kind']));
const has =
  (field: string, value?: unknown) =>
  (node: Node): boolean =>
    value === undefined ? (node[field] ?? null) !== null : node[field] === value;
const type =
  (...names: readonly string[]) =>
  (node: Node): boolean =>
    node['kind'] === 'type' && names.includes(String(node['name']));
/** Of one item, or as several. */
const several =
  (item: string) =>
  (node: Node): boolean => {
    const { items, names } = node;
    if (node['kind'] === item && Array.isArray(names)) return names.length > 1;
    return Array.isArray(items) && items.filter(kind(item)).length > 1;
  };
const bound = (term: string) => (node: Node) =>
  JSON.stringify(node['kind'] === 'bound' ? node : null).includes(term);

// table
const constructs: readonly (readonly [string, (node: Node) => boolean])[] = [
  ['choose', kind('choose')],
  ['either/or', kind('either')],
  ['allow', kind('allow')],
  ['lists', type('list')],
  ['walks over lists', kind('for-each')],
  ['seq', type('seq')],
  ['guarded_by', has('guardedBy')],
  ['held_by', has('heldBy')],
  ['atomic', kind('atomic')],
  ['await', kind('await')],
  ['forever', (node) => node['kind'] === 'while' && node['test'] === null],
  ['orders between labels', kind('assume')],
  ['pinned schedules', kind('schedule')],
  ['bounds', bound('preemptions')],
  ['samples', kind('sample')],
  ['within', has('within')],
  ['eventually', kind('eventually')],
  ['leads to', kind('leads-to')],
  ['several mms', several('world-mm')],
  ['several devices', several('world-device')],
  ['todo', has('mode', 'todo')],
  ['tags', kind('tags')],
  ['doc comments', (node) => node['kind'] === 'scenario' && node['doc'] !== null],
  ['check', kind('check')],
  ['constants', kind('const')],
  ['unreached', kind('unreached')],
  ['goto', kind('goto')],
  ['callbacks', kind('ops-table')],
  ['work', type('work')],
  ['replicated threads', (node) => node['kind'] === 'thread' && node['count'] !== null],
  ['parameters', kind('scenario-loop')],
];

test('skip is in the reference; of the scenarios that come with hmmlab all run', () => {
  expect(nodesOf(examples).some(has('mode', 'skip'))).toBe(true);
});

describe.each([
  ['docs/language.md', nodesOf(examples)],
  ['scenarios/', nodesOf(scenarios)],
] as const)('%s', (_, nodes) => {
  test.each(constructs)('%s', (__, isOne) => {
    expect(nodes.some(isOne)).toBe(true);
  });
});
