// SPDX-License-Identifier: MIT
/** Scenarios as people write them, on the built-in kernel. */

import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { createNodeHost } from '../node/host.ts';
import { compile } from './compile.ts';

const host = createNodeHost({ root: resolve(import.meta.dirname, '../../../..') });

function instances(text: string): readonly string[] {
  const { scenarios, diagnostics } = compile(text, 'example.hmm', host);
  expect(diagnostics).toEqual([]);
  return scenarios.flatMap((scenario) => scenario.instances.map(({ name }) => name));
}

test('the sentence of the design, as it stands', () => {
  const text = `use linux/5.3-rc1

/// A caller that always unlocks.
scenario "a fault that loses to reclaim unlocks twice" {
  mm M
  vma heap on M: 4 pages rw anon present
  device gpu mirrors M
  range R on gpu: heap            // registered by the set-up

  thread A: down_read mmap_sem; fault range R; up_read mmap_sem   // one-line form
  thread B { reclaim heap[0..2) }                                 // block form

  expect unlock_not_held on M.mmap_sem in A
}
`;
  expect(instances(text)).toEqual(['a fault that loses to reclaim unlocks twice']);
  const [scenario] = compile(text, 'example.hmm', host).scenarios;
  const program = scenario?.instances[0]?.program;
  expect(program?.expectations).toMatchObject([
    { finding: 'unlock_not_held', on: 'M.mmap_sem', in: 'A' },
  ]);
  const a = program?.procs.find(({ name }) => name === 'A');
  expect(
    a?.code.map((i) =>
      i.op === 'call' ? program?.procs[i.proc]?.name : i.op === 'primitive' ? i.name : i.op,
    ),
  ).toEqual(['down_read', 'fault range', 'up_read', 'return']);
  expect(
    a?.code.map(({ span }) =>
      text.split('\n')[span.line - 1]?.slice(span.column - 1, span.endColumn - 1),
    ),
  ).toEqual(['down_read mmap_sem', 'fault range R', 'up_read mmap_sem', 'up_read mmap_sem']);
});

test('a lock order with and without a writer', () => {
  expect(
    instances(`/// Zapping under memory_lock against a fault under mmap_sem.
scenario "vfio: zap against fault" for writer in [false, true] {
  rwsem mmap_sem, memory_lock

  thread zap:   down_write memory_lock; down_read mmap_sem; up_read mmap_sem; up_write memory_lock
  thread fault: down_read mmap_sem; down_read memory_lock; up_read memory_lock; up_read mmap_sem
  thread mmap if writer: down_write mmap_sem; up_write mmap_sem

  expect deadlock on memory_lock in fault  if writer
  expect holds                             if !writer
}`),
  ).toEqual(['vfio: zap against fault [writer=false]', 'vfio: zap against fault [writer=true]']);
});

test('one scenario under several worlds, with expectations for each', () => {
  expect(
    instances(`scenario "the device never keeps what the mm gave up" under ["linux/5.3-rc1", "linux/5.3", "linux/5.3 + drivers/nouveau/5.3"] {
  mm M
  vma heap on M: 2 pages rw anon
  device gpu mirrors M
  range R on gpu: heap

  thread driver: fault range R
  thread cpu:    reclaim heap[0..1)
  thread exit:   exit_mmap M

  expect stale_mapping in driver  under ["linux/5.3-rc1", "linux/5.3"]
  expect holds                    under ["linux/5.3 + drivers/nouveau/5.3"]
}`).map((name) => name.slice(name.indexOf('['))),
  ).toEqual(['[linux/5.3-rc1]', '[linux/5.3]', '[linux/5.3 + drivers/nouveau/5.3]']);
});

test('a driver of one’s own', () => {
  expect(
    instances(`driver mine/5.3 for linux/5.3 {
  struct svmm { mutex lock; mm *mm; mirror mirror; owed pending; pte table[NR_PAGES] mirrors mm->ptes owed pending }
  world device (svmm *self, mm *m) { self->mm = m }
  world range (range *self, svmm *s, int start, int end) { self->start = start; self->end = end; self->valid = s->mm != NULL }

  proc range_fault(svmm *s, hmm_range *r) -> errno {
    errno ret = hmm_range_register(r, s->mirror, r->start, r->end)
    if (ret) return ret
    if (!hmm_range_wait_until_valid(r)) {
      up_read(s->mm->mmap_sem)
      return -EAGAIN
    }
    ret = hmm_range_fault(r, block: true)
    if (ret <= 0) {
      if (ret == -EBUSY || ret == 0) {
        up_read(s->mm->mmap_sem)
        ret = -EBUSY
      } else if (ret == -EAGAIN) {
        ret = -EBUSY
      }
      hmm_range_unregister(r)
      return ret
    }
    return 0
  }
  verb populate (svmm *s, hmm_range *r) -> errno { return range_fault(s, r) }
}

scenario "mine" {
  use linux/5.3, drivers/mine/5.3
  mm M
  vma heap on M: 1 pages
  device gpu mirrors M
  range R on gpu: heap
  thread A { down_read mmap_sem; errno ret = populate gpu, R; if (!ret) up_read mmap_sem }
  expect sometimes A.ret == 0
}`),
  ).toEqual(['mine']);
});
