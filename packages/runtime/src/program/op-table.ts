// SPDX-License-Identifier: MIT
/**
 * The op table: one row per kernel primitive. A front end checks calls against it, the interpreter
 * and engines implement it; `op-table.test.ts` compares the three.
 *
 * A row says what an operation touches, not how it works: that is the primitive's own file.
 */

import type { PrimitiveCellKind } from './program.ts';

export type OperandKind =
  /** Address of a primitive cell of this kind; a front end takes `m` for `&m`. */
  | PrimitiveCellKind
  /** Address of a plain cell (int, bool, enum, errno, pte). */
  | 'cell'
  | 'int'
  /** Value of the type the cell operand holds. */
  | 'value'
  /** Reference to an instance of the struct that the list operand holds. */
  | 'item'
  /** A proc that takes a work item's address. */
  | 'proc';

export type ResultKind = 'none' | 'bool' | 'int' | 'errno' | 'pte' | 'value' | 'item' | 'work';

export interface OpRow {
  readonly name: string;
  readonly operands: readonly OperandKind[];
  readonly result: ResultKind;
  /** Whether other threads can tell when it happens: a border of transitions. */
  readonly visible: boolean;
  /** Operand positions whose cell it reads and writes. */
  readonly reads: readonly number[];
  readonly writes: readonly number[];
  /** `might_sleep` fires here, contended or not. */
  readonly sleeps: boolean;
  /** It can have to wait or have several ways on: it never stands inside an atomic block. */
  readonly waits: boolean;
  /** Where Linux defines it. */
  readonly cites: string;
}

type Row = readonly [
  name: string,
  operands: string,
  result: ResultKind,
  access: 'rw' | 'r' | 'w' | '-',
  sleeps: boolean,
  cites: string,
];

