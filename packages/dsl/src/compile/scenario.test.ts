// SPDX-License-Identifier: MIT
import { formatProgram } from '@hmmlab/runtime/program';
import { describe, expect, test } from 'vitest';
import { compileText, complaints, programs } from '../testing/memory-host.ts';

const core = (name: string, extra = ''): string => `profile ${name} {
  struct mm_struct { rwsem mmap_sem }
  world mm (mm_struct *self) { }
  verb lock (mm *m) { down_read(m->mmap_sem) }
  ${extra}
}`;
const cores = {
  'profiles/linux/1': core('linux/1'),
  'profiles/linux/2': core('linux/2', 'rule readers_overtake off'),
  'profiles/drivers/gpu':
    'driver gpu for linux/1 { verb lock (mm *m) { down_write(m->mmap_sem) } }',
};

function names(text: string): readonly string[] {
  return compileText(text, cores).scenarios.flatMap(({ instances }) =>
    instances.map(({ name }) => name),
  );
}

describe('instances', () => {
  const thread = 'int x\n thread A: x = 1';

  test('one per combination, named after it', () => {
    expect(
      names(
        `scenario "t" for a in [false, true] for n in [1, -EBUSY] { int x in 0..1 = a\n int y = n\n thread A: x = 1; y = 2 }`,
      ),
    ).toEqual([
      't [a=false, n=1]',
      't [a=false, n=-EBUSY]',
      't [a=true, n=1]',
      't [a=true, n=-EBUSY]',
    ]);
  });
  test('one per world, which is part of the name', () => {
    expect(
      names(`scenario "t" under ["linux/1", "linux/1+drivers/gpu"] { mm M\n thread A: lock M }`),
    ).toEqual(['t [linux/1]', 't [linux/1 + drivers/gpu]']);
  });
  test('a profile may be a parameter; a driver is shown without its folder', () => {
    const text = `use linux/1\nscenario "t" for driver in ["drivers/gpu"] { use driver\n mm M\n thread A: lock M }`;
    expect(names(text)).toEqual(['t [driver=gpu]']);
    const [program] = programs(text, cores);
    expect(program?.profile).toBe('linux/1 + drivers/gpu');
    expect(program?.params).toEqual([{ name: 'driver', value: 'drivers/gpu' }]);
    expect(program?.title).toBe('t');
  });
  test('place, title and comment of the scenario', () => {
    const { scenarios } = compileText(
      `/// What it shows.\n/// And why.\n  scenario "t" { ${thread} }`,
    );
    expect(scenarios).toMatchObject([{ title: 't', line: 3, column: 3 }]);
    expect(scenarios[0]?.doc).toContain('And why.');
  });
  test('names must differ, lists must have values, and there is a limit', () => {
    expect(complaints(`scenario "t" { ${thread} }\nscenario "t" { ${thread} }`))
      .toMatchInlineSnapshot(`
      [
        "3:10 HMM2020 two scenarios are called "t" (a title is the name of a test: choose another)",
      ]
    `);
    expect(complaints(`scenario "t" for a in [1, 1] { int x = a\n thread A: x = 1 }`))
      .toMatchInlineSnapshot(`
      [
        "1:10 HMM2020 two instances are called \`t [a=1]\`",
      ]
    `);
    const list = `[${Array.from({ length: 40 }, (_, i) => i).join(', ')}]`;
    expect(
      complaints(
        `scenario "t" for a in ${list} for b in ${list} { int x = a + b\n thread A: x = 1 }`,
      ),
    ).toMatchInlineSnapshot(`
      [
        "1:10 HMM2019 1600 instances; the limit is 1000 (shorten a list of \`for\` or \`under\`)",
      ]
    `);
  });
});

