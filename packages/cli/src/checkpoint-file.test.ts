// SPDX-License-Identifier: MIT
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compile } from '@hmmlab/dsl';
import { createNodeHost } from '@hmmlab/dsl/node';
import { type Checkpoint, createSearch } from '@hmmlab/runtime';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readCheckpoint, writeCheckpoint } from './checkpoint-file.ts';

const text = `scenario "s" {
  int x in 0..9
  thread A { while (x < 9) x++ }
  thread B { forever { x = 0 } }
}`;

let folder: string;
let file: string;
let checkpoint: Checkpoint;
let bytes: Buffer;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hmmlab-checkpoint-'));
  file = join(folder, 'a');
  const { scenarios } = compile(text, 'a.hmm', createNodeHost({ root: folder }));
  const program = scenarios[0]?.instances[0]?.program;
  if (program === undefined) throw new Error('no program');
  const search = createSearch(program, { maxStates: 20 });
  while (!search.advance(1000));
  const made = search.checkpoint();
  if (made === null) throw new Error('no checkpoint');
  checkpoint = made;
  writeCheckpoint(file, checkpoint);
  bytes = readFileSync(file);
});
afterAll(() => rmSync(folder, { recursive: true }));

function codeOf(content: Uint8Array): string | null {
  const changed = join(folder, 'changed');
  writeFileSync(changed, content);
  const read = readCheckpoint(changed, 'changed');
  return read.kind === 'error' ? read.error.code : null;
}

test('what is read is what was written, and nothing else is left in the folder', () => {
  expect(readCheckpoint(file, 'a')).toEqual({ kind: 'checkpoint', checkpoint });
  writeCheckpoint(file, checkpoint);
  expect(readFileSync(file).equals(bytes)).toBe(true);
  expect(readdirSync(folder)).toEqual(['a']);
});

test('a file that ends early or late is refused', () => {
  expect(codeOf(bytes)).toBe(null);
  for (let length = 0; length < bytes.length; length += length < 300 ? 1 : 37) {
    expect(codeOf(bytes.subarray(0, length))).toMatch(/^HMM701[12]$/);
  }
  expect(codeOf(Buffer.concat([bytes, Buffer.from('\n')]))).toBe('HMM7011');
});

test('a file with one changed bit is refused, wherever it is', () => {
  for (let at = 0; at < bytes.length; at += at < 300 || at > bytes.length - 40 ? 1 : 31) {
    const changed = Buffer.from(bytes);
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect(codeOf(changed)).toMatch(/^HMM70(06|11|12)$/);
  }
});

test('other versions are refused by name', () => {
  const opening = bytes.toString('latin1');
  const replaced = (from: string | RegExp, to: string): string | null =>
    codeOf(Buffer.from(opening.replace(from, to), 'latin1'));
  expect(replaced('checkpoint 1', 'checkpoint 2')).toBe('HMM7012');
  expect(replaced(/"hmm":"[^"]*"/, '"hmm":"0.0.1"')).toBe('HMM7012');
  expect(replaced(/"byteOrder":".."/, '"byteOrder":"??"')).toBe('HMM7012');
});
