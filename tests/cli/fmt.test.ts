// SPDX-License-Identifier: MIT
/** `hmm fmt` from outside. */

import {
  mkdirSync,
  readFileSync,
  readdirSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Folder, createFolder } from './hmm.ts';

vi.setConfig({ testTimeout: 60_000 });

const untidy = 'scenario "x"{\nint x;thread A:x = 1 // one\n}';
const tidy = 'scenario "x" {\n  int x\n  thread A: x = 1 // one\n}\n';
const wrong = 'scenario "x" {\n  thread A: x = = 1\n}\n';

let folder: Folder;
const text = (name: string): string => readFileSync(join(folder.path, name), 'utf8');

beforeEach(() => {
  folder = createFolder({ 'tidy.hmm': tidy, 'untidy.hmm': untidy });
  mkdirSync(join(folder.path, 'sub/node_modules'), { recursive: true });
  writeFileSync(join(folder.path, 'sub/deep.hmm'), untidy);
  writeFileSync(join(folder.path, 'sub/node_modules/other.hmm'), untidy);
});
afterEach(() => folder.dispose());

test('without paths it formats everything below the folder, and names what it changed', async () => {
  const { code, out, err } = await folder.hmm('fmt');
  expect({ code, out, err }).toEqual({ code: 0, out: 'sub/deep.hmm\nuntidy.hmm\n', err: '' });
  expect([text('tidy.hmm'), text('untidy.hmm'), text('sub/deep.hmm')]).toEqual([tidy, tidy, tidy]);
  expect(text('sub/node_modules/other.hmm')).toBe(untidy);
  expect(readdirSync(folder.path).toSorted()).toEqual(['sub', 'tidy.hmm', 'untidy.hmm']);
  expect(await folder.hmm('fmt')).toMatchObject({ code: 0, out: '', err: '' });
});

test('--check lists what differs and changes nothing', async () => {
  expect(await folder.hmm('fmt', '--check', '.')).toMatchObject({
    code: 1,
    out: 'sub/deep.hmm\nuntidy.hmm\n',
  });
  expect(text('untidy.hmm')).toBe(untidy);
  expect(await folder.hmm('fmt', '--check', 'tidy.hmm')).toMatchObject({ code: 0, out: '' });
});

test('a file with a syntax error is reported and left alone, the others are formatted', async () => {
  writeFileSync(join(folder.path, 'a.hmm'), wrong);
  const { code, out, err } = await folder.hmm('fmt', 'a.hmm', 'untidy.hmm');
  expect({ code, out }).toEqual({ code: 3, out: 'untidy.hmm\n' });
  expect(err).toContain('a.hmm:2:17');
  expect(err).toContain('HMM1001');
  expect([text('a.hmm'), text('untidy.hmm')]).toEqual([wrong, tidy]);
});

test('missing files and bytes that are not UTF-8 are invalid input', async () => {
  writeFileSync(join(folder.path, 'bytes.hmm'), Buffer.from([0x2f, 0x2f, 0xff, 0x0a]));
  const { code, err } = await folder.hmm('fmt', 'nowhere.hmm', 'bytes.hmm');
  expect(code).toBe(3);
  expect(err).toContain("there is no file 'nowhere.hmm'");
  expect(err).toContain("'bytes.hmm' is not UTF-8");
  expect(readFileSync(join(folder.path, 'bytes.hmm'))).toHaveLength(4);
});

test('permissions and symbolic links stay', async () => {
  const target = join(folder.path, 'target');
  writeFileSync(target, untidy, { mode: 0o640 });
  symlinkSync('target', join(folder.path, 'link.hmm'));
  expect(await folder.hmm('fmt', 'link.hmm')).toMatchObject({ code: 0, out: 'link.hmm\n' });
  expect(text('target')).toBe(tidy);
  expect(statSync(target).mode & 0o777).toBe(0o640);
});

test("the width comes from Prettier's configuration, line ends too", async () => {
  writeFileSync(join(folder.path, '.prettierrc'), '{ "printWidth": 20, "endOfLine": "crlf" }');
  await folder.hmm('fmt', 'tidy.hmm');
  const lines = ['scenario "x" {', '  int x', '  thread A: x = 1 // one', '}', ''];
  expect(text('tidy.hmm')).toBe(lines.join('\r\n'));
  writeFileSync(join(folder.path, '.prettierrc'), '{ nonsense');
  const { code, err } = await folder.hmm('fmt', 'tidy.hmm');
  expect(code).toBe(3);
  expect(err).toContain('configuration of Prettier');
});

test('a carriage return inside a comment, which Prettier takes for a line end, is refused', async () => {
  const odd = 'scenario "x" {\n  int x // \rthread B: x = 2\n}\n';
  writeFileSync(join(folder.path, 'odd.hmm'), odd);
  const { code, err } = await folder.hmm('fmt', 'odd.hmm');
  expect(code).toBe(3);
  expect(err).toContain('carriage return');
  expect(text('odd.hmm')).toBe(odd);
});