// table
const ROWS: readonly Row[] = [
  ['mutex_lock', 'mutex', 'none', 'rw', true, 'kernel/locking/mutex.c mutex_lock'],
  [
    'mutex_lock_interruptible',
    'mutex',
    'errno',
    'rw',
    true,
    'kernel/locking/mutex.c mutex_lock_interruptible',
  ],
  [
    'mutex_lock_killable',
    'mutex',
    'errno',
    'rw',
    true,
    'kernel/locking/mutex.c mutex_lock_killable',
  ],
  ['mutex_trylock', 'mutex', 'bool', 'rw', false, 'kernel/locking/mutex.c mutex_trylock'],
  [
    'mutex_trylock_recursive',
    'mutex',
    'int',
    'rw',
    false,
    'include/linux/mutex.h mutex_trylock_recursive (removed in 5.12)',
  ],
  ['mutex_unlock', 'mutex', 'none', 'rw', false, 'kernel/locking/mutex.c mutex_unlock'],
  ['mutex_is_locked', 'mutex', 'bool', 'r', false, 'include/linux/mutex.h mutex_is_locked'],

  ['down_read', 'rwsem', 'none', 'rw', true, 'kernel/locking/rwsem.c down_read'],
  ['down_read_killable', 'rwsem', 'errno', 'rw', true, 'kernel/locking/rwsem.c down_read_killable'],
  ['down_read_trylock', 'rwsem', 'bool', 'rw', false, 'kernel/locking/rwsem.c down_read_trylock'],
  [
    'down_read_non_owner',
    'rwsem',
    'none',
    'rw',
    true,
    'kernel/locking/rwsem.c down_read_non_owner',
  ],
  ['up_read', 'rwsem', 'none', 'rw', false, 'kernel/locking/rwsem.c up_read'],
  ['up_read_non_owner', 'rwsem', 'none', 'rw', false, 'kernel/locking/rwsem.c up_read_non_owner'],
  ['down_write', 'rwsem', 'none', 'rw', true, 'kernel/locking/rwsem.c down_write'],
  [
    'down_write_killable',
    'rwsem',
    'errno',
    'rw',
    true,
    'kernel/locking/rwsem.c down_write_killable',
  ],
  ['down_write_trylock', 'rwsem', 'bool', 'rw', false, 'kernel/locking/rwsem.c down_write_trylock'],
  ['up_write', 'rwsem', 'none', 'rw', false, 'kernel/locking/rwsem.c up_write'],
  ['downgrade_write', 'rwsem', 'none', 'rw', false, 'kernel/locking/rwsem.c downgrade_write'],
  ['rwsem_is_locked', 'rwsem', 'bool', 'r', false, 'include/linux/rwsem.h rwsem_is_locked'],

  ['spin_lock', 'spinlock', 'none', 'rw', false, 'include/linux/spinlock.h spin_lock'],
  ['spin_trylock', 'spinlock', 'bool', 'rw', false, 'include/linux/spinlock.h spin_trylock'],
  ['spin_unlock', 'spinlock', 'none', 'rw', false, 'include/linux/spinlock.h spin_unlock'],
  [
    'spin_lock_irqsave',
    'spinlock',
    'none',
    'rw',
    false,
    'include/linux/spinlock.h spin_lock_irqsave',
  ],
  [
    'spin_unlock_irqrestore',
    'spinlock',
    'none',
    'rw',
    false,
    'include/linux/spinlock.h spin_unlock_irqrestore',
  ],

  ['prepare_to_wait', 'wait_queue', 'none', 'rw', false, 'kernel/sched/wait.c prepare_to_wait'],
  ['schedule', 'wait_queue', 'none', 'rw', true, 'kernel/sched/core.c schedule'],
  ['schedule_interruptible', 'wait_queue', 'errno', 'rw', true, 'kernel/sched/core.c schedule'],
  ['schedule_timeout', 'wait_queue', 'bool', 'rw', true, 'kernel/time/timer.c schedule_timeout'],
  ['finish_wait', 'wait_queue', 'none', 'rw', false, 'kernel/sched/wait.c finish_wait'],
  ['sleep_on', 'wait_queue', 'none', 'rw', true, 'kernel/sched/core.c sleep_on (removed in 3.15)'],
  ['wake_up', 'wait_queue', 'none', 'rw', false, 'include/linux/wait.h wake_up'],
  ['wake_up_all', 'wait_queue', 'none', 'rw', false, 'include/linux/wait.h wake_up_all'],

  [
    'wait_for_completion',
    'completion',
    'none',
    'rw',
    true,
    'kernel/sched/completion.c wait_for_completion',
  ],
  [
    'wait_for_completion_timeout',
    'completion',
    'bool',
    'rw',
    true,
    'kernel/sched/completion.c wait_for_completion_timeout',
  ],
  [
    'try_wait_for_completion',
    'completion',
    'bool',
    'rw',
    false,
    'kernel/sched/completion.c try_wait_for_completion',
  ],
  [
    'completion_done',
    'completion',
    'bool',
    'r',
    false,
    'kernel/sched/completion.c completion_done',
  ],
  ['complete', 'completion', 'none', 'rw', false, 'kernel/sched/completion.c complete'],
  ['complete_all', 'completion', 'none', 'rw', false, 'kernel/sched/completion.c complete_all'],
  [
    'reinit_completion',
    'completion',
    'none',
    'w',
    false,
    'include/linux/completion.h reinit_completion',
  ],

  ['kref_init', 'kref', 'none', 'w', false, 'include/linux/kref.h kref_init'],
  ['kref_get', 'kref', 'none', 'rw', false, 'include/linux/kref.h kref_get'],
  [
    'kref_get_unless_zero',
    'kref',
    'bool',
    'rw',
    false,
    'include/linux/kref.h kref_get_unless_zero',
  ],
  ['kref_put', 'kref', 'bool', 'rw', false, 'include/linux/kref.h kref_put'],
  ['kref_read', 'kref', 'int', 'r', false, 'include/linux/kref.h kref_read'],

  ['INIT_WORK', 'work proc', 'none', 'w', false, 'include/linux/workqueue.h INIT_WORK'],
  ['queue_work', 'workqueue work', 'bool', 'rw', false, 'kernel/workqueue.c queue_work_on'],
  ['flush_work', 'work', 'bool', 'rw', true, 'kernel/workqueue.c flush_work'],
  ['flush_workqueue', 'workqueue', 'none', 'rw', true, 'kernel/workqueue.c flush_workqueue'],
  ['cancel_work_sync', 'work', 'bool', 'rw', true, 'kernel/workqueue.c cancel_work_sync'],
  ['work_pending', 'work', 'bool', 'r', false, 'include/linux/workqueue.h work_pending'],
  ['worker_take', 'workqueue', 'work', 'rw', false, 'kernel/workqueue.c process_one_work'],
  ['worker_done', 'workqueue work', 'none', 'rw', false, 'kernel/workqueue.c process_one_work'],

  ['list_add', 'list item', 'none', 'rw', false, 'include/linux/list.h list_add'],
  ['list_add_tail', 'list item', 'none', 'rw', false, 'include/linux/list.h list_add_tail'],
  ['list_del', 'list item', 'none', 'rw', false, 'include/linux/list.h list_del'],
  ['list_empty', 'list', 'bool', 'r', false, 'include/linux/list.h list_empty'],
  ['list_first', 'list', 'item', 'r', false, 'include/linux/list.h list_first_entry_or_null'],
  ['list_next', 'list item', 'item', 'r', false, 'include/linux/list.h list_next_entry'],

  ['atomic_read', 'cell', 'value', 'r', false, 'include/linux/atomic.h atomic_read'],
  ['atomic_set', 'cell value', 'none', 'w', false, 'include/linux/atomic.h atomic_set'],
  ['atomic_inc', 'cell', 'none', 'rw', false, 'include/linux/atomic.h atomic_inc'],
  ['atomic_dec', 'cell', 'none', 'rw', false, 'include/linux/atomic.h atomic_dec'],
  ['atomic_inc_return', 'cell', 'value', 'rw', false, 'include/linux/atomic.h atomic_inc_return'],
  ['atomic_dec_return', 'cell', 'value', 'rw', false, 'include/linux/atomic.h atomic_dec_return'],
  [
    'atomic_dec_and_test',
    'cell',
    'bool',
    'rw',
    false,
    'include/linux/atomic.h atomic_dec_and_test',
  ],
  [
    'atomic_inc_not_zero',
    'cell',
    'bool',
    'rw',
    false,
    'include/linux/atomic.h atomic_inc_not_zero',
  ],
  ['xchg', 'cell value', 'value', 'rw', false, 'include/linux/atomic.h xchg'],
  ['cmpxchg', 'cell value value', 'value', 'rw', false, 'include/linux/atomic.h cmpxchg'],

  ['ptep_get_and_clear', 'cell', 'pte', 'rw', false, 'include/linux/pgtable.h ptep_get_and_clear'],
  ['pfn_alloc', 'frames', 'int', 'rw', false, 'mm/page_alloc.c __alloc_pages'],
  ['pfn_free', 'frames int', 'none', 'rw', false, 'include/linux/mm.h put_page'],
  ['pfn_get', 'frames int', 'none', 'rw', false, 'include/linux/mm.h get_page'],
  ['pfn_count', 'frames int', 'int', 'r', false, 'include/linux/page_ref.h page_count'],
  [
    'owe_invalidation',
    'owed int int',
    'none',
    '-',
    false,
    'none: bookkeeping of the stale mapping check',
  ],
  [
    'deliver_invalidation',
    'owed int int',
    'none',
    '-',
    false,
    'none: bookkeeping of the stale mapping check',
  ],

  ['might_sleep', '', 'none', '-', true, 'include/linux/kernel.h might_sleep'],
  ['non_block_start', '', 'none', '-', false, 'include/linux/kernel.h non_block_start'],
  ['non_block_end', '', 'none', '-', false, 'include/linux/kernel.h non_block_end'],
  ['cond_resched', '', 'none', '-', true, 'kernel/sched/core.c cond_resched'],
  ['cpu_relax', '', 'none', '-', false, 'arch/x86/include/asm/processor.h cpu_relax'],
];

const INVISIBLE: ReadonlySet<string> = new Set([
  'owe_invalidation',
  'deliver_invalidation',
  'might_sleep',
  'non_block_start',
  'non_block_end',
]);

/** What spins or idles rather than sleeps. */
const WAITS_AWAKE: ReadonlySet<string> = new Set(['spin_lock', 'spin_lock_irqsave', 'worker_take']);

function toRow([name, operands, result, access, sleeps, cites]: Row): OpRow {
  const kinds = operands === '' ? [] : (operands.split(' ') as OperandKind[]);
  const cells = kinds.flatMap((kind, i) =>
    ['int', 'value', 'item', 'proc'].includes(kind) ? [] : [i],
  );
  return {
    name,
    operands: kinds,
    result,
    visible: !INVISIBLE.has(name),
    reads: access.includes('r') ? cells : [],
    writes: access.includes('w') ? cells : [],
    sleeps,
    waits: sleeps || WAITS_AWAKE.has(name),
    cites,
  };
}

/** Rows by primitive name. `opTable.get('mutex_lock')`. */
export const opTable: ReadonlyMap<string, OpRow> = new Map(ROWS.map((row) => [row[0], toRow(row)]));
