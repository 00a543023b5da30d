// SPDX-License-Identifier: MIT
/** The verdict words of arguments about locks, and the finding or expectation that each of them is. */

/** One row of the table at the head of claims.md. */
export interface VerdictWord {
  readonly word: string;
  readonly is: string;
  /** Markdown. */
  readonly shows: string;
}

// table
/** In the order of the page. */
export const verdictWords: readonly VerdictWord[] = [
  {
    word: 'OK',
    is: 'no finding is reachable, over all schedules',
    shows: '`expect holds`',
  },
  {
    word: 'DEADLOCK',
    is: 'threads wait for each other, one for itself, or for ever while others run',
    shows: '`expect deadlock`, `self_deadlock`, `partial_deadlock`, `lost_wakeup`',
  },
  {
    word: 'DOUBLE-UNLOCK',
    is: 'a lock is released by who no longer holds it',
    shows: '`expect unlock_not_held`',
  },
  {
    word: 'LEAK',
    is: 'a registration, a reference or a lock is left behind',
    shows: '`expect leak`, `lock_held_at_exit`',
  },
  {
    word: 'STALE',
    is: 'a device, or a CPU while the memory is disabled, still reaches what was taken away',
    shows: '`expect stale_mapping`; for vfio-pci an `invariant` over the entries of the CPU',
  },
  {
    word: 'UAF',
    is: 'something is used after its end',
    shows:
      '`expect use_after_free`; `null_dereference` where the model poisons what it does not free',
  },
  {
    word: 'LIVELOCK',
    is: 'threads go on for ever, treated fairly, and get nowhere',
    shows: '`expect livelock`; `starvation` of an `expect eventually`',
  },
  {
    word: 'SPURIOUS',
    is: 'an operation fails although trying again would have succeeded',
    shows: '`expect sometimes` over the outcome; `expect never` where it is repaired',
  },
  {
    word: 'SLEEP-ATOMIC',
    is: 'a thread sleeps where it must not',
    shows: '`expect sleep_in_atomic`, `block_in_non_blockable`',
  },
];
