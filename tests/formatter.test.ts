// SPDX-License-Identifier: MIT
/**
 * The formatter on every .hmm file of the repository, on the examples of the documents, and on the same
 * files after their layout has been thrown into disorder: the tree and the comments stay what they
 * are, and formatting twice is formatting once.
 */

import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { compile, type Host, parse } from '@hmmlab/dsl';
import { createNodeHost } from '@hmmlab/dsl/node';
import * as plugin from '@hmmlab/dsl/prettier';
import fc from 'fast-check';
import { format } from 'prettier';
import { describe, expect, test } from 'vitest';
import { commentsOf, pieces } from './formatter/pieces.ts';
import { withoutPlaces } from './formatter/without-places.ts';

const root = resolve(import.meta.dirname, '..');
const host = createNodeHost({ root });

const corpus = globSync('{scenarios,packages/runtime/kernel}/**/*.hmm', { cwd: root })
  .toSorted()
  .map((file) => ({ file, text: readFileSync(resolve(root, file), 'utf8') }));

const examples = globSync('{README.md,docs/**/*.md}', { cwd: root })
  .toSorted()
  .flatMap((file) => {
    const markdown = readFileSync(resolve(root, file), 'utf8');
    const blocks = [...markdown.matchAll(/^```hmm.*\n([\s\S]*?)^```$/gm)];
    return blocks.map(([, text = ''], index) => ({ file: `${file} ${index}`, text }));
  })
  .filter(({ text }) => parse(text, 'example.hmm').ast !== null);

function formatted(text: string, printWidth = 100): Promise<string> {
  return format(text, { parser: 'hmm', plugins: [plugin], printWidth });
}

/** Everything about a text that formatting must not change. */
function essence(text: string): unknown {
  const { ast, diagnostics } = parse(text, 'file.hmm');
  return { diagnostics, comments: commentsOf(text), ast: withoutPlaces(ast) };
}

test('there is something to format', () => {
  expect(corpus.length).toBeGreaterThan(50);
  expect(examples.length).toBeGreaterThan(50);
});

describe.each([...corpus, ...examples])('$file', ({ text }) => {
  test('keeps tree and comments, at any width, and is done at once', async () => {
    for (const width of [100, 60, 20]) {
      const once = await formatted(text, width);
      expect(essence(once)).toEqual(essence(text));
      expect(await formatted(once, width)).toBe(once);
    }
  });
});

/** The same files, all of them formatted. */
function formattedHost(versions: ReadonlyMap<string, string>): Host {
  const tidy = <T extends { readonly text: string }>(file: T): T => ({
    ...file,
    text: versions.get(file.text) ?? file.text,
  });
  return {
    ...host,
    profileFiles: (name) => host.profileFiles(name).map(tidy),
    importFile: (path, from) => {
      const found = host.importFile(path, from);
      return 'missing' in found ? found : tidy(found);
    },
  };
}

test('everything compiles to the same Programs', async () => {
  const versions = new Map<string, string>();
  for (const { text } of [...corpus, ...examples]) versions.set(text, await formatted(text, 60));
  const tidyHost = formattedHost(versions);
  let programs = 0;
  for (const { file, text } of [...corpus, ...examples]) {
    if (file.startsWith('packages/')) continue;
    const [before, after] = [
      compile(text, file, host),
      compile(versions.get(text) ?? '', file, tidyHost),
    ];
    expect(after.diagnostics.map(({ code }) => code)).toEqual(
      before.diagnostics.map(({ code }) => code),
    );
    expect(withoutPlaces(after.scenarios)).toEqual(withoutPlaces(before.scenarios));
    programs += before.scenarios.flatMap(({ instances }) => instances).length;
  }
  expect(programs).toBeGreaterThan(200);
});

/** What is put between two pieces of a text, if the text still has no syntax error then. */
const insertions = [
  '',
  ' ',
  '   ',
  '\t',
  '\n',
  '\n\n',
  '\n\n\n\n',
  '\n      ',
  '; ',
  ';\n',
  ', ',
  ' // remark\n',
  '\n// remark\n',
  '\n\n// remark\n\n',
  '\n/// remark\n',
  ' /* remark */ ',
  '/* remark */',
  '\n/* remark */\n',
  '\n/* two\n   lines */',
  ' /* two\nlines */ ',
  '\n// prettier-ignore\n',
  '\n// prettier-ignore\n\n',
  ' /* remark */ // remark\n',
];

interface Change {
  readonly at: number;
  readonly insertion: string;
  readonly keepsGap: boolean;
}

/** The text with those of the changes that leave it without syntax errors, one after the other. */
function disordered(text: string, changes: readonly Change[]): string {
  const parts = pieces(text).map(({ gap, image }) => ({ gap, image }));
  const whole = (): string => parts.map(({ gap, image }) => gap + image).join('');
  for (const { at, insertion, keepsGap } of changes) {
    const part = parts[at % parts.length];
    if (part === undefined) continue;
    const before = part.gap;
    part.gap = keepsGap ? before + insertion : insertion;
    if (parse(whole(), 'file.hmm').ast === null) part.gap = before;
  }
  return whole();
}

const change: fc.Arbitrary<Change> = fc.record({
  at: fc.nat(),
  insertion: fc.constantFrom(...insertions),
  keepsGap: fc.boolean(),
});

test('any layout of these files', { timeout: 600_000 }, async () => {
  const texts = [...corpus, ...examples]
    .map(({ text }) => text)
    .filter(({ length }) => length < 3000);
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...texts),
      fc.array(change, { minLength: 1, maxLength: 30 }),
      fc.constantFrom(100, 60, 30),
      async (text, changes, width) => {
        const mutant = disordered(text, changes);
        const once = await formatted(mutant, width);
        expect(essence(once)).toEqual(essence(mutant));
        expect(await formatted(once, width)).toBe(once);
      },
    ),
    { numRuns: Number(process.env['FORMATTER_RUNS'] ?? 500) },
  );
});
