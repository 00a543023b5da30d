// SPDX-License-Identifier: MIT
/**
 * Every proc, verb and world of the simulated kernel says which C function it models, and every
 * replacement in a later revision really differs from what it replaces.
 */

import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '..');
const files = globSync('packages/runtime/kernel/**/*.hmm', { cwd: root }).toSorted();

interface Definition {
  /** `packages/runtime/kernel/linux/5.3/hmm_range.hmm: hmm_range_fault`. */
  readonly where: string;
  /** `proc hmm_range_fault`. */
  readonly name: string;
  /** `linux/5.3`. */
  readonly profile: string;
  readonly replaces: boolean;
  /** Text of the `///` lines above it. */
  readonly doc: string;
  /** Its text from the name on, without comments and layout. */
  readonly text: string;
}

interface Block {
  readonly base: string | null;
  readonly definitions: readonly Definition[];
}

const HEAD = /^ {2}(?<replace>replace )?(?<name>(?:proc|world) \w+|verb [a-z_ ]+?(?= \())/;
const PROFILE = /^(?:profile|driver) (?<name>\S+)(?: for [^{]*?)?(?: extends (?<base>\S+))? \{/m;

/** The lines of a definition that begins at `first`: up to the brace that closes it, by indentation. */
function bodyOf(lines: readonly string[], first: number): string {
  const length = lines.slice(first).findIndex((line) => line.startsWith('  }'));
  return lines
    .slice(first, first + length + 1)
    .map((line) => line.replace(/\/\/.*/, '').trim())
    .join(' ')
    .replace(/^replace /, '');
}

function docAbove(lines: readonly string[], head: number): string {
  const doc: string[] = [];
  for (let i = head - 1; lines[i]?.startsWith('  ///') === true; i--) {
    doc.unshift((lines[i] ?? '').slice(5).trim());
  }
  return doc.join(' ');
}

function readBlock(file: string): Block & { readonly profile: string } {
  const source = readFileSync(resolve(root, file), 'utf8');
  const { name: profile, base } = PROFILE.exec(source)?.groups ?? {};
  if (profile === undefined) throw new Error(`${file} declares no profile`);
  const lines = source.split('\n');
  const definitions = lines.flatMap((line, i): Definition[] => {
    const { name, replace } = HEAD.exec(line)?.groups ?? {};
    if (name === undefined) return [];
    const text = bodyOf(lines, i);
    const doc = docAbove(lines, i);
    return [
      { where: `${file}: ${name}`, name, profile, replaces: replace !== undefined, doc, text },
    ];
  });
  return { profile, base: base ?? null, definitions };
}

const blocks = files.map(readBlock);
const all = blocks.flatMap((block) => block.definitions);

/** The definition that a profile or driver has of a name, its own or inherited. */
function definitionIn(profile: string, name: string): Definition | undefined {
  const own = all.find((d) => d.profile === profile && d.name === name);
  if (own !== undefined) return own;
  const base = blocks.find((block) => block.profile === profile)?.base ?? null;
  return base === null ? undefined : definitionIn(base, name);
}

test('the kernel sources are found', () => {
  expect(files.length).toBeGreaterThan(8);
  expect(all.length).toBeGreaterThan(60);
});

test.each(all)('$where cites a kernel file, a symbol and a revision', ({ doc }) => {
  expect(doc).toMatch(/\bModels [^:]*\b\w+,(?: [^.]*?)? [\w/-]+\/[\w.-]+\.(?:c|h|rst)\b/);
  expect(doc).toMatch(/\b[2-7]\.\d+(?:-rc\d)?\b|\b20\d\d\b/);
});

const replacements = all.filter((d) => d.replaces);

test('there are replacements to compare', () => {
  expect(replacements.length).toBeGreaterThanOrEqual(4);
});

test.each(replacements)('$where differs from what it replaces', ({ profile, name, text }) => {
  const base = blocks.find((block) => block.profile === profile)?.base ?? '';
  const original = definitionIn(base, name);
  expect(original?.text).toBeDefined();
  expect(text).not.toBe(original?.text);
});
