// SPDX-License-Identifier: MIT
/** What is declared and not used: a warning at its name, in scenario code only. */

import { describe, expect, test } from 'vitest';
import { complaints } from '../testing/memory-host.ts';

/** Warnings of a scenario with these items and a thread with this body. */
function warned(items: string, body: string): readonly string[] {
  return complaints(`scenario "s" {\nint x\n${items}\nthread A { ${body} }\n}`);
}

describe('labels', () => {
  test('one that no goto leads to', () => {
    expect(warned('', 'if (x) goto out; x = 1; again: x = 2; out: x = 3')).toEqual([
      '4:36 HMM2024 no `goto` leads to `again`',
    ]);
  });
  test('in a proc, over all instances', () => {
    const text = `proc f(bool b, int *p) { if (b) goto out; *p = 1; out: *p = 2 }
      scenario "s" for b in [false, true] { int x\n thread A: f(b, &x) }`;
    expect(complaints(text)).toEqual([]);
    expect(complaints(text.replace('goto out', 'return'))).toEqual([
      '1:49 HMM2024 no `goto` leads to `out`',
    ]);
  });
});

describe('parameters', () => {
  test('of a scenario', () => {
    const text = 'scenario "s" for a in [1, 2] for b in [1, 2] { int x\n thread A: x = b }';
    expect(complaints(text)).toEqual(['1:18 HMM2024 parameter `a` is never used']);
    expect(complaints(text.replace('x = b', 'x = b\n expect holds if a == 1'))).toEqual([]);
  });
  test('of a proc', () => {
    expect(warned('proc f(int a, int b) { x = b }', 'f(1, 2)')).toEqual([
      '3:12 HMM2024 nothing reads the parameter `a`',
    ]);
    expect(warned('proc f(int a, int b) { x = b + a }', 'f(1, 2)')).toEqual([]);
  });
  test('not of a callback, whose parameters are those of its slot', () => {
    const ops =
      'ops I { call(int a, int b) }\nops I t = { call: f }\nproc f(int a, int b) { x = b }';
    expect(warned(ops, 't.call(1, 2)')).toEqual([]);
    const work = 'workqueue q\nwork w\nproc f(work *it) { x = 1 }';
    expect(warned(work, 'INIT_WORK(w, f); queue_work(q, w)')).toEqual([]);
    expect(
      warned('workqueue q\nwork w = f\nproc f(work *it) { x = 1 }', 'queue_work(q, w)'),
    ).toEqual([]);
  });
  test('not of verbs, world hooks and profiles', () => {
    const profile = 'profile p { proc f(int a) { cpu_relax() }\n verb go far (int a) { f(a) } }';
    const hook = 'world mm (m *self) { }\nstruct m { int n }\nverb go (int a) { cpu_relax() }';
    const text = `${profile}\n${hook}\nuse p\nscenario "s" { mm M\n thread A: M.n = 1; go far 1; go 2 }`;
    expect(complaints(text)).toEqual([]);
  });
});

describe('procs', () => {
  const text = 'proc used() { cpu_relax() }\nproc idle() { used() }\n';
  test('of a file with scenarios', () => {
    expect(complaints(`${text}scenario "s" { thread A: used() }`)).toEqual([
      '2:6 HMM2024 `idle` is never called',
    ]);
    expect(complaints(`${text}scenario "s" { thread A: idle() }`)).toEqual([]);
  });
  test('not of a file without, nor of imported ones', () => {
    expect(complaints(text)).toEqual([]);
    const files = { 'a.hmm': text };
    const importing = 'import "./a.hmm"\nscenario "s" { thread A: used() }';
    expect(complaints(importing, files)).toEqual([]);
  });
});

describe('imports', () => {
  const files = {
    'a.hmm': 'import "./b.hmm"\nproc a(int *p) { *p = 1 }\nenum colour { RED }',
    'b.hmm': 'proc b(int *p) { *p = 1 }\nverb turn off (int *p) { *p = 0 }\nprofile mine { }',
    'c.hmm': 'use p',
    'profiles/p': 'profile p { }',
  };
  const using = (statement: string, head = ''): readonly string[] =>
    complaints(`import "./a.hmm"\n${head}\nscenario "s" { int x\nthread A: ${statement} }`, files);

  test('of which nothing is mentioned', () => {
    expect(using('x = 1')).toEqual([
      '1:8 HMM2024 nothing of `./a.hmm` is used here (take the import out)',
    ]);
  });
  test.each(['a(&x)', 'b(&x)', 'turn off x', 'x = RED == RED'])('used by %s', (statement) => {
    expect(using(statement.replace('turn off x', 'turn off (&x)'))).toEqual([]);
  });
  test('used for a profile', () => {
    expect(using('x = 1', 'use mine')).toEqual([]);
    expect(using('x = 1', '').length).toBe(1);
  });
  test('with a `use` of its own', () => {
    expect(complaints('import "./c.hmm"\nscenario "s" { int x\nthread A: x = 1 }', files)).toEqual(
      [],
    );
  });
  test('of a file without scenarios, which hands them on', () => {
    expect(complaints('import "./a.hmm"', files)).toEqual([]);
  });
});
