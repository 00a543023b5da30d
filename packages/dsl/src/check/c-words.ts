// SPDX-License-Identifier: MIT
/** Words of kernel C, and of scenarios, that mean nothing in a thread, and what to write in their place. */

// table
const answers: readonly (readonly [words: string, answer: string])[] = [
  [
    'sizeof typeof offsetof memset memcpy',
    'objects have no size here: `kmalloc(foo)` takes the name of a struct, `p->n = 0` sets a field',
  ],
  [
    'kzalloc kcalloc kmalloc_array vmalloc kvmalloc kmem_cache_alloc',
    'write `kmalloc(foo)`, foo being the struct; its fields have their start values',
  ],
  ['vfree kvfree kmem_cache_free kfree_rcu', 'write `kfree(p)`'],
  [
    'list_for_each_entry list_for_each_entry_rcu list_for_each_entry_reverse hlist_for_each_entry',
    'write `for (struct foo *p in list)`',
  ],
  [
    'list_for_each_entry_safe hlist_for_each_entry_safe',
    'write `for (struct foo *p, *next in list)`',
  ],
  ['list_first_entry list_first_entry_or_null list_entry', 'write `list_first(list)`'],
  ['list_next_entry', 'write `list_next(list, entry)`'],
  ['list_del_init list_del_rcu hlist_del hlist_del_init', 'write `list_del(list, entry)`'],
  ['list_add_rcu hlist_add_head', 'write `list_add(list, entry)`'],
  [
    'mutex_init spin_lock_init init_rwsem init_completion init_waitqueue_head INIT_LIST_HEAD',
    'leave it out: whatever is declared or allocated is new, free and empty',
  ],
  ['ATOMIC_INIT REFCOUNT_INIT', 'write the number itself'],
  ['DEFINE_MUTEX', 'write `mutex m` in the scenario'],
  [
    'smp_mb smp_rmb smp_wmb mb rmb wmb barrier smp_mb__before_atomic smp_mb__after_atomic',
    'leave it out: all threads see all accesses in one order, so a barrier would change nothing',
  ],
  ['smp_load_acquire ACCESS_ONCE rcu_dereference', 'write `READ_ONCE(x)`'],
  ['smp_store_release rcu_assign_pointer', 'write `WRITE_ONCE(x, value)`'],
  [
    'preempt_disable preempt_enable local_irq_disable local_irq_enable local_irq_save local_irq_restore local_bh_disable local_bh_enable',
    'leave it out: interrupts and preemption are not modelled, each thread has a processor of its own',
  ],
  [
    'msleep ssleep udelay mdelay ndelay usleep_range',
    'leave it out: every schedule is explored, however long its steps take; a wait that can expire is `schedule_timeout(wq)`',
  ],
  [
    'IS_ERR IS_ERR_OR_NULL PTR_ERR ERR_PTR ERR_CAST',
    'a pointer is NULL or an object here: return the error as an `errno`, and NULL for the pointer',
  ],
  ['min min_t', 'write `a < b ? a : b`'],
  ['max max_t', 'write `a > b ? a : b`'],
  ['ARRAY_SIZE', 'write the number, or name it: `const SLOTS = 3` and `int slot[SLOTS]`'],
  ['BUG', 'write `BUG_ON(true)`'],
  ['WARN WARN_ONCE', 'write `WARN_ON(x)`'],
  ['BUILD_BUG_ON', 'leave it out'],
  [
    'lockdep_assert_held lockdep_assert_held_write',
    'write `assert(mutex_is_locked(m))` or `assert(rwsem_is_locked(s))`',
  ],
  ['lock', 'say which lock: `mutex_lock m`, `spin_lock l`, `down_read s`, `down_write s`'],
  ['unlock', 'say which lock: `mutex_unlock m`, `spin_unlock l`, `up_read s`, `up_write s`'],
  [
    'kthread_run kthread_create pthread_create',
    'threads are declared in the scenario: `thread A { ... }`',
  ],
  [
    'mmap_read_lock mmap_read_unlock mmap_write_lock mmap_write_unlock mmap_read_trylock',
    '`mmap_sem` is an rwsem: `down_read mmap_sem`, `up_read mmap_sem`',
  ],
  [
    'rcu_read_lock rcu_read_unlock synchronize_rcu call_rcu',
    'RCU is not modelled: keep what is read alive with a lock or a kref',
  ],
  [
    'read_lock read_unlock write_lock write_unlock read_lock_irqsave read_unlock_irqrestore write_lock_irqsave write_unlock_irqrestore',
    'rwlocks are not modelled: `down_read s` and `down_write s` take an rwsem, and may sleep',
  ],
  [
    'spin_lock_irq spin_unlock_irq spin_lock_bh spin_unlock_bh raw_spin_lock raw_spin_unlock',
    'write `spin_lock l` and `spin_unlock l`: interrupts are not modelled',
  ],
  [
    'mutex_lock_nested down_read_nested down_write_nested spin_lock_nested',
    'leave `_nested` and the class out: what threads do is explored, not classes of locks',
  ],
  [
    'down up down_interruptible down_trylock sema_init',
    'semaphores are not modelled: write `mutex m`, or `await n > 0 { n-- }` and `atomic { n++ }`',
  ],
  [
    'refcount_set refcount_inc refcount_dec_and_test refcount_inc_not_zero refcount_read',
    'a `kref` counts references: `kref_get k`, `kref_get_unless_zero(k)`, `if (kref_put(k)) ...`',
  ],
  [
    'read_seqbegin read_seqretry write_seqlock write_sequnlock read_seqcount_begin read_seqcount_retry write_seqcount_begin write_seqcount_end',
    'declare a counter `seq s`: a writer does `s++` before and after it writes, a reader compares two values',
  ],
  [
    'DEFINE_WAIT DECLARE_WAITQUEUE add_wait_queue remove_wait_queue set_current_state __set_current_state',
    'write `prepare_to_wait(wq)`, test the condition, `schedule(wq)`, and `finish_wait(wq)` in the end',
  ],
  [
    'schedule_work schedule_delayed_work queue_delayed_work',
    'write `queue_work(wq, w)`, with `workqueue wq` in the scenario; it may run at any time after that',
  ],
  [
    'test_and_set_bit test_and_clear_bit',
    'declare each bit as a `bool`: `xchg(flag, true)` is its old value',
  ],
  ['set_bit clear_bit', 'declare each bit as a `bool`, and write `WRITE_ONCE(flag, true)`'],
  ['test_bit', 'declare each bit as a `bool`, and write `READ_ONCE(flag)`'],
  [
    'kthread_stop kthread_should_stop',
    'declare `bool stop` for the thread to look at, and a `completion` for its end',
  ],
  [
    'expect invariant',
    'put it behind the thread, on a line of its own: `thread A: ...` goes on to the end of its line',
  ],
  ['asm __asm__', 'only what the language has can be run'],
];

