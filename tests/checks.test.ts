// SPDX-License-Identifier: MIT
/** Checks that are switched on or off, data races and guards: scenarios as text, and what is found in them. */

import { compile } from '@hmmlab/dsl';
import { createNodeHost } from '@hmmlab/dsl/node';
import { createSearch } from '@hmmlab/runtime';
import type { Program, Verdict } from '@hmmlab/runtime/program';
import { describe, expect, test } from 'vitest';

const host = createNodeHost({ root: import.meta.dirname });

/** The verdict of a scenario with these items: the same, message for message, from either search. */
function verdictOf(items: string, before = ''): Verdict {
  const text = `${before}\nscenario "s" {\n${items}\n}`;
  const { scenarios, diagnostics } = compile(text, 'test.hmm', host);
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  const program = scenarios[0]?.instances[0]?.program;
  if (program === undefined) throw new Error('no scenario');
  const naive = searched(program, 'naive');
  const { coverage, ...verdict } = searched(program, 'exhaustive');
  expect({ ...verdict, coverage: { ...coverage, strategy: 'naive' } }).toEqual(naive);
  return naive;
}

function searched(program: Program, strategy: 'naive' | 'exhaustive'): Verdict {
  const search = createSearch(program, { strategy });
  while (!search.advance(10_000));
  return search.verdict();
}

const found = ({ findings }: Verdict): readonly string[] =>
  findings.map(({ name, object, thread }) => `${name} ${object} ${thread}`);

describe('data races', () => {
  const race = (a: string, b: string, worlds = ''): readonly string[] =>
    found(
      verdictOf(
        `check data_race\nint x in 0..9, y in 0..9\nmutex m, n\nrwsem s\nbool ready\n${worlds}
         thread A { ${a} }\nthread B { ${b} }`,
      ),
    );

  test.each([
    ['two plain stores', 'x = 1', 'x = 2', ['data_race x A']],
    ['a store and a load', 'x = 1', 'y = x', ['data_race x A']],
    ['two loads', 'y = x', 'if (x == 0) cpu_relax()', []],
    ['different cells', 'x = 1', 'y = 1', []],
    ['both marked', 'WRITE_ONCE(x, 1)', 'WRITE_ONCE(x, 2)', []],
    ['one marked: the plain one is named', 'WRITE_ONCE(x, 1)', 'x = 2', ['data_race x B']],
    ['a marked load of a plain store', 'x = 1', 'y = READ_ONCE(x)', ['data_race x A']],
    ['an atomic operation and a plain store', 'atomic_inc(x)', 'x = 2', ['data_race x B']],
    ['an atomic operation that only reads', 'y = atomic_read(x)', 'WRITE_ONCE(x, 2)', []],
    ['two atomic operations', 'atomic_inc(x)', 'atomic_set(x, 1)', []],
    [
      'the same lock',
      'mutex_lock m; x = 1; mutex_unlock m',
      'mutex_lock m; x = 2; mutex_unlock m',
      [],
    ],
    [
      'two locks',
      'mutex_lock m; x = 1; mutex_unlock m',
      'mutex_lock n; x = 2; mutex_unlock n',
      ['data_race x A'],
    ],
    [
      'read holds',
      'down_read s; x = 1; up_read s',
      'down_read s; x = 2; up_read s',
      ['data_race x A'],
    ],
    ['an atomic block, and a plain access', 'atomic { y = 1; x = 1 }', 'x = 2', ['data_race x B']],
    ['two atomic blocks', 'atomic { x = 1 }', 'atomic { x = 2 }', []],
    [
      'ordered by a flag',
      'x = 1; WRITE_ONCE(ready, true)',
      'while (!READ_ONCE(ready)) cpu_relax(); x = 2',
      [],
    ],
    ['ordered by an await', 'x = 1; WRITE_ONCE(ready, true)', 'await ready; x = 2', []],
    [
      'one of several ways of an await',
      'await ready { y = 1 } or !ready { x = 1 }',
      'x = 2',
      ['data_race x B'],
    ],
    ['a way that is not open', 'await ready { x = 1 } or !ready { y = 1 }', 'x = 2', []],
    ['the condition of an await that holds', 'ready = true', 'await !ready', ['data_race ready A']],
    [
      'the second way of an await',
      'x = 1',
      'await y == 0 { y = 1 } or y < 2 { x = 2 }',
      ['data_race x A'],
    ],
    [
      'any condition of an await of several',
      'ready = true',
      'await y == 1 { y = 0 } or y == 0 && !ready { y = 2 }',
      ['data_race ready A'],
    ],
    ['the second access of a step', 'x++', 'x = 5', ['data_race x A']],
    [
      'conditions of a wait_event are plain',
      'WRITE_ONCE(ready, true); wake_up wq',
      'wait_event(wq, ready)',
      ['data_race ready B'],
    ],
  ])('%s', (_, a, b, expected) => {
    expect([...new Set(race(a, b, 'wait_queue wq'))]).toEqual(expected);
  });

  test('only between two threads at one time, and named with places and locks', () => {
    const { findings, coverage } = verdictOf(
      'check data_race\nmutex m\nint x\nthread A: x = 1\nthread B: mutex_lock m; x = 2; mutex_unlock m',
    );
    expect(findings.map(({ message }) => message)).toEqual([
      'nothing orders two accesses to x: A is about to store to it at test.hmm:6:11, plain, holding no lock; ' +
        'B is about to store to it at test.hmm:7:25, plain, holding m',
    ]);
    expect(findings[0]?.counterexample).toMatchObject({ minimal: true, preemptions: 0 });
    expect(coverage.finalStates).toBe(1);
  });

  test('three threads: each pair once', () => {
    const { findings } = verdictOf('check data_race\nint x\nthread A[3] { x = 1 }');
    expect(new Set(findings.map(({ thread }) => thread))).toEqual(new Set(['A[0]', 'A[1]']));
    expect(findings).toHaveLength(3);
  });

  test('nobody looks without being asked, and the verdict says so', () => {
    const { kind, notChecked } = verdictOf('int x\nthread A: x = 1\nthread B: x = 2');
    expect(kind).toBe('holds');
    expect(notChecked).toContain('data race');
    const asked = verdictOf('check data_race\nint x\nthread A: x = 1');
    expect(asked.notChecked).not.toContain('data race');
  });
});

