// SPDX-License-Identifier: MIT
/** The built-in library: a revision states what differs, and nothing else. */

import { describe, expect, test } from 'vitest';
import type { Host } from '../api.ts';
import { compile } from '../compile/compile.ts';
import { createNodeHost } from '../node/host.ts';
import { parse } from '../syntax/parse.ts';
import { flattenProfile } from './flatten.ts';

/** Definitions of derived profiles that say what those of their base say, doc comments left out: `profile: name`. */
function idleReplacements(host: Host): readonly string[] {
  return host.profileNames().flatMap((name) => {
    const blocks = host
      .profileFiles(name)
      .flatMap(({ file, text }) => parse(text, file).ast?.items ?? []);
    const bases = blocks.flatMap((block) => {
      if (block.kind !== 'profile' || block.extends === null) return [];
      const full = (block.sort === 'driver' ? 'drivers/' : '') + block.name.name;
      const base = block.extends.name.replace(/^drivers\//, '');
      return full === name ? [block.sort === 'driver' ? `drivers/${base}` : base] : [];
    });
    return bases.flatMap((base) => sameBodies(base, name, host).map((def) => `${name}: ${def}`));
  });
}

function sameBodies(base: string, derived: string, host: Host): readonly string[] {
  const [old, now] = [base, derived].map((name) => flattenProfile(name, null, host).profile);
  return (now?.definitions ?? []).flatMap(({ name, text, file, line }) => {
    const original = old?.definitions.find((def) => def.name === name);
    const inherited = original?.file === file && original.line === line;
    return original === undefined || inherited || treeOf(original.text) !== treeOf(text)
      ? []
      : [name];
  });
}

function treeOf(text: string): string {
  const aside = new Set(['start', 'end', 'doc']);
  return JSON.stringify(parse(text, '').ast, (key, value: unknown) =>
    aside.has(key) ? undefined : value,
  );
}

/** A library of a base and of a profile derived from it. */
function libraryWith(derived: string): Host {
  const files = new Map([
    [
      'one',
      'profile one {\n  /// Takes it.\n  proc take(mutex *m) { mutex_lock(m) }\n  proc drop(mutex *m) { mutex_unlock(m) }\n}',
    ],
    ['two', `profile two extends one { ${derived} }`],
  ]);
  return {
    importFile: () => ({ missing: 'there is no such file' }),
    profileNames: () => [...files.keys()],
    profileFiles: (name) => {
      const text = files.get(name);
      return text === undefined ? [] : [{ file: name, text }];
    },
  };
}

describe('a replacement that is equal to its original', () => {
  test.each([
    ['replace proc take(mutex *m) { mutex_lock(m) }', ['two: proc take']],
    ['/// Other words.\n replace take(mutex *m)\n {\n mutex_lock(m)\n }', ['two: proc take']],
    ['replace proc take(mutex *m) { mutex_lock_killable(m) }', []],
    ['remove drop', []],
  ])('%s', (derived, found) => {
    expect(idleReplacements(libraryWith(derived))).toEqual(found);
  });

  test('there is none in the built-in library', () => {
    expect(idleReplacements(createNodeHost({ root: import.meta.dirname }))).toEqual([]);
  });
});

test('a word that an older core does not have: since when it exists', () => {
  const text = `use linux/5.1
scenario "s" {
  mm M
  vma heap on M: 1 pages rw anon present
  device gpu mirrors M
  range R on gpu: heap
  thread A { snapshot range R }
}`;
  const { diagnostics } = compile(text, 'main.hmm', host);
  expect(diagnostics.map(({ code, message, help }) => [code, message, help])).toEqual([
    [
      'HMM2010',
      '`snapshot range` exists since linux/5.2, you use linux/5.1',
      'use linux/5.2, or a word that linux/5.1 has',
    ],
  ]);
});

const host = createNodeHost({ root: import.meta.dirname });

test.each(host.profileNames())('%s: what it uses is there', (name) => {
  const core = flattenProfile(name, null, host).profile?.fits[0];
  const use = core === undefined ? name : `${core}, ${name}`;
  const text = `use ${use}\nscenario "s" { int x\n thread A: x = 1 }`;
  expect(compile(text, 'main.hmm', host).diagnostics).toEqual([]);
});

describe('words that a revision does not have', () => {
  const said = (core: string, statement: string): readonly string[] =>
    compile(
      `use ${core}
scenario "s" { mm M; vma heap on M: 1 pages; device gpu mirrors M; range R on gpu: heap
thread A: ${statement} }`,
      'main.hmm',
      host,
    ).diagnostics.map(({ code, message }) => `${code} ${message}`);

  test.each([
    ['linux/5.1', 'snapshot range R', 'linux/5.2'],
    ['linux/5.1', 'hmm_range_unregister(&R)', 'linux/5.2'],
    ['linux/5.3', 'legacy done R', 'linux/5.3-rc1'],
    ['linux/5.5', 'unregister range R', 'linux/5.4'],
    ['linux/5.4', 'mmu_interval_notifier_remove(NULL)', 'linux/5.5'],
  ])('%s: %s', (core, statement, having) => {
    const [first = ''] = said(core, statement);
    expect(first).toContain(`you use ${core}`);
    expect(first).toMatch(/^HMM2010 /);
    expect(first).toContain(having);
  });

  test.each(['linux/hmm-v2', 'linux/5.2', 'linux/5.3-rc1', 'linux/5.3', 'linux/5.4', 'linux/5.5'])(
    'the verbs of the range API in %s',
    (core) => {
      const all =
        'wait range R; down_read mmap_sem; fault range R; up_read mmap_sem; check range R';
      expect(said(core, `${all}; snapshot range R; populate range R, gpu`)).toEqual([]);
    },
  );
});
