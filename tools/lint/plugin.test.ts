import { resolve } from 'node:path';
import { RuleTester } from 'oxlint/plugins-dev';
import { describe, expect, it, test } from 'vitest';
import { deterministic } from './deterministic.ts';
import { complaint, importBorders } from './import-borders.ts';

RuleTester.describe = describe;
RuleTester.it = it;
RuleTester.itOnly = it.only;
const tester = new RuleTester({ languageOptions: { parserOptions: { lang: 'ts' } } });

test.each([
  ['packages/runtime/src/a/b.ts', '../c.ts'],
  ['packages/runtime/src/a.test.ts', 'node:fs'],
  ['packages/runtime/src/a.test.ts', 'fast-check'],
  ['packages/dsl/src/syntax/parser.ts', 'chevrotain'],
  ['packages/dsl/src/node/host.ts', 'node:fs'],
  ['packages/dsl/src/index.ts', '@hmmlab/runtime/program'],
  ['packages/vitest/src/index.ts', '@jridgewell/gen-mapping'],
  ['packages/vitest/src/index.ts', 'vitest/node'],
  ['packages/cli/src/main.ts', 'node:util'],
  ['tests/a.test.ts', '@hmmlab/runtime/testing'],
  ['tests/a.test.ts', './helper.ts'],
])('%s may import %s', (file, specifier) => {
  expect(complaint(file, specifier)).toBeUndefined();
});

test.each([
  ['packages/runtime/src/a.ts', '@hmmlab/dsl', "runtime must not depend on '@hmmlab/dsl'"],
  ['packages/runtime/src/a.test.ts', '@hmmlab/dsl', "runtime must not depend on '@hmmlab/dsl'"],
  ['packages/dsl/src/a.ts', '@hmmlab/reporter', "dsl must not depend on '@hmmlab/reporter'"],
  ['packages/reporter/src/a.ts', '@hmmlab/dsl', "reporter must not depend on '@hmmlab/dsl'"],
  ['packages/cli/src/a.ts', '@hmmlab/vitest', "cli must not depend on '@hmmlab/vitest'"],
  ['packages/dsl/src/compile/a.ts', 'chevrotain', "'chevrotain' only under src/syntax/"],
  ['packages/runtime/src/a.ts', 'node:fs', "runtime must run without Node: no 'node:fs'"],
  [
    'packages/runtime/src/a.ts',
    'chevrotain',
    "'chevrotain' is not on the list of packages that runtime may use",
  ],
  [
    'packages/dsl/src/a.ts',
    '../../runtime/src/index.ts',
    "'../../runtime/src/index.ts' leaves the package; import other packages by their names",
  ],
  ['tests/a.test.ts', '../packages/dsl/src/index.ts', 'import the package by its name'],
  [
    'tests/a.test.ts',
    '@hmmlab/runtime/dist/index.js',
    "'@hmmlab/runtime/dist/index.js' reaches into a package; import one of the entries it exports",
  ],
  [
    'packages/new/src/a.ts',
    '@hmmlab/runtime',
    "package 'new' has no row in tools/lint/import-borders.ts yet",
  ],
])('%s must not import %s', (file, specifier, message) => {
  expect(complaint(file, specifier)).toBe(message);
});

const reporterFile = resolve(import.meta.dirname, '../../packages/reporter/src/a.ts');
tester.run('import-borders', importBorders, {
  valid: [{ code: `import { a } from '@hmmlab/runtime';`, filename: reporterFile }],
  invalid: [
    `import { a } from '@hmmlab/dsl';`,
    `import type { A } from '@hmmlab/dsl';`,
    `export * from '@hmmlab/dsl';`,
    `export { a } from '@hmmlab/dsl';`,
    `type A = import('@hmmlab/dsl').A;`,
    `void import('@hmmlab/dsl');`,
  ].map((code) => ({
    code,
    filename: reporterFile,
    errors: [{ message: "reporter must not depend on '@hmmlab/dsl'" }],
  })),
});

tester.run('deterministic', deterministic, {
  valid: [
    'const process = 1; export const next = process + 1;',
    'export const shape = { console: 1, Date: 2 };',
    'export const half = Math.floor(3 / 2);',
  ],
  invalid: [
    'console.log(1);',
    'export const now = Date.now();',
    'export const roll = Math.random();',
    `export const order = 'a'.localeCompare('b');`,
    'export const mode = process.env;',
    'setTimeout(() => {}, 1);',
    'export const all = (p: Promise<number>) => p;',
    'export async function f() {}',
  ].map((code) => ({ code, errors: 1 })),
});
