// SPDX-License-Identifier: MIT
/** Whole files that show the feel of the language; they also seed the mutations of property tests. */

/** Each is a file without syntax errors. */
export const exampleFiles: readonly string[] = [
  `use linux/5.2                     // exactly one core per scenario; drivers (\`use drivers/...\`) say which cores they fit

/// hmm_range_fault of 5.2 unlocks mmap_sem itself when it finds the range invalid. A caller that
/// always unlocks, as the thread's first examples did, unlocks twice.
scenario "a fault that loses to reclaim unlocks twice" {
  mm M
  vma heap on M: 4 pages rw anon present
  device gpu mirrors M
  range R on gpu: heap            // registered by the set-up; \`fault range R\` is the core's hmm_range_fault

  thread A: down_read mmap_sem; fault range R; up_read mmap_sem   // one-line form; mmap_sem is M's, there is only one
  thread B { reclaim heap[0..2) }                                 // block form

  expect unlock_not_held on M.mmap_sem in A
}
`,
  `/// Zapping under memory_lock against a fault under mmap_sem.
/// Both mmap_sem holds are reads, so two threads can't deadlock. A queued writer closes the cycle.
/// Thread: vfio-pci: invalidate mmaps and block MMIO access, May 2020
scenario "vfio: zap against fault" for writer in [false, true] {
  rwsem mmap_sem, memory_lock

  thread zap:   down_write memory_lock; down_read mmap_sem; up_read mmap_sem; up_write memory_lock
  thread fault: down_read mmap_sem; down_read memory_lock; up_read memory_lock; up_read mmap_sem
  thread mmap if writer: down_write mmap_sem; up_write mmap_sem

  expect deadlock on memory_lock in fault  if writer
  expect holds                             if !writer
}
`,
  `/// The helper as nouveau had it before the July 2019 series: unlocks mmap_sem for some errors only.
/// drivers/gpu/drm/nouveau/nouveau_svm.c nouveau_range_fault, and hmm.h hmm_vma_fault before it
/// Not modelled: pfn flag conversion.
driver nouveau/5.3-rc1 for linux/5.3-rc1 {
  struct svmm { mutex lock; mm *mm; mirror mirror }

  proc range_fault(svmm *s, hmm_range *r) -> errno {
    errno ret = hmm_range_register(r, s->mirror)
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

  /// What a scenario's \`fault range R\` means for a range on this device.
  verb fault range (hmm_range *r) { svm_fault(r->device, r) }
}
`,
  `profile linux/5.3 extends linux/5.3-rc1 {
  /// mm/hmm.c hmm_range_fault, commit 2bcbeaefde2f: an invalid range is -EBUSY and mmap_sem stays held.
  replace hmm_range_fault(hmm_range *r, bool block) -> int { return 0 }
}
`,
  `/// Lost update. Complete schedules: AABB AbAB ... (6), 4 of them wrong.
scenario "x++ twice" {
  int x = 0
  thread A: x++
  thread B: x++
  expect sometimes x == 1
  expect sometimes x == 2
  expect never x == 0
}
`,
  `scenario "the device never keeps what the mm gave up" under ["linux/5.2", "linux/5.3", "linux/5.5"] {
  mm M
  vma heap on M: 2 pages rw anon
  device gpu mirrors M
  range R on gpu: heap

  thread driver: fault range R
  thread cpu:    reclaim heap[0..1)
  thread exit:   exit_mmap M

  expect stale_mapping in driver  under ["linux/5.2", "linux/5.3"]
  expect holds                    under ["linux/5.5"]
}
`,
  String.raw`use linux/5.3-rc1, // the core
  drivers/nouveau/5.3
import "./mine.hmm"
/// Doc one.
/// Doc two.
enum colour {
  RED,
  GREEN,
}
struct foo
{
  mutex lock; int n in 0..3 = 1
  bar *next
  /// table
  pte table[NR_PAGES] mirrors mm->ptes owed pending
  owed pending
  kref users in 0..3 = 1 held_by nodes, struct foo.next.bar, // a comment
    mm.ptes of pfn, 1, thread
  mm_struct *mm guarded_by(lock) holds mm_users // not held_by
  list foo nodes
  list foo nodes guarded_by (mm->lock)
  int a, b = 1 guarded_by(lock)
  ops hmm_ops ops
  struct bar b; enum colour c = RED
  work w = fn
}
ops I { sync(foo *m, int start) -> int; get(int a) -> foo *
  release(foo *m) }
ops I table = { sync: a, release: b }
proc f(int a, struct foo *p, list foo l) -> errno depth 2
{
  range->valid = 1
  work = NULL
  mm->users++
  ++list
  int n in 0..3 = 1, m
  struct foo f, *q = p
  work w = fn
  hmm_range_fault(r, block: true)
  int ret = fault range R
  ret = fault range R, (1 + 2)
  down_read mmap_sem
  foo a b[1]->c "str"
  if (ret) return ret
  if (!g(x))
  {
    goto out
  } else if (a == -EBUSY || b && c | d) x = 1; else
    y = a ? b : c
  while (x)
    x--
  do {
    x += 2
  } while (x < 3)
  z = 4
  for (int i in 0..3 = 0; i < 3; i++) { continue; break }
  for (;;) ;
  for (struct foo *p in head->list) kfree(p)
  x = a +
    b
out:
  unreached "no" return trylock m
  { int local }
  tick
  return
}
verb fault range (hmm_range *r) { svm_fault(r->device, r) }
world vma (vma *v, mm *m) { }
profile linux/5.3 extends linux/5.3-rc1 {
  /// replaced
  replace hmm_range_fault(hmm_range *r, bool block) -> int { return 0 }
  replace verb x (int a) { }
  remove foo
  rule readers_overtake off
}
driver nouveau/5.3 for linux/5.3, linux/5.4 extends nouveau/5.2 { }
scenario "t \"q\"" for writer in [false, true] for driver in ["a", "b"] under ["x", "y"] {
  use driver
  mm M, N
  vma heap on M: 4 pages rw anon present
  device gpu mirrors M
  range R on gpu: heap
  range S on gpu: heap[0..2)
  pool struct foo: 4
  rwsem a, b
  int x in 0..3 = 1
  int arr[3]
  struct foo f
  enum colour c = RED
  workqueue wq
  workqueue wq2: 2 workers
  work w = fn
  list foo l
  thread A: down_read mmap_sem; fault range R; up_read mmap_sem   // c
  thread driver if writer: out: goto out
  thread r[3] if (writer) {
    x++
  }
  daemon thread kswapd { reclaim heap[0..2) }
  thread one: if (x) { a() } else b()
  thread two: x = 1; if (x) {
    y = 2
  }; z = 3
  expect unlock_not_held on M.mmap_sem in A
  expect deadlock on nodes[1].lock in r[1] at f if (writer)
  expect holds under ["x"] if !writer
  expect no stalled_until_timeout
  expect never x == 0 && finished(A) if writer
  expect eventually x == 1 within preemptions 2, schedule
  expect x == 0 leads to finished(A) under ["x"]
  bound preemptions 2, steps 40
  assume A.here before r[1].there
  schedule A*3, r[1] way 2, B timeout
  schedule "h1:12345678:0"
  sample 100 seed 7
  invariant x < 3
  allow signals, allocation_failure
  tags slow, vfio
  seq s
  seq *q[2]
  check no livelock ,
    leak
  int g in 0..1 = 1 guarded_by(a)
}
skip   "why"
scenario "u" { check data_race; tags skip }
only scenario "v" under ["x"] { }
todo scenario "w" for x in [1]
/// last
todo scenario "x" { tags only }
`,
];
