// SPDX-License-Identifier: MIT
/**
 * docs/tour.md, done step by step: each block of .hmm becomes the file, each command runs, and what it
 * prints is what the page shows. `vitest --update` writes the page anew.
 */

import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createFolder, type Folder } from './cli/hmm.ts';

const file = resolve(import.meta.dirname, '../docs/tour.md');
const page = readFileSync(file, 'utf8');
const block = /^```(hmm|console)\n([\s\S]*?)^```$/gm;

/** The words of a command line; quotes hold words together. */
function words(line: string): readonly string[] {
  return [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '');
}

let folder: Folder;
beforeAll(() => {
  folder = createFolder({ 'tour.hmm': '' });
});
afterAll(() => folder.dispose());

/** Runs `$ hmm ...`; a schedule is the one that the report before it shows. */
async function run(line: string, before: string): Promise<string> {
  const schedule = /(h1:\S+)\s*$/m.exec(before)?.[1] ?? '';
  const command = line.replace(/(?:h1:\S+|SCHEDULE)$/, schedule);
  const [, hmm, ...given] = words(command);
  expect(hmm).toBe('hmm');
  const { out, err } = await folder.hmm(...given);
  return `${command}\n${stripVTControlCharacters(out + err).trimEnd()}\n`;
}

test('every step shows what happens', async () => {
  let written = '';
  let last = '';
  let at = 0;
  for (const match of page.matchAll(block)) {
    const [whole, kind = '', text = ''] = match;
    if (kind === 'hmm') {
      writeFileSync(join(folder.path, 'tour.hmm'), text);
    } else last = await run(text.split('\n')[0] ?? '', last);
    written +=
      page.slice(at, match.index) + (kind === 'hmm' ? whole : `\`\`\`console\n${last}\`\`\``);
    at = match.index + whole.length;
  }
  await expect(written + page.slice(at)).toMatchFileSnapshot(file);
});

test('there are ten steps, and the eighth finds a deadlock', () => {
  const steps = page.split(/^## (?=\d)/m).slice(1);
  expect(steps.map((step) => Number.parseInt(step, 10))).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  expect(steps.map((step) => /^deadlock \(HMM4101\)/m.test(step)).indexOf(true)).toBe(7);
  expect(steps[9]).toMatch(/^3 passed/m);
});
