// SPDX-License-Identifier: MIT
/** One-line mistakes in the kernel sources, each with a scenario that notices, and as what. */

/** A scenario that passes as the kernel stands. */
export interface Witness {
  /** Below `scenarios/`, without `.hmm`. */
  readonly file: string;
  /** Full name of the instance. */
  readonly instance: string;
}

/** A mistake, named as `hmm mutate` names it. */
export interface KernelMutation {
  /** Folder below the kernel sources that the proc is written in. */
  readonly profile: string;
  readonly proc: string;
  readonly says: string;
  readonly witness: Witness;
  /** Name of a finding or problem of the witness, with the mistake. */
  readonly shows: string;
}

const again: Witness = {
  file: 'nouveau/goto-again',
  instance: 'the handler tries again [linux/5.3-patient + drivers/nouveau/5.3-patient]',
};
const reaper: Witness = {
  file: 'nouveau/oom-reaper',
  instance: 'the OOM reaper against a GPU fault [linux/5.3-patient + drivers/nouveau/5.3-patient]',
};
const reaper52: Witness = {
  file: 'nouveau/oom-reaper',
  instance: 'the OOM reaper against a GPU fault [linux/5.2-patient + drivers/nouveau/5.2-patient]',
};
const munmap: Witness = {
  file: 'nouveau/munmap',
  instance: 'munmap against a GPU fault [linux/5.3 + drivers/nouveau/5.3]',
};
const patches: Witness = {
  file: 'nouveau/first-patch',
  instance: 'patches 2 to 4 without the first [linux/5.3-patient + drivers/nouveau/5.3-patient]',
};

const frozen: Witness = {
  file: 'hmm/interval-notifier',
  instance: 'insertion during an invalidation [frozen=true]',
};
const elsewhere: Witness = {
  file: 'hmm/interval-notifier',
  instance: 'insertion during an invalidation [frozen=false]',
};

const RANGES = 'for (struct hmm_range *range in hmm->ranges) { if (range-...';
const MIRRORS = 'for (struct hmm_mirror *mirror in hmm->mirrors) { errno r...';

type Row = readonly [profile: string, proc: string, says: string, witness: Witness, shows: string];

