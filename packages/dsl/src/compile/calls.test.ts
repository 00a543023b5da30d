// SPDX-License-Identifier: MIT
import { describe, expect, test } from 'vitest';
import { disassembly, programs } from '../testing/memory-host.ts';

describe('calls', () => {
  test('arguments are evaluated as written, wherever their parameters stand', () => {
    expect(
      disassembly(
        `scenario "s" {
          int x, y
          proc f(int a, int b) -> int { return a - b }
          thread A { x = f(b: x, a: y) }
          thread B { x = 1; y = 2 }
        }`,
        'A',
      ),
    ).toMatchInlineSnapshot(`
      "
      proc A()
         0 * %0 = load &x
         1 * %1 = load &y
         2   %2 = call f(%1, %0)
         3 * store &x = %2
         4   return
      "
    `);
  });

  test('a command is a call; the longest verb wins, locks and structs are passed by address', () => {
    expect(
      disassembly(
        `scenario "s" {
          struct mm_struct { rwsem mmap_sem }
          struct mm_struct M
          verb drop (mm *m) { up_read(m->mmap_sem) }
          verb drop write (mm *m) { up_write(m->mmap_sem) }
          thread A: down_read mmap_sem; drop M; down_write M.mmap_sem; drop write M
        }`,
      ),
    ).toMatchInlineSnapshot(`
      "
      program "s"
      struct mm_struct { mmap_sem }
      object M: struct mm_struct
      task A runs A()
      expect holds

      proc A()
         0 * down_read(&M.mmap_sem)
         1   call drop(&M.mmap_sem)
         2 * down_write(&M.mmap_sem)
         3   call drop write(&M.mmap_sem)
         4   return

      proc drop(mm_struct * m)
         0 * up_read(m.0+0)
         1   return

      proc drop write(mm_struct * m)
         0 * up_write(m.0+0)
         1   return
      "
    `);
  });

  test('callbacks go through tables, of fields or by name', () => {
    expect(
      disassembly(
        `scenario "s" {
          ops mirror_ops { sync(mirror *m, int start) -> errno; release(mirror *m) }
          ops mirror_ops my_ops = { sync: my_sync }
          struct mirror { ops mirror_ops ops; int synced }
          struct mirror m
          proc my_sync(mirror *m, int start) -> errno { m->synced = start; return 0 }
          thread A {
            m.ops = my_ops
            errno ret = m.ops->sync(m, 2)
            if (!ret) my_ops.sync(m, 3)
            if (m.ops) m.ops = NULL
          }
        }`,
      ),
    ).toMatchInlineSnapshot(`
      "
      program "s"
      struct mirror { ops synced }
      object m: struct mirror
      ops my_ops = { my_sync, NULL }
      task A runs A()
      expect holds

      proc A()
         0 * store &m.ops = 1
         1 * %1 = load &m.ops
         2   ret.0 = call slot 0 of %1(&m.ops, 2)
         3   if !ret.0 then 4 else 5
      >  4   %2 = call slot 0 of 1(&m.ops, 3)
      >  5 * %3 = load &m.ops
         6   if %3 then 7 else 8
      >  7 * store &m.ops = 0
      >  8   return

      proc my_sync(mirror * m, int start)
         0 * store m.0+1 = start.1
         1   return 0
      "
    `);
  });

  test('work items: a function from the start or by INIT_WORK, a worker per queue', () => {
    expect(
      disassembly(
        `scenario "s" {
          struct job { int done; work work = run_job; work other }
          struct job j
          workqueue wq
          proc run_job(work *w) { struct job *job = container_of(w, struct job, work); job->done = 1 }
          thread A { INIT_WORK(j.other, run_job); queue_work(wq, j.work); flush_work j.work }
        }`,
      ),
    ).toMatchInlineSnapshot(`
      "
      program "s"
      struct job { done work other }
      object j: struct job
      object wq: workqueue
      task A runs A()
      worker wq runs wq()
      expect holds

      proc run_job(work * w)
         0   job.1 = w.0-1
         1 * store job.1+0 = 1
         2   return

      proc A()
         0 * INIT_WORK(&j.other, 1)
         1 * %0 = queue_work(&wq, &j.work)
         2 * %1 = flush_work(&j.work)
         3   return

      library proc wq()
      >  0 * work.0 = worker_take(&wq)
         1   call function of work.0
         2 * worker_done(&wq, work.0)
         3   jump 0
      "
    `);
  });

  test('heap objects', () => {
    expect(
      disassembly(
        `scenario "s" {
          struct foo { kref ref = 1; int n }
          pool struct foo: 2
          thread A { struct foo *p = kmalloc(foo); if (!p) return; if (kref_put(p->ref)) kfree(p) }
        }`,
        'A',
      ),
    ).toMatchInlineSnapshot(`
      "
      proc A()
         0 * p.0 = alloc foo
         1   if !p.0 then 2 else 3
      >  2   return
      >  3 * %1 = kref_put(p.0+0)
         4   if %1 then 5 else 6
      >  5 * free p.0
      >  6   return
      "
    `);
  });

  test('a parameter of kind pages is vma, mm, start and end', () => {
    const core = `profile core {
      struct mm_struct { pte ptes[NR_PAGES]; frames frames }
      struct vm_area_struct { int start; int end }
      enum vma_kind { ANON, FILE }
      world mm (mm_struct *self) { }
      world vma (vm_area_struct *self, mm_struct *mm, int start, int end, bool read, bool write, enum vma_kind kind) {
        self->start = start
        self->end = end
        if (write && kind == FILE) mm->ptes[start] = PTE_NONE
      }
      verb zap (pages p) { for (int i = p.start; i < p.end; i++) ptep_get_and_clear(p.mm->ptes[i]); zap_more(p) }
      proc zap_more(pages p) { p.vma->start = p.end }
    }`;
    const [program] = programs(
      `use core
      scenario "s" {
        mm M
        vma heap on M: 2 pages
        vma lib on M: 1 pages ro file
        thread A: zap heap[1..2); zap lib
      }`,
      { 'profiles/core': core },
    );
    const calls = program?.procs.flatMap(({ name, code }) =>
      code.flatMap((i) =>
        i.op === 'call'
          ? [[name, ...i.args.map((a) => (a.kind === 'const' ? a.value : a.kind))]]
          : [],
      ),
    );
    expect(calls).toEqual([
      ['set-up', 'object'],
      ['set-up', 'object', 'object', 0, 2, 1, 1, 0],
      ['set-up', 'object', 'object', 3, 4, 1, 0, 1],
      ['A', 'object', 'object', 1, 2],
      ['A', 'object', 'object', 3, 4],
      ['zap', 'local', 'local', 'local', 'local'],
    ]);
    const mm = program?.structs.find(({ name }) => name === 'mm_struct');
    expect(mm?.cells.map(({ name }) => name)).toEqual([
      'ptes[0]',
      'ptes[1]',
      'ptes[2]',
      'ptes[3]',
      'frames',
    ]);
    expect(mm?.cells.at(-1)?.type).toEqual({ kind: 'frames', count: 4 });
  });
});