const byWord: ReadonlyMap<string, string> = new Map(
  answers.flatMap(([words, answer]) => words.split(' ').map((word) => [word, answer] as const)),
);

/** Spellings of the constants that are reserved words here. */
const constants: ReadonlyMap<string, string> = new Map([
  ['null', 'NULL'],
  ['Null', 'NULL'],
  ['nil', 'NULL'],
  ['None', 'NULL'],
  ['nullptr', 'NULL'],
  ['TRUE', 'true'],
  ['True', 'true'],
  ['FALSE', 'false'],
  ['False', 'false'],
]);

/** Kinds of C that are none here. */
const types: ReadonlyMap<string, string> = new Map([
  ['void', 'a proc without a result has no `->`, and a pointer says what it points to'],
  ['char', 'a number is an `int`, with a range if it is to be small: `int n in 0..255`'],
  ['short', 'a number is an `int`, with a range if it is to be small: `int n in 0..255`'],
  ['float', 'there are whole numbers only'],
  ['double', 'there are whole numbers only'],
  ['list_head', 'write `list foo name` for a list of struct foo; its entries need no field'],
  ['hlist_head', 'write `list foo name` for a list of struct foo; its entries need no field'],
  ['hlist_node', 'leave it out: entries of a list need no field'],
  ['rb_root', 'model the tree as a `list foo`'],
  ['rb_root_cached', 'model the tree as a `list foo`'],
  ['rb_node', 'leave it out: entries of a list need no field'],
  ['seqcount_t', 'write `seq`'],
  ['atomic64_t', 'write `int`'],
  ['atomic_long_t', 'write `int`'],
  ['refcount_t', 'write `kref`'],
  ['delayed_work', 'write `work`: it may run at any time after it was queued'],
]);

/** What to write for a function or macro of C, or null. */
export function answerFor(word: string): string | null {
  return byWord.get(word) ?? null;
}

/** `NULL` for `null` and the like, or null. */
export function constantFor(word: string): string | null {
  return constants.get(word) ?? null;
}

/** What to write for a type of C, or null. */
export function typeAnswer(word: string): string | null {
  return types.get(word) ?? null;
}

/** Every function and macro with an answer, for tests. */
export const answeredWords: readonly string[] = [...byWord.keys()];
