// SPDX-License-Identifier: MIT
/** The documents at the front door name files and folders; these have to exist. */

import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { compile } from '@hmmlab/dsl';
import { createNodeHost } from '@hmmlab/dsl/node';
import { createSearch } from '@hmmlab/runtime';
import { describe, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '..');
const documents = [
  'README.md',
  'ARCHITECTURE.md',
  'CONTRIBUTING.md',
  'docs/embedded.md',
  'docs/glossary.md',
  'docs/soundness.md',
  'docs/tour.md',
  ...globSync('docs/adr/*.md', { cwd: root }),
].toSorted();

/** Paths in backticks that begin at a folder of the repository; `<x>` and `*` stand for anything. */
function namedPaths(text: string): readonly string[] {
  const paths = /`((?:packages|docs|scenarios|tests|tools)\/[^`\s]*)`/g;
  return [...text.matchAll(paths)].map(([, path = '']) => path.replace(/<[^>]*>/g, '*'));
}

/** Targets of relative links, without anchors. */
function links(text: string): readonly string[] {
  return [...text.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, path]) => path ?? '');
}

describe.each(documents)('%s', (document) => {
  const text = readFileSync(resolve(root, document), 'utf8');

  test('names files that exist', () => {
    const missing = namedPaths(text).filter((path) => globSync(path, { cwd: root }).length === 0);
    expect(missing).toEqual([]);
  });

  test('links to files that exist', () => {
    const base = dirname(resolve(root, document));
    expect(links(text).filter((path) => !existsSync(resolve(base, path)))).toEqual([]);
  });
});

test('the paths are found at all', () => {
  const all = documents.flatMap((document) =>
    namedPaths(readFileSync(resolve(root, document), 'utf8')),
  );
  expect(all.length).toBeGreaterThan(20);
});

test('both tables of the glossary are in order, and no word is explained twice', () => {
  const text = readFileSync(resolve(root, 'docs/glossary.md'), 'utf8');
  const tables = text
    .split('## ')
    .slice(1)
    .map((section) =>
      [...section.matchAll(/^\| ([^|]+?) \|/gm)].map(([, word = '']) => word).slice(2),
    );
  expect(tables).toHaveLength(2);
  for (const words of tables) {
    expect(words).toEqual(words.toSorted((a, b) => a.localeCompare(b, 'en')));
    expect(words.length).toBeGreaterThan(20);
  }
  expect(new Set(tables.flat()).size).toBe(tables.flat().length);
});

test('soundness.md explains what every verdict says is not checked', () => {
  const text = 'scenario "one step" {\n  bool x\n  thread A: x = true\n}\n';
  const { scenarios } = compile(text, 'one-step.hmm', createNodeHost({ root }));
  const notChecked = scenarios.flatMap(({ instances }) =>
    instances.flatMap(({ program }) => createSearch(program).verdict('interrupted').notChecked),
  );
  expect(notChecked).toContain('starvation');

  const soundness = readFileSync(resolve(root, 'docs/soundness.md'), 'utf8');
  const section = soundness.split('\n## ').find((part) => part.startsWith('Not checked yet')) ?? '';
  const explained = [...section.matchAll(/^- \*\*(.+?)s?\.\*\*/gm)].map(([, word = '']) =>
    word.toLowerCase(),
  );
  expect(explained.toSorted()).toEqual(notChecked.map((word) => word.replace(/s$/, '')).toSorted());
});
