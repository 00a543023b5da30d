// SPDX-License-Identifier: MIT
/** The helper drops mmap_sem when the range went invalid, and its caller drops it again. */

import type { ReportInput } from '../create-report.ts';
import type { Deed } from './build-case.ts';
import { buildCase } from './build-case.ts';

const source = `use linux/5.3-rc1, drivers/nouveau/5.3-rc1

scenario "nouveau: fault loses to reclaim" {
  mm M
  vma heap on M: 1 page rw anon present
  device gpu mirrors M
  range R on gpu: heap

  thread driver:  fault range R
  thread reclaim: reclaim heap
}
`;

/** A step of the driver inside its procs, outermost first. */
function driver(procs: string, text: string, more: Deed[3] = {}): Deed {
  const within = procs.split(' ').filter((name) => name !== '');
  return ['driver', 9, text, { ...more, procs: within, at: 'fault range R' }];
}

function reclaim(procs: string, text: string, more: Deed[3] = {}): Deed {
  return ['reclaim', 10, text, { ...more, procs: procs.split(' '), at: 'reclaim heap' }];
}

const beginning: readonly Deed[] = [
  driver('svm_fault', 'down_read M.mmap_sem', {
    takes: ['M.mmap_sem', 'read'],
    changes: ['M.mmap_sem: free -> read driver'],
  }),
  driver('svm_fault range_fault hmm_range_register', 'kref_get_unless_zero M.users -> true', {
    changes: ['M.users: 1 -> 2'],
  }),
  driver('svm_fault range_fault hmm_range_register', 'spin_lock_irqsave M.hmm.ranges_lock', {
    takes: ['M.hmm.ranges_lock', 'exclusive'],
    changes: ['M.hmm.ranges_lock: free -> driver'],
  }),
  driver('svm_fault range_fault hmm_range_register', 'list_add M.hmm.ranges R', {
    changes: ['M.hmm.ranges: {} -> {R}'],
  }),
  driver('svm_fault range_fault hmm_range_register', 'load M.hmm.notifiers -> 0'),
  driver('svm_fault range_fault hmm_range_register', 'store R.valid = true', {
    changes: ['R.valid: false -> true'],
  }),
  driver('svm_fault range_fault hmm_range_register', 'spin_unlock_irqrestore M.hmm.ranges_lock', {
    drops: 'M.hmm.ranges_lock',
    changes: ['M.hmm.ranges_lock: driver -> free'],
  }),
  driver('svm_fault range_fault hmm_range_wait_until_valid', 'load R.valid -> true'),
];

const failing: readonly Deed[] = [
  ...beginning,
  reclaim('mm_reclaim hmm_invalidate_range_start', 'store M.hmm.notifiers = 1', {
    changes: ['M.hmm.notifiers: 0 -> 1'],
  }),
  reclaim('mm_reclaim hmm_invalidate_range_start', 'store R.valid = false', {
    changes: ['R.valid: true -> false'],
  }),
  driver('svm_fault range_fault hmm_range_fault', 'load R.valid -> false'),
  driver('svm_fault range_fault hmm_range_fault', 'up_read M.mmap_sem', {
    drops: 'M.mmap_sem',
    changes: ['M.mmap_sem: read driver -> free'],
    touched: ['M.mmap_sem'],
  }),
  driver('svm_fault', 'up_read M.mmap_sem', { touched: ['M.mmap_sem'] }),
];

const passing: readonly Deed[] = [
  ...beginning,
  driver('svm_fault range_fault hmm_range_fault', 'load R.valid -> true'),
  driver('svm_fault range_fault hmm_range_fault', 'load M.ptes[0] -> pfn 1 rw'),
  driver('svm_fault', 'up_read M.mmap_sem', {
    drops: 'M.mmap_sem',
    changes: ['M.mmap_sem: read driver -> free'],
  }),
];

/** The double unlock, ready to report. */
export function nouveauDoubleUnlock(): ReportInput {
  const { program, sources, span, trace, verdict } = buildCase({
    title: 'nouveau: fault loses to reclaim',
    file: 'scenarios/nouveau/mmap_sem.hmm',
    threads: ['driver', 'reclaim', 'idle'],
    source,
  });
  return {
    program,
    sources,
    findingIndex: 0,
    failing: trace(failing),
    passing: trace(passing),
    verdict: verdict({
      code: 'HMM4104',
      name: 'unlock_not_held',
      thread: 'driver',
      object: 'M.mmap_sem',
      within: ['driver', 'svm_fault'],
      span: span(9, 'fault range R'),
      message: 'driver releases M.mmap_sem, which it no longer holds',
    }),
  };
}
