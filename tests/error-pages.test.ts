// SPDX-License-Identifier: MIT
/**
 * Every code of the front end has a page, and the examples on all pages are what they claim: a
 * `fail=HMM2004` block gives exactly that code, every other block of .hmm compiles.
 */

import { globSync, readFileSync } from 'node:fs';
import { basename, posix, resolve } from 'node:path';
import { compile, dslCodes, type Host } from '@hmmlab/dsl';
import { createNodeHost } from '@hmmlab/dsl/node';
import { describe, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '..');
const kernel = createNodeHost({ root });

interface Example {
  readonly page: string;
  readonly line: number;
  /** The code it must give, or null. */
  readonly fail: string | null;
  readonly text: string;
}

function examplesIn(path: string): readonly Example[] {
  const page = basename(path, '.md');
  const markdown = readFileSync(resolve(root, path), 'utf8');
  return [...markdown.matchAll(/^```hmm(.*)\n([\s\S]*?)^```$/gm)].map((match) => {
    const [, info = '', text = ''] = match;
    const line = markdown.slice(0, match.index).split('\n').length;
    return { page, line, text, fail: /fail=(\w+)/.exec(info)?.[1] ?? null };
  });
}

/** An example of several files has a line `// file: name` before each but the first. */
function hostOf(text: string): { readonly main: string; readonly host: Host } {
  const [main = '', ...others] = text.split(/^(?=\/\/ file: )/m);
  const files = new Map(
    others.map((other) => [/^\/\/ file: (.*)/.exec(other)?.[1] ?? '', other] as const),
  );
  const importFile: Host['importFile'] = (path) => {
    const file = posix.normalize(path);
    const found = files.get(file);
    return found === undefined ? { missing: 'there is no such file' } : { file, text: found };
  };
  return { main, host: { ...kernel, importFile } };
}

const pages = globSync('docs/errors/*.md', { cwd: root }).toSorted();
const examples = pages.flatMap(examplesIn);

test('each code of the front end has a page with its title, an example that fails and one that does not', () => {
  const own = pages.map((path) => basename(path, '.md')).filter((page) => /^HMM[123]/.test(page));
  expect(own).toEqual(dslCodes.map(({ code }) => code));
  for (const { code, title } of dslCodes) {
    const markdown = readFileSync(resolve(root, `docs/errors/${code}.md`), 'utf8');
    expect(markdown.split('\n', 1)).toEqual([`# ${code}: ${title}`]);
    const kinds = examples.filter(({ page }) => page === code).map(({ fail }) => fail);
    expect(kinds).toEqual([code, null]);
  }
});

describe.each(examples)('$page, line $line', ({ page, text, fail }) => {
  const { main, host } = hostOf(text);
  const { diagnostics, scenarios } = compile(main, 'example.hmm', host);
  const codes = diagnostics.map(({ code }) => code);

  if (fail === null)
    test('compiles', () => {
      expect(diagnostics.filter((d) => d.severity === 'error' || d.code === page)).toEqual([]);
    });
  else
    test(`gives ${fail}`, () => {
      expect(new Set(codes)).toEqual(new Set([fail]));
      expect(scenarios.length > 0).toBe(diagnostics.every((d) => d.severity === 'warning'));
    });
});
