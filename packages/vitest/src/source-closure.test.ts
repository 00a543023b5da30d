// SPDX-License-Identifier: MIT
import type { Host } from '@hmmlab/dsl';
import { posix } from 'node:path';
import { expect, test } from 'vitest';
import { sourceClosure } from './source-closure.ts';

function host(
  files: Readonly<Record<string, string>>,
  profiles: Readonly<Record<string, readonly string[]>> = {},
): Host {
  return {
    importFile(path, from) {
      const file = posix.join(posix.dirname(from), path);
      const text = files[file];
      return text === undefined ? { missing: `no ${file}` } : { file, text };
    },
    profileFiles: (name) =>
      (profiles[name] ?? []).map((file) => ({ file, text: files[file] ?? '' })),
    profileNames: () => Object.keys(profiles).toSorted(),
  };
}

function names(text: string, ...rest: Parameters<typeof host>): readonly string[] {
  return [...sourceClosure('t/a.hmm', text, host(...rest)).keys()];
}

test('imports of imports, relative to the file that has them, cycles included', () => {
  const files = {
    't/b.hmm': 'import "../c.hmm"',
    'c.hmm': 'import "./t/a.hmm"\nimport "./t/b.hmm"',
  };
  expect(names('import "./b.hmm"', files)).toEqual(['t/a.hmm', 't/b.hmm', 'c.hmm']);
});

test('a missing file belongs to it, so that its arrival is noticed', () => {
  const closure = sourceClosure('t/a.hmm', 'import "./b.hmm"', host({}));
  expect([...closure]).toEqual([
    ['t/a.hmm', 'import "./b.hmm"'],
    ['t/b.hmm', null],
  ]);
});

test.each(['import /* " */ "./b.hmm"', 'import // "x"\n"./b.hmm"', 'import"./b.hmm"'])(
  'finds %j',
  (text) => {
    expect(names(text, { 't/b.hmm': '' })).toContain('t/b.hmm');
  },
);

test('a long row of comments takes no time', () => {
  const text = `import ${'/**/ '.repeat(20_000)}`;
  expect(names(text, {})).toEqual(['t/a.hmm']);
});

test('profiles: bare, in strings, behind extends, and never a longer name', () => {
  const files = { '5.3': 'profile linux/5.3 extends linux/5.3-rc1 {', rc1: '', '5.5': '', nv: '' };
  const profiles = {
    'linux/5.3': ['5.3'],
    'linux/5.3-rc1': ['rc1'],
    'linux/5.5': ['5.5'],
    'drivers/nouveau/5.3': ['nv'],
  };
  expect(names('use linux/5.3', files, profiles)).toEqual(['t/a.hmm', '5.3', 'rc1']);
  expect(names('use linux/5.3-rc1', files, profiles)).toEqual(['t/a.hmm', 'rc1']);
  expect(names('under ["linux/5.5 + drivers/nouveau/5.3"]', files, profiles)).toEqual([
    't/a.hmm',
    'nv',
    '5.5',
  ]);
  expect(names('driver my/1 extends nouveau/5.3 {', files, profiles)).toContain('nv');
  expect(names('use linux/5.33', files, profiles)).toEqual(['t/a.hmm']);
});