describe('a load is a border unless its cell is fixed after the set-up', () => {
  function borders(text: string): readonly boolean[] {
    const [program] = programs(text);
    const proc = program?.procs.find(({ name }) => name === 'A');
    return (proc?.code ?? []).filter((i) => i.op === 'load').map((i) => i.border);
  }
  const node = 'struct node { int fixed; int changing } ';

  test('written by a thread, or by nobody', () => {
    expect(
      borders(`scenario "s" { ${node} struct node n; int x, y
        thread A { x = n.fixed; x = n.changing; x = y }
        thread B { n.changing = 1 } }`),
    ).toEqual([false, true, false]);
  });
  test('an element counts as its whole array', () => {
    expect(
      borders('scenario "s" { int a[2], x\n thread A { x = a[0] }\n thread B { a[1] = 1 } }'),
    ).toEqual([true]);
  });
  test('an address taken anywhere lets anyone write', () => {
    expect(
      borders(
        'scenario "s" { int a, b, x\n proc bump(int *p) { *p = 1 }\n thread A { x = a; x = b }\n thread B { bump(&a) } }',
      ),
    ).toEqual([true, false]);
  });
  test('code that no thread reaches writes nothing', () => {
    expect(
      borders('scenario "s" { int a, x\n proc never() { a = 1 }\n thread A { x = a } }'),
    ).toEqual([false]);
  });
  test('what can be freed is always one: the load may be a use after free', () => {
    expect(
      borders(`scenario "s" { ${node} pool struct node: 1\n struct node *p; int x
        thread A { p = kmalloc(node); x = p->fixed } }`),
    ).toEqual([true, true]);
  });
});
