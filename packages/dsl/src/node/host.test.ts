// SPDX-License-Identifier: MIT
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { compile } from '../compile/compile.ts';
import { createNodeHost } from './host.ts';

const folder = mkdtempSync(join(tmpdir(), 'hmm-host-'));
const root = join(folder, 'project');

mkdirSync(join(root, 'lib/deep'), { recursive: true });
writeFileSync(join(root, 'lib/a.hmm'), 'proc a() { }');
writeFileSync(join(root, 'lib/deep/b.hmm'), 'proc b() { }');
writeFileSync(join(folder, 'outside.hmm'), 'secret');
symlinkSync(join(folder, 'outside.hmm'), join(root, 'lib/out.hmm'));
symlinkSync(join(root, 'lib/deep'), join(root, 'link'));
mkdirSync(join(folder, 'beside'));
writeFileSync(join(folder, 'beside/c.hmm'), 'secret');
symlinkSync(join(folder, 'beside'), join(root, 'beside'));
symlinkSync(join(root, 'nowhere.hmm'), join(root, 'dangling.hmm'));
writeFileSync(join(root, 'lib/deep/self.hmm'), 'import "../../link/self.hmm"');
afterAll(() => rmSync(folder, { recursive: true }));

describe('imports', () => {
  test('are relative to the importing file and named from the root', () => {
    const host = createNodeHost({ root });
    expect(host.importFile('./lib/a.hmm', 'main.hmm')).toEqual({
      file: 'lib/a.hmm',
      text: 'proc a() { }',
    });
    expect(host.importFile('../a.hmm', 'lib/deep/b.hmm')).toEqual({
      file: 'lib/a.hmm',
      text: 'proc a() { }',
    });
  });
  test('also in a folder of the project called kernel', () => {
    mkdirSync(join(root, 'kernel'), { recursive: true });
    writeFileSync(join(root, 'kernel/c.hmm'), 'proc c() { }');
    expect(createNodeHost({ root }).importFile('./c.hmm', 'kernel/main.hmm')).toEqual({
      file: 'kernel/c.hmm',
      text: 'proc c() { }',
    });
  });
  test('a file has one name, whatever links lead to it', () => {
    expect(createNodeHost({ root }).importFile('./link/b.hmm', 'main.hmm')).toMatchObject({
      file: 'lib/deep/b.hmm',
    });
  });
  test.each([
    ['../outside.hmm', 'it is outside the project'],
    ['/etc/passwd', 'it is outside the project'],
    ['./lib/out.hmm', 'it leads outside the project'],
    ['./beside/c.hmm', 'it leads outside the project'],
    ['./beside/../beside/c.hmm', 'it leads outside the project'],
    ['./link/../../outside.hmm', 'it is outside the project'],
    ['./dangling.hmm', 'there is no such file'],
    ['./lib', 'it is no file'],
    ['./none.hmm', 'there is no such file'],
    ['./a\0.hmm', 'this is no file name'],
  ])('%s', (path, missing) => {
    expect(createNodeHost({ root }).importFile(path, 'main.hmm')).toEqual({ missing });
  });
});

test('a file that imports itself by another name is a cycle', () => {
  const { diagnostics } = compile('import "./link/self.hmm"', 'main.hmm', createNodeHost({ root }));
  expect(diagnostics.map(({ code, message }) => `${code} ${message}`)).toEqual([
    'HMM2014 files import each other: lib/deep/self.hmm -> lib/deep/self.hmm',
  ]);
});

test('no text of a file outside gets into a compilation', () => {
  const text = 'import "./lib/out.hmm"\nimport "./beside/c.hmm"';
  const { diagnostics, sources } = compile(text, 'main.hmm', createNodeHost({ root }));
  expect(diagnostics.map(({ code }) => code)).toEqual(['HMM2013', 'HMM2013']);
  expect(JSON.stringify([...sources, ...diagnostics])).not.toContain('secret');
});

describe('built-in profiles', () => {
  const host = createNodeHost({ root });
  test('their files come from the kernel folder, in order', () => {
    const files = host.profileFiles('linux/5.3-rc1').map(({ file }) => file);
    expect(files).toContain('kernel/linux/5.3-rc1/mm.hmm');
    expect(files).toEqual(files.toSorted());
  });
  test('all are known by name, and each has a file', () => {
    expect(host.profileNames()).toEqual(
      expect.arrayContaining(['drivers/nouveau/5.3', 'linux/5.3', 'linux/5.3-rc1']),
    );
    for (const name of host.profileNames()) expect(host.profileFiles(name)).not.toEqual([]);
  });
  test.each([
    '',
    '..',
    '../runtime',
    'linux/../../src',
    'linux',
    '/etc/passwd',
    'linux\\5.3',
    'drivers/x\0',
  ])('%j is none', (name) => {
    expect(host.profileFiles(name)).toEqual([]);
  });
});
