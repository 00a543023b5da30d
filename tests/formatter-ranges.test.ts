// SPDX-License-Identifier: MIT
/** Ranges of every .hmm file of the repository, and the fences of every page, after their indentation is lost. */

import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from '@hmmlab/dsl';
import * as plugin from '@hmmlab/dsl/prettier';
import { Random } from '@hmmlab/dsl/testing';
import { type Options, format } from 'prettier';
import { describe, expect, test } from 'vitest';
import { commentsOf } from './formatter/pieces.ts';
import { withoutPlaces } from './formatter/without-places.ts';

const root = resolve(import.meta.dirname, '..');
const read = (pattern: string): readonly { readonly file: string; readonly text: string }[] =>
  globSync(pattern, { cwd: root })
    .toSorted()
    .map((file) => ({ file, text: readFileSync(resolve(root, file), 'utf8') }));

const files = read('{scenarios,packages/runtime/kernel}/**/*.hmm');
const pages = read('{README.md,docs/**/*.md}').filter(({ text }) => text.includes('```hmm'));

const hmm = (text: string, options: Options = {}): Promise<string> =>
  format(text, { parser: 'hmm', plugins: [plugin], ...options });

const flat = (text: string): string => text.replaceAll(/^[ \t]+/gm, '');
const essence = (text: string): unknown => [
  withoutPlaces(parse(text, 'file.hmm').ast),
  commentsOf(text),
];

describe.each(files)('$file', ({ file, text }) => {
  const random = new Random(file.length * 1000 + text.length);
  const range = (length: number): { rangeStart: number; rangeEnd: number } => {
    const rangeStart = random.below(length);
    return { rangeStart, rangeEnd: Math.min(length, rangeStart + 1 + random.below(200)) };
  };

  test('a range of the formatted file stays as it is', async () => {
    expect(await hmm(text, range(text.length))).toBe(text);
  });

  test('a range of the same file without indentation keeps its meaning', async () => {
    const before = flat(text);
    const { rangeStart, rangeEnd } = range(before.length);
    const after = await hmm(before, { rangeStart, rangeEnd });
    expect(essence(after)).toEqual(essence(before));
    expect(await hmm(after)).toBe(await hmm(before));
  });
});

/** A page whose fences have lost their indentation, those that can stand it. */
function withoutIndentation(page: string): string {
  return page.replaceAll(/^```hmm.*\n([\s\S]*?)^```$/gm, (fence, code: string) =>
    parse(code, 'fence.hmm').ast === null || code.includes('/*') ? fence : flat(fence),
  );
}

test('most pages have fences that can lose their indentation', () => {
  const changed = pages.filter(({ text }) => withoutIndentation(text) !== text);
  expect(changed.length).toBeGreaterThan(pages.length - 10);
});

test.each(pages)('fences of $file', async ({ text }) => {
  const markdown = (page: string): Promise<string> =>
    format(page, { parser: 'markdown', plugins: [plugin], printWidth: 100 });
  expect(await markdown(withoutIndentation(text))).toBe(text);
});