describe('checks that are switched off', () => {
  const spin = 'bool go\nthread A { while (!go) cpu_relax() }\nthread B { if (go) go = false }';
  const stuck = `mutex m, n\nthread A { mutex_lock m; mutex_lock n; mutex_unlock n; mutex_unlock m }
    thread B { mutex_lock n; mutex_lock m; mutex_unlock m; mutex_unlock n }
    daemon thread C { int i in 0..1; forever { i = 1 - i; cpu_relax() } }`;
  const lost =
    'pool struct node: 1\nthread A { struct node *p = kmalloc(node); p->n = 1; p = NULL }';

  test.each([
    ['livelock', spin, ''],
    ['partial_deadlock', stuck, ''],
    ['leak', lost, 'struct node { int n }'],
    ['unguarded_access', 'mutex m\nint x guarded_by(m)\nthread A: x = 1', ''],
  ])('%s', (name, items, before) => {
    const usual = verdictOf(items, before);
    expect(new Set(usual.findings.map((finding) => finding.name))).toEqual(new Set([name]));
    expect(usual.notChecked).not.toContain(name.replace('_', ' '));
    const off = verdictOf(`check no ${name}\n${items}`, before);
    expect(off.findings).toEqual([]);
    expect(off.kind).toBe('holds');
    expect(off.notChecked).toContain(name.replace('_', ' '));
  });

  test('stale mappings', () => {
    const items = `mm M\nvma heap on M: 1 pages rw present\ndevice gpu mirrors M
      thread A { gpu.table[0] = M.ptes[0]; M.ptes[0] = PTE_NONE }`;
    const use = 'use linux/5.3';
    expect(found(verdictOf(`check no unguarded_access\n${items}`, use))).toEqual([
      'stale_mapping gpu.table[0] A',
    ]);
    const off = verdictOf(`check no unguarded_access, stale_mapping\n${items}`, use);
    expect(off.kind).toBe('holds');
    expect(off.notChecked).toEqual(expect.arrayContaining(['stale mapping', 'unguarded access']));
  });
});