describe('worlds', () => {
  test('a driver comes before its core', () => {
    const [plain, driven] = programs(
      `scenario "t" under ["linux/1", "linux/1 + drivers/gpu"] { mm M\n thread A: lock M }`,
      cores,
    );
    const locks = (program: typeof plain): unknown =>
      program?.procs
        .find(({ name }) => name === 'lock')
        ?.code.flatMap((i) => (i.op === 'primitive' ? [i.name] : []));
    expect([locks(plain), locks(driven)]).toEqual([['down_read'], ['down_write']]);
  });
  test('rules of the core', () => {
    const rules = programs(
      `scenario "t" under ["linux/1", "linux/2"] { mm M\n thread A: lock M }`,
      cores,
    );
    expect(rules.map(({ lockRules }) => lockRules.readersOvertake)).toEqual([true, false]);
  });
  test('`under` decides the core, whatever the file uses', () => {
    const [program] = programs(
      `use linux/1\nscenario "t" under ["linux/2"] { mm M\n thread A: lock M }`,
      cores,
    );
    expect(program?.profile).toBe('linux/2');
  });
  test('without `use` there is none', () => {
    const [program] = programs('scenario "t" { int x\n thread A: x = 1 }');
    expect(program?.profile).toBeNull();
  });
  test('one core, existing, and fitting', () => {
    expect(complaints('use linux/1, linux/2\nscenario "t" { mm M\n thread A: lock M }', cores))
      .toMatchInlineSnapshot(`
      [
        "1:14 HMM2012 a scenario has one core, and \`linux/1\` is already one",
      ]
    `);
    expect(complaints('use linux/3\nscenario "t" { mm M\n thread A: lock M }', cores))
      .toMatchInlineSnapshot(`
      [
        "1:5 HMM2011 there is no profile \`linux/3\` (did you mean \`linux/1\`?)",
      ]
    `);
    expect(complaints('use linux/2, drivers/gpu\nscenario "t" { mm M\n thread A: lock M }', cores))
      .toMatchInlineSnapshot(`
        [
          "1:14 HMM3010 driver \`gpu\` does not fit \`linux/2\` (it is written for \`linux/1\`)",
        ]
      `);
    expect(complaints('use drivers/gpu\nscenario "t" { int x\n thread A: x = 1 }', cores))
      .toMatchInlineSnapshot(`
        [
          "1:5 HMM3010 driver \`gpu\` does not fit a scenario without a core (it is written for \`linux/1\`)",
        ]
      `);
  });
  test('a word of another profile', () => {
    const other = {
      ...cores,
      'profiles/linux/0': 'profile linux/0 { proc old_lock(mutex *m) { mutex_lock(m) } }',
    };
    expect(
      complaints(
        'use linux/1\nscenario "t" { mm M\n mutex m\n thread A: lock M; old_lock m }',
        other,
      ),
    ).toMatchInlineSnapshot(`
      [
        "4:20 HMM2010 \`old_lock\` exists up to linux/0, you use linux/1 (use linux/0, or a word that linux/1 has)",
      ]
    `);
  });
});

