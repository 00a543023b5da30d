// SPDX-License-Identifier: MIT
import { describe, expect, test } from 'vitest';
import { compileText, complaints, programs } from '../testing/memory-host.ts';

const hostile = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'prototype', 'valueOf'];

describe('hostile names are inert', () => {
  test.each(hostile)('%s as anything that can be named', (name) => {
    const other = `other_${name}`;
    const [program] = programs(`scenario "${name}" for p_${name} in [1] {
      enum e_${name} { ${name}_A }
      struct ${name} { int ${name}; ${name} *next }
      struct ${name} ${other}
      enum e_${name} kind
      int ${name} = p_${name}
      proc ${name}(int ${name}) -> int { ${name}: ${name} = ${name} + 1; if (${name} < 2) goto ${name}; return ${name} }
      thread ${name} { ${other}.${name} = ${name}(${name}); kind = ${name}_A }
      expect sometimes finished(${name})
    }`);
    expect(program?.objects.map((object) => object.name)).toEqual([other, 'kind', name]);
    expect(program?.threads.map((thread) => thread.name)).toEqual([name]);
  });
  test.each(hostile)('%s when it is not declared', (name) => {
    expect(
      complaints(`scenario "s" { int x\n thread A: x = ${name}; ${name}(x); x.${name} = 1 }`).map(
        (c) => c.slice(0, 12),
      ),
    ).toEqual(['2:16 HMM2001', `2:${18 + name.length} HMM2005`, expect.stringMatching(/HMM2006/)]);
    expect(
      complaints(
        `use ${name}\nimport "${name}"\nscenario "s" { struct ${name} x\n thread A: cpu_relax() }`,
      ).length,
    ).toBeGreaterThan(0);
  });
  test('titles are only ever text', () => {
    const { scenarios } = compileText(
      'scenario "`${x}`\\n\\"; </script>" { int x\n thread A: x = 1 }',
    );
    expect(scenarios[0]?.instances[0]?.name).toBe('`${x}`\n"; </script>');
  });
});

describe('sizes have limits', () => {
  test.each([
    ['int a[65536], b', 'HMM2019'],
    ['struct row { int n[1000] }\nstruct row rows[66]', 'HMM2019'],
    ['struct a { int n[1000] }\nstruct b { a x[1000] }\nstruct b c', 'HMM2019'],
    ['struct a { int n[1000] }\npool struct a: 66', 'HMM2019'],
    ['workqueue wq: 33 workers', 'HMM2019'],
    ['workqueue wq: 32 workers', 'HMM2019'],
    ['proc f() depth 65 { x = 1 }', 'HMM2019'],
  ])('%s', (item, code) => {
    expect(complaints(`scenario "s" { int x\n${item}\nthread A: x = 1 }`)).toEqual([
      expect.stringContaining(code),
    ]);
  });
  test('structs in structs grow without being unrolled', () => {
    const nested = Array.from({ length: 30 }, (_, i) => `struct s${i + 1} { s${i} a[1000] }`).join(
      '\n',
    );
    const found = complaints(
      `scenario "s" { struct s0 { int n }\n${nested}\nstruct s30 big\nthread A: cpu_relax() }`,
    );
    expect(found.filter((c) => !c.includes('HMM2019'))).toEqual([]);
    expect(found.length).toBeGreaterThan(0);
  });
});

describe('a Program is plain data, the same each time', () => {
  const text = `use core
    scenario "s" for n in [1, 2] {
      mm M
      vma heap on M: n pages
      device gpu mirrors M
      workqueue wq
      work w = run
      proc run(work *w) { struct mm_struct copy; copy.users = 1; if (w) M.users = copy.users }
      thread A { queue_work(wq, w); wait_event_timeout(M.wq, M.users == 1) }
      expect always A_done() if false
      invariant gpu.table[0] == PTE_NONE || finished(A)
    }`.replace('expect always A_done() if false\n', '');
  const core = `profile core {
    struct mm_struct { pte ptes[NR_PAGES]; int users; wait_queue wq }
    struct vm_area_struct { int start }
    struct gpu { mm_struct *mm; owed pending; pte table[NR_PAGES] mirrors mm->ptes owed pending }
    world mm (mm_struct *self) { }
    world vma (vm_area_struct *self) { self->start = 0 }
    world device (gpu *self, mm_struct *mm) { self->mm = mm }
  }`;

  test('JSON and structured clone keep it', () => {
    for (const program of programs(text, { 'profiles/core': core })) {
      expect(JSON.parse(JSON.stringify(program))).toEqual(program);
      expect(structuredClone(program)).toEqual(program);
    }
  });
  test('twice the same bytes', () => {
    const bytes = (): string => JSON.stringify(programs(text, { 'profiles/core': core }));
    expect(bytes()).toBe(bytes());
  });
  test('a device table and its page table are found, and the set-up checks the link', () => {
    const [program] = programs(text, { 'profiles/core': core });
    expect(program?.mirrors).toMatchObject([
      {
        name: 'gpu.table',
        device: { object: 2, cell: 2 },
        pageTable: { object: 0, cell: 0 },
        pages: 1,
        owed: { object: 2, cell: 1 },
      },
    ]);
    const setup = program?.procs[program.setup ?? -1];
    expect(setup?.code.map(({ op }) => op)).toEqual([
      'call',
      'call',
      'call',
      'load',
      'assert',
      'return',
    ]);
  });
  test('a pool has a slot for each thread that can get there, and one more', () => {
    const pools = programs(
      `scenario "s" { struct n { int i }
        proc f(int depth_left) depth 3 { struct n x; x.i = 1; if (depth_left) f(depth_left - 1) }
        proc g() { struct n y; y.i = 1 }
        int v
        thread A[2]: f(2)
        thread B: g()
        thread C: v = 1 }`,
    ).map((program) =>
      program.pools.map(({ name, capacity, lifetime }) => [name, capacity, lifetime]),
    );
    expect(pools).toEqual([
      [
        ['x', 7, 'scope'],
        ['y', 2, 'scope'],
      ],
    ]);
  });
  test('cells start as declared, arrays cell by cell', () => {
    const [program] = programs(
      `scenario "s" { enum e { X, Y }
        struct n { int i in 2..4, a[2] in 1..3, b[2] = 7; enum e e = Y; errno err = -EIO; kref k in 0..2 = 1 }
        struct n one
        int w[2] in 3..5
        thread A { one.i = w[0] } }`,
    );
    expect(program?.structs[0]?.cells.map(({ name, initial }) => [name, initial])).toEqual([
      ['i', 2],
      ['a[0]', 1],
      ['a[1]', 1],
      ['b[0]', 7],
      ['b[1]', 7],
      ['e', 1],
      ['err', -5],
      ['k', 1],
    ]);
    expect(program?.objects.map(({ name, initial }) => [name, initial])).toEqual([
      ['one', []],
      ['w[0]', [{ cell: 0, value: 3 }]],
      ['w[1]', [{ cell: 0, value: 3 }]],
    ]);
  });
  test('a list has room for every instance of its struct', () => {
    const [program] = programs(
      `scenario "s" { struct n { int i }
        struct outer { n inner; n more[2] }
        struct outer o
        struct n one
        pool struct n: 4
        list n l
        thread A { struct n *p = kmalloc(n); list_add(l, p); list_add(l, one); list_add(l, o.inner) } }`,
    );
    expect(program?.objects.find(({ name }) => name === 'l')?.type).toMatchObject({
      cell: { kind: 'list', max: 8 },
    });
  });
});