// table
const ROWS: readonly Row[] = [
  // The count of open invalidations, and who waits for it.
  ['linux/5.3-rc1', 'notifiers_decrement', 'without `hmm->notifiers--`', again, 'deadlock'],
  [
    'linux/5.3-rc1',
    'notifiers_decrement',
    '`hmm->notifiers` instead of `!hmm->notifiers`',
    again,
    'deadlock',
  ],
  [
    'linux/5.3-rc1',
    'notifiers_decrement',
    `\`wake_up_all(hmm->wq)\` before \`${RANGES}\``,
    again,
    'lost_wakeup',
  ],
  ['linux/5.3-rc1', 'notifiers_decrement', 'without `wake_up_all(hmm->wq)`', again, 'lost_wakeup'],
  ['linux/5.3-rc1', 'notifiers_decrement', 'without `range->valid = true`', again, 'deadlock'],
  [
    'linux/5.3-rc1',
    'notifiers_decrement',
    'without locking `hmm->ranges_lock`',
    again,
    'unguarded_access',
  ],
  ['linux/5.3-rc1', 'hmm_invalidate_range_start', 'without `hmm->notifiers++`', again, 'deadlock'],
  [
    'linux/5.3-rc1',
    'hmm_invalidate_range_end',
    'without `notifiers_decrement(hmm)`',
    again,
    'deadlock',
  ],
  ['linux/5.2', 'hmm_invalidate_range_start', 'without `hmm->notifiers++`', reaper52, 'deadlock'],
  ['linux/5.2', 'hmm_invalidate_range_end', 'without `hmm->notifiers--`', reaper52, 'deadlock'],
  [
    'linux/5.2',
    'hmm_invalidate_range_end',
    `\`wake_up_all(hmm->wq)\` before \`${RANGES}\``,
    reaper52,
    'lost_wakeup',
  ],
  [
    'linux/5.2',
    'hmm_invalidate_range_end',
    'without locking `hmm->lock`',
    reaper52,
    'unguarded_access',
  ],

  // Invalidating: ranges first, then every driver, under its lock.
  [
    'linux/5.3-rc1',
    'hmm_invalidate_range_start',
    'without `range->valid = false`',
    reaper,
    'never_happens',
  ],
  [
    'linux/5.3-rc1',
    'hmm_invalidate_range_start',
    'without locking `hmm->ranges_lock`',
    again,
    'unguarded_access',
  ],
  [
    'linux/5.3-rc1',
    'hmm_invalidate_range_start',
    'without locking `hmm->mirrors_sem`',
    again,
    'unguarded_access',
  ],
  [
    'linux/5.3-rc1',
    'hmm_invalidate_range_start',
    `\`up_read(hmm->mirrors_sem)\` before \`${MIRRORS}\``,
    again,
    'unguarded_access',
  ],
  [
    'linux/5.3-rc1',
    'hmm_invalidate_range_start',
    'without `if (!down_read_trylock(hmm->mirrors_sem)) ...`',
    reaper,
    'unguarded_access',
  ],
  ['linux/5.3-rc1', 'hmm_invalidate_range_start', 'without `if (rc) ...`', reaper, 'stale_mapping'],
  [
    'linux/5.3-rc1',
    'hmm_invalidate_range_start',
    'without `notifiers_decrement(hmm)`',
    reaper,
    'deadlock',
  ],
  ['linux/5.3-rc1', 'hmm_invalidate_range_start', 'without `hmm_put(hmm)`', again, 'leak'],
  ['linux/5.3-rc1', 'hmm_invalidate_range_end', 'without `hmm_put(hmm)`', again, 'leak'],
  [
    'linux/5.3-rc1',
    'hmm_mirror_register',
    'without `list_add(mirror->hmm->mirrors, mirror)`',
    munmap,
    'stale_mapping',
  ],
  [
    'linux/5.2',
    'hmm_invalidate_range_start',
    'without `if (!mutex_trylock(hmm->lock)) ...`',
    reaper52,
    'unguarded_access',
  ],

  // Ranges: on the list exactly as long as they live, and what they hold.
  [
    'linux/5.3-rc1',
    'hmm_range_register',
    'without `list_add(hmm->ranges, range)`',
    again,
    'list_corruption',
  ],
  ['linux/5.3-rc1', 'hmm_range_register', 'without `range->valid = true`', again, 'deadlock'],
  [
    'linux/5.3-rc1',
    'hmm_range_register',
    '`hmm->notifiers` instead of `!hmm->notifiers`',
    again,
    'deadlock',
  ],
  [
    'linux/5.3-rc1',
    'hmm_range_register',
    'without locking `hmm->ranges_lock`',
    again,
    'unguarded_access',
  ],
  [
    'linux/5.3-rc1',
    'hmm_range_unregister',
    'without `list_del(hmm->ranges, range)`',
    reaper,
    'use_after_free',
  ],
  ['linux/5.3-rc1', 'hmm_range_unregister', 'without `mmput(hmm->mm)`', again, 'leak'],
  ['linux/5.3-rc1', 'hmm_range_unregister', 'without `hmm_put(hmm)`', again, 'leak'],
  [
    'linux/5.3-rc1',
    'hmm_range_unregister',
    '`mmput(hmm->mm)` before `spin_unlock_irqrestore(hmm->ranges_lock)`',
    again,
    'sleep_in_atomic',
  ],
  ['linux/5.2', 'hmm_range_register', 'without locking `hmm->lock`', reaper52, 'unguarded_access'],
  [
    'linux/5.2',
    'hmm_range_unregister',
    'without `list_del(hmm->ranges, range)`',
    reaper52,
    'use_after_free',
  ],

  // The walk: its re-checks.
  ['linux/5.3', 'hmm_range_fault', 'without `if (!range->valid) ...`', reaper, 'never_happens'],
  [
    'linux/5.3',
    'hmm_range_fault',
    '`range->valid` instead of `ret == -EBUSY && range->valid`',
    reaper,
    'livelock',
  ],
  ['linux/5.3', 'hmm_range_fault', 'without `start = walk.last`', reaper, 'never_happens'],
  [
    'linux/5.2',
    'hmm_range_fault',
    '`false` instead of `ret == -EBUSY && range->valid`',
    reaper52,
    'never_happens',
  ],

  // The mm: who takes pages away tells the notifiers before.
  [
    'mm/5.2',
    'unmap_vmas',
    'without `mmu_notifier_invalidate_range_start(mm, start, end)`',
    munmap,
    'stale_mapping',
  ],
  [
    'mm/5.2',
    'unmap_vmas',
    '`zap_pte_range(mm, start, end)` before `mmu_notifier_invalidate_range_start(mm, start, end)`',
    munmap,
    'stale_mapping',
  ],
  ['mm/5.2', '__vm_munmap', 'without `list_del(mm->mmap, vma)`', munmap, 'stale_mapping'],
  [
    'mm/5.2',
    '__vm_munmap',
    '`mmap_write_downgrade(mm)` before `list_del(mm->mmap, vma)`',
    munmap,
    'stale_mapping',
  ],
  ['mm/5.2', '__vm_munmap', 'without `mmap_write_downgrade(mm)`', munmap, 'unlock_not_held'],
  ['mm/5.2', 'oom reap', 'without `if (!mmap_read_trylock(mm)) ...`', reaper, 'unlock_not_held'],
  ['mm/5.2', 'oom reap', 'without `mmap_read_unlock(mm)`', reaper, 'lock_held_at_exit'],
  ['mm/5.2', 'oom reap', 'without `mmu_notifier_invalidate_range_end(mm)`', reaper52, 'deadlock'],
  [
    'mm/5.2',
    'zap_pte_range',
    'without `spin_unlock(mm->page_table_lock)`',
    munmap,
    'sleep_in_atomic',
  ],
  [
    'mm/5.2',
    'do_anonymous_page',
    'without `spin_unlock(mm->page_table_lock)`',
    reaper52,
    'sleep_in_atomic',
  ],

  // The driver.
  [
    'drivers/nouveau',
    'nouveau_svm_fault',
    'without `if (!nouveau_range_done(&range)) ...`',
    patches,
    'use_after_free',
  ],
  [
    'drivers/nouveau',
    'nouveau_svm_fault',
    '`nouveau_range_done(&range)` instead of `!nouveau_range_done(&range)`',
    patches,
    'livelock',
  ],
  [
    'drivers/nouveau',
    'nouveau_svm_fault',
    'without locking `svmm->mutex`',
    patches,
    'unguarded_access',
  ],
  [
    'drivers/nouveau',
    'nouveau_svm_fault',
    '`mutex_unlock(svmm->mutex)` before `nouveau_svm_pfnmap(svmm, &range)`',
    patches,
    'unguarded_access',
  ],
  [
    'drivers/nouveau',
    'nouveau_range_fault',
    'without `hmm_range_unregister(range)`',
    patches,
    'use_after_free',
  ],
  [
    'drivers/nouveau',
    'nouveau_svmm_sync_cpu_device_pagetables',
    'without `svmm->table[addr] = PTE_NONE`',
    munmap,
    'stale_mapping',
  ],
  [
    'drivers/nouveau',
    'nouveau_svmm_sync_cpu_device_pagetables',
    'without `if (!blockable) ...`',
    reaper,
    'block_in_non_blockable',
  ],

  // Interval notifiers: the sequence, the tree that must not change, and who waits for the end.
  [
    'mm/5.5',
    'mn_itree_inv_start_range',
    'without `mmn_mm->invalidate_seq |= 1`',
    frozen,
    'contract',
  ],
  ['mm/5.5', 'mn_itree_inv_start_range', 'without `res = mni`', frozen, 'stale_mapping'],
  ['mm/5.5', 'mn_itree_inv_end', 'without `mmn_mm->invalidate_seq++`', elsewhere, 'deadlock'],
  [
    'mm/5.5',
    'mn_itree_inv_end',
    'without `mmn_mm->active_invalidate_ranges--`',
    elsewhere,
    'deadlock',
  ],
  ['mm/5.5', 'mn_itree_inv_end', 'without `wake_up_all(mmn_mm->wq)`', elsewhere, 'lost_wakeup'],
  [
    'mm/5.5',
    'mmu_interval_read_begin',
    '`!is_invalidating` instead of `is_invalidating`',
    frozen,
    'stale_mapping',
  ],
  [
    'mm/5.5',
    'mmu_interval_set_seq',
    'without `WRITE_ONCE(mni->invalidate_seq, cur_seq)`',
    frozen,
    'contract',
  ],
  [
    'mm/5.5',
    'mmu_interval_notifier_insert',
    'without `mni->invalidate_seq = mmn_mm->invalidate_seq`',
    frozen,
    'stale_mapping',
  ],
];

/** All of them. */
export const kernelMutations: readonly KernelMutation[] = ROWS.map(
  ([profile, proc, says, witness, shows]) => ({ profile, proc, says, witness, shows }),
);