describe('threads and objects', () => {
  test('a small world in full', () => {
    const [program] = programs(`scenario "t" for writer in [true] {
      enum state { IDLE, BUSY }
      struct node { mutex lock; enum state state; int n in 1..3 }
      struct node nodes[2]
      int x in 2..5, a[2] = 7
      errno err = -EIO
      bool b = true
      kref k in 0..3 = 1
      list node l
      completion c
      workqueue wq: 2 workers
      thread reader[2] { int mine = self; x = mine + 2 }
      thread writer if writer { mutex_lock nodes[1].lock; nodes[0].state = BUSY; mutex_unlock nodes[1].lock }
      daemon thread kswapd { wait_for_completion c }
      thread rest { a[0] = 1; err = 0; b = false; kref_get k; list_add(l, nodes[0]); flush_workqueue wq }
      allow signals
      invariant x >= 2 && nodes[0].n == 1
      expect lock_held_at_exit on nodes[1].lock in reader[1] at writer
      expect no stalled_until_timeout
      expect deadlock in wq[1]
      expect sometimes reader[1].mine == 1 && finished(writer)
      expect always !mutex_is_locked(nodes[0].lock) && list_length(l) == 1 && kref_read(k) > 0
      expect never false if !writer
    }`);
    expect(program === undefined ? '' : `\n${formatProgram(program)}`).toMatchInlineSnapshot(`
      "
      program "t" writer=true
      struct node { lock state n }
      object nodes[0]: struct node
      object nodes[1]: struct node
      object x: int = 2
      object a[0]: int = 7
      object a[1]: int = 7
      object err: errno = -5
      object b: bool = 1
      object k: kref = 1
      object l: list
      object c: completion
      object wq: workqueue
      counter k
      task reader[0] runs reader(0) observed mine
      task reader[1] runs reader(1) observed mine
      task writer runs writer()
      daemon kswapd runs kswapd()
      task rest runs rest()
      worker wq[0] runs wq()
      worker wq[1] runs wq()
      invariant ((x >= 2) && (nodes[0].n == 1))
      expect lock_held_at_exit on nodes[1].lock in reader[1] at writer
      expect no stalled_until_timeout
      expect deadlock in wq[1]
      expect sometimes ((reader[1].mine == 1) && finished(writer))
      expect always ((!is_locked(&nodes[0].lock) && (length(&l) == 1)) && (count(&k) > 0))

      proc reader(int self)
         0   mine.1 = self.0
         1 * store &x = (mine.1 + 2)
         2   return

      proc writer()
         0 * mutex_lock(&nodes[1].lock)
         1 * store &nodes[0].state = 1
         2 * mutex_unlock(&nodes[1].lock)
         3   return

      proc kswapd()
         0 * wait_for_completion(&c)
         1   return

      proc rest()
         0 * store &a[0] = 1
         1 * store &err = 0
         2 * store &b = 0
         3 * kref_get(&k)
         4 * list_add(&l, &nodes[0].lock)
         5 * flush_workqueue(&wq)
         6   return

      library proc wq()
      >  0 * work.0 = worker_take(&wq)
         1   call function of work.0
         2 * worker_done(&wq, work.0)
         3   jump 0
      "
    `);
    expect(program?.environment).toEqual({
      signals: true,
      spuriousWakeups: false,
      allocationFailure: false,
    });
  });
  test('a thread that is not part of an instance is not compiled into it, but checked', () => {
    const text = (body: string): string =>
      `scenario "t" for on in [false, true] { mutex m\n int x\n thread A: mutex_lock m; mutex_unlock m\n thread B if on { ${body} }\n expect sometimes B.n == 1 if on }`;
    expect(
      programs(text('int n = 1; x = n')).map(({ threads }) => threads.map(({ name }) => name)),
    ).toEqual([['A'], ['A', 'B']]);
    expect(
      programs(text('int n = 1; x = n')).map(({ expectations }) =>
        expectations.map(({ kind }) => kind),
      ),
    ).toEqual([['holds'], ['sometimes']]);
    expect(complaints(text('int n = 1; down_read m'))).toMatchInlineSnapshot(`
      [
        "4:40 HMM3002 a mutex where an rwsem is expected (a mutex is taken with mutex_lock and released with mutex_unlock)",
      ]
    `);
  });
  test('statements marked unreached keep their reason', () => {
    const [program] = programs(
      'scenario "t" { int x\n thread A { if (x) unreached "x is 0" x = 1 } }',
    );
    expect(program?.unreached).toEqual([
      { reason: 'x is 0', span: { file: 0, line: 2, column: 20, endLine: 2, endColumn: 44 } },
    ]);
  });
});

test('constants of profiles are theirs to replace', () => {
  const base = 'profile a/1 { const N = 2\n proc f() -> int { return N } }';
  const text = `${base}
    profile a/2 extends a/1 { replace const N = 5 }
    scenario "s" for core in ["a/1", "a/2"] { use core\n int x in 0..N\n thread A: x = f()\n expect always x == N }`;
  const [one, two] = programs(text);
  expect([one, two].map((program) => program?.objects[0]?.type)).toEqual([
    { kind: 'cell', cell: { kind: 'int', min: 0, max: 2 } },
    { kind: 'cell', cell: { kind: 'int', min: 0, max: 5 } },
  ]);
});

test('a scenario constant may say how many pages a vma has', () => {
  const text = `${core('linux/9', 'struct vm_area_struct { int start }\n world vma (vm_area_struct *self) { }')}
    use linux/9
    scenario "s" { const PAGES = 3\n mm M\n vma heap on M: PAGES pages\n int x\n thread A: x = NR_PAGES; lock M }`;
  expect(complaints(text)).toEqual([]);
});

test.each(['either { } or { }', 'int x\n await x == 0 { } or x == 1 { }'])(
  'a set-up that chooses is refused, only one of its worlds would be explored: %s',
  (choice) => {
    const text =
      `${core('linux/9').replace('(mm_struct *self) { }', '(mm_struct *self) { pick() }')}
    proc pick() { }
    use linux/9
    scenario "s" { mm M\n int x\n thread A: x = 1; lock M }`
        .replace('proc pick() { }', '')
        .replace('  verb lock', '  proc pick() { CHOICE }\n  verb lock')
        .replace('CHOICE', choice);
    expect(complaints(text).join('\n')).toContain('`pick` chooses, and the set-up runs it');
  },
);