describe('guards', () => {
  const before = `struct inner { mutex lock }
struct foo {
  inner box
  rwsem sem
  inner *far
  int a guarded_by(box.lock)
  int row[2] guarded_by(sem)
  int c guarded_by(far->lock)
  list foo kids guarded_by(sem)
}
struct outer { int pad; foo f[2] }`;
  const guarded = (body: string): readonly string[] =>
    found(
      verdictOf(
        `struct outer o\nstruct inner i\nmutex m\nint x guarded_by(m)\nint y[2] guarded_by(i.lock)
         thread A { ${body} }
         thread B { await false; x = 1; o.f[1].a = 1; o.f[1].row[0] = 1; o.f[0].row[1] = 1; o.f[1].c = 1; y[1] = 1 }`,
        before,
      ),
    ).filter((finding) => !finding.startsWith('deadlock'));

  test.each([
    ['mutex_lock m; x = 1; mutex_unlock m', []],
    ['mutex_lock m; x++; mutex_unlock m; x = 2', ['unguarded_access x A']],
    ['int z = x; if (z) cpu_relax()', ['unguarded_access x A']],
    ['int z = READ_ONCE(x); WRITE_ONCE(x, z); atomic_inc(x); atomic { x = 3 }', []],
    ['mutex_lock o.f[1].box.lock; o.f[1].a = 1; mutex_unlock o.f[1].box.lock', []],
    [
      'mutex_lock o.f[0].box.lock; o.f[1].a = 1; mutex_unlock o.f[0].box.lock',
      ['unguarded_access o.f[1].a A'],
    ],
    ['down_read o.f[1].sem; int z = o.f[1].row[0]; up_read o.f[1].sem; if (z) cpu_relax()', []],
    [
      'down_read o.f[0].sem; o.f[0].row[1] = 1; up_read o.f[0].sem',
      ['unguarded_access o.f[0].row[1] A'],
    ],
    ['down_write o.f[0].sem; o.f[0].row[1] = 1; up_write o.f[0].sem', []],
    [
      'down_write o.f[0].sem; downgrade_write o.f[0].sem; o.f[0].row[1] = 1; up_read o.f[0].sem',
      ['unguarded_access o.f[0].row[1] A'],
    ],
    ['o.f[1].far = i; mutex_lock i.lock; o.f[1].c = 1; y[1] = 2; mutex_unlock i.lock', []],
    ['o.f[1].far = i; o.f[1].c = 1', ['unguarded_access o.f[1].c A']],
    ['o.f[1].c = 1', ['unguarded_access o.f[1].c A']],
    ['y[1] = 2', ['unguarded_access y[1] A']],
    ['list_add o.f[0].kids o.f[1]', ['unguarded_access o.f[0].kids A']],
    ['if (list_empty(o.f[0].kids)) cpu_relax()', []],
    ['for (struct foo *f in o.f[0].kids) cpu_relax()', ['unguarded_access o.f[0].kids A']],
    [
      'down_read o.f[0].sem; for (struct foo *f in o.f[0].kids) cpu_relax(); up_read o.f[0].sem',
      [],
    ],
  ])('%s', (body, expected) => {
    expect(guarded(body)).toEqual(expected);
  });

  test("another thread's hold is none", () => {
    const { findings } = verdictOf(
      'mutex m\nint x guarded_by(m)\nbool held\nthread A { mutex_lock m; held = true; await !held; mutex_unlock m }\n' +
        'thread B { await held; x = 1; held = false }',
    );
    expect(findings).toMatchObject([
      {
        name: 'unguarded_access',
        thread: 'B',
        message: 'x is changed without m, which guards it, by B holding no lock',
      },
    ]);
  });
});
