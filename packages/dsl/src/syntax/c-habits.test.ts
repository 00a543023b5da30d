// SPDX-License-Identifier: MIT
/** C that kernel developers will type in a thread and that is written otherwise: one answer says how. */

import { opTable } from '@hmmlab/runtime/program';
import { describe, expect, test } from 'vitest';
import { builtInNames } from '../check/built-in.ts';
import { answeredWords } from '../check/c-words.ts';
import { saidInThread } from '../testing/said.ts';

/** A text, and the one thing that is said to it: `line:column code message (help)`. */
type Row = readonly [text: string, answer: string];
// table
const inThread: readonly Row[] = [
  [
    'expect always x == 1',
    '1:1 HMM1014 `expect` stands outside of threads and procs (put it behind the thread, on a line of its own: `thread A: ...` goes on to the end of its line)',
  ],
  [
    'invariant x == 1',
    '1:1 HMM1014 `invariant` stands outside of threads and procs (put it behind the thread, on a line of its own: `thread A: ...` goes on to the end of its line)',
  ],
  [
    'daemon thread B: x = 2',
    '1:1 HMM1014 `daemon thread` stands outside of threads and procs (put it behind the thread, on a line of its own: `thread A: ...` goes on to the end of its line)',
  ],
  [
    'expect holds',
    '1:1 HMM2005 there is no `expect` here (put it behind the thread, on a line of its own: `thread A: ...` goes on to the end of its line)',
  ],
  [
    'int m = 5 in 0..9',
    '1:11 HMM1014 the range stands before the start value (write `int m in 0..9 = 5`)',
  ],
  [
    'char *text = x',
    '1:1 HMM1012 `char *text` does not declare a pointer here (a number is an `int`, with a range if it is to be small: `int n in 0..255`)',
  ],
  [
    'switch (x) { case 1: y = 1; break; default: y = 2 }',
    '1:1 HMM1014 there is no `switch` (write `if (x == A) { ... } else if (x == B) { ... }`)',
  ],
  [
    'switch (x)\n{\ncase 1:\n  y = 1\ncase 2:\n  y = 2\n}',
    '1:1 HMM1014 there is no `switch` (write `if (x == A) { ... } else if (x == B) { ... }`)',
  ],
  [
    'switch(x) {\ncase 1:\n  break\n}',
    '1:1 HMM1014 there is no `switch` (write `if (x == A) { ... } else if (x == B) { ... }`)',
  ],
  [
    'if (x = y) y = 1',
    '1:7 HMM1014 an assignment is a statement of its own (write `==` to compare, or `x = ...` before the `if`)',
  ],
  [
    'if ((x = mutex_trylock(&m))) y = 1',
    '1:8 HMM1014 an assignment is a statement of its own (write `==` to compare, or `x = ...` before the `if`)',
  ],
  [
    'if (!(p = p->next)) return',
    '1:9 HMM1014 an assignment is a statement of its own (write `==` to compare, or `p = ...` before the `if`)',
  ],
  [
    'while ((x = y)) y = 0',
    '1:11 HMM1014 an assignment is a statement of its own (write `==` to compare, or `x = ...` before the loop and at the end of its body)',
  ],
  [
    'while ((p = p->next) != NULL) x = 1',
    '1:11 HMM1014 an assignment is a statement of its own (write `==` to compare, or `p = ...` before the loop and at the end of its body)',
  ],
  [
    'x = y = 1',
    '1:7 HMM1014 an assignment has no value (assign one after the other: `y = 1; x = y`)',
  ],
  [
    'int z = x = 1',
    '1:11 HMM1014 an assignment has no value (assign one after the other: `y = 1; x = y`)',
  ],
  ['x++, y++', '1:4 HMM1014 statements are separated with `;` (write `x++; y++`)'],
  [
    'for (int i = 0, j = 0; i < 3; i++, j++) x = i',
    '1:34 HMM1014 a `for` counts one thing (write the other assignment before the loop, or at the end of its body)',
  ],
  ['x = y ?: 1', '1:8 HMM1014 `? :` has a value for both cases (write `y ? y : ...`)'],
  ['x = f.n ?: 1', '1:10 HMM1014 `? :` has a value for both cases (write `f.n ? f.n : ...`)'],
  [
    'x = y == 1 and y == 2',
    '1:12 HMM1014 conditions are joined with `&&` and `||` (write `a && b`, `a || b`)',
  ],
  [
    'if (x or y) x = 1',
    '1:7 HMM1014 conditions are joined with `&&` and `||` (write `a && b`, `a || b`)',
  ],
  ['if (not x) y = 1', '1:9 HMM1014 a condition is turned round with `!` (write `!x`)'],
  ['elif (x) y = 1', '1:1 HMM1014 there is no `elif` (write `else if (condition)`)'],
  ['if (x) then y = 1', '1:15 HMM1014 there is no `then` (write `if (condition) statement`)'],
  [
    'p = (struct foo *)p',
    '1:5 HMM1014 there are no casts (leave it out: numbers convert by themselves, pointers keep their struct; `container_of(p, struct foo, member)` is the struct around)',
  ],
  [
    'x = (int)y',
    '1:5 HMM1014 there are no casts (leave it out: numbers convert by themselves, pointers keep their struct; `container_of(p, struct foo, member)` is the struct around)',
  ],
  [
    'x = (unsigned long) y',
    '1:5 HMM1014 there are no casts (leave it out: numbers convert by themselves, pointers keep their struct; `container_of(p, struct foo, member)` is the struct around)',
  ],
  [
    '(void)mutex_trylock(&m)',
    '1:1 HMM1014 there are no casts (leave `(void)` out: a result may be left unused)',
  ],
  [
    'x = (u32)f.n',
    '1:5 HMM1014 there are no casts (leave it out: numbers convert by themselves, pointers keep their struct; `container_of(p, struct foo, member)` is the struct around)',
  ],
  ['x = ({ 1; })', '1:6 HMM1014 a block has no value (write its statements before this one)'],
  [
    'list_for_each_entry(p, &items, link) { x = p->n }',
    '1:1 HMM1014 a list is walked with `for` (write `for (struct foo *p in items)`, foo being the struct of the entries)',
  ],
  [
    'list_for_each_entry_safe(p, n, &f->items, link) { x = p->n }',
    '1:1 HMM1014 a list is walked with `for` (write `for (struct foo *p, *next in f->items)`, foo being the struct of the entries)',
  ],
  [
    'list_for_each_entry(p, &items, link)\n  x = 1',
    '1:1 HMM2005 there is no `list_for_each_entry` here (write `for (struct foo *p in list)`)',
  ],
  [
    'struct foo **q',
    '1:13 HMM1014 there are no pointers to pointers (put the pointer into a struct, and hand on a pointer to that)',
  ],
  ['void *q = p', '1:1 HMM1014 a pointer says what it points to (write `struct foo *p`)'],
  [
    'char c = 1',
    '1:1 HMM1014 `char` begins no declaration (write `int c = ...`; a declaration begins with a built-in type, `struct` or `enum`)',
  ],
  [
    'foo_t z = 1',
    '1:1 HMM1014 `foo_t` begins no declaration (write `int z = ...`; a declaration begins with a built-in type, `struct` or `enum`)',
  ],
  [
    'const int z = 1',
    '1:1 HMM1014 `const` means nothing here (leave it out; a constant is declared outside: `const N = 3`)',
  ],
  [
    'static int z = 1',
    '1:1 HMM1014 `static` means nothing here (leave it out; what outlives the call is declared in the scenario)',
  ],
  [
    'int a[] = {1, 2}',
    '1:7 HMM1014 an array says how long it is (write `int a[2] = { 1, 2 }` in the scenario or in a struct)',
  ],
  [
    'int a[] = { 1, x + 1, }',
    '1:7 HMM1014 an array says how long it is (write `int a[2] = { 1, x + 1 }` in the scenario or in a struct)',
  ],
  [
    'struct foo *a[]',
    '1:15 HMM1014 an array says how long it is (write `struct foo *a[2]` in the scenario or in a struct)',
  ],
  [
    'struct foo q = { .n = 1 }',
    '1:18 HMM1014 start values have no names (assign each field: `f.n = 1`; those of an array stand in its order: `= { 1, 2 }`)',
  ],
  [
    'foo *q = p',
    '1:1 HMM1012 `foo *q` does not declare a pointer here (inside bodies a struct is named with `struct`: `struct foo *q`)',
  ],
  [
    'printk(KERN_ERR "no %d\\n", x)',
    '1:17 HMM1014 strings cannot be joined (write `pr_err("...")`)',
  ],
  [
    'assert x == 2',
    '1:10 HMM1014 what `assert` is about stands in brackets (write `assert(x == 2)`)',
  ],
  [
    'x = sizeof(struct foo)',
    '1:5 HMM2005 there is no `sizeof` here (objects have no size here: `kmalloc(foo)` takes the name of a struct, `p->n = 0` sets a field)',
  ],
  [
    'x = sizeof(*p)',
    '1:5 HMM2005 there is no `sizeof` here (objects have no size here: `kmalloc(foo)` takes the name of a struct, `p->n = 0` sets a field)',
  ],
  [
    'x = sizeof p',
    '1:5 HMM2005 there is no `sizeof` here (objects have no size here: `kmalloc(foo)` takes the name of a struct, `p->n = 0` sets a field)',
  ],
  [
    'p = kmalloc(sizeof(*p), GFP_KERNEL)',
    '1:5 HMM3003 kmalloc takes the name of a struct (it is kmalloc(foo))',
  ],
  [
    'p = kzalloc(sizeof(struct foo), GFP_KERNEL)',
    '1:5 HMM2005 there is no `kzalloc` here (write `kmalloc(foo)`, foo being the struct; its fields have their start values)',
  ],
  [
    'memset(&f, 0, sizeof(f))',
    '1:1 HMM2005 there is no `memset` here (objects have no size here: `kmalloc(foo)` takes the name of a struct, `p->n = 0` sets a field)',
  ],
  [
    'mutex_init(&m)',
    '1:1 HMM2005 there is no `mutex_init` here (leave it out: whatever is declared or allocated is new, free and empty)',
  ],
  [
    'smp_mb()',
    '1:1 HMM2005 there is no `smp_mb` here (leave it out: all threads see all accesses in one order, so a barrier would change nothing)',
  ],
  [
    'x = smp_load_acquire(&y)',
    '1:5 HMM2005 there is no `smp_load_acquire` here (write `READ_ONCE(x)`)',
  ],
  ['ACCESS_ONCE(x) = 1', '1:1 HMM2005 there is no `ACCESS_ONCE` here (write `READ_ONCE(x)`)'],
  [
    'local_irq_disable()',
    '1:1 HMM2005 there is no `local_irq_disable` here (leave it out: interrupts and preemption are not modelled, each thread has a processor of its own)',
  ],
  [
    'msleep(10)',
    '1:1 HMM2005 there is no `msleep` here (leave it out: every schedule is explored, however long its steps take; a wait that can expire is `schedule_timeout(wq)`)',
  ],
  [
    'if (IS_ERR(p)) return',
    '1:5 HMM2005 there is no `IS_ERR` here (a pointer is NULL or an object here: return the error as an `errno`, and NULL for the pointer)',
  ],
  ['x = min(x, y)', '1:5 HMM2005 there is no `min` here (write `a < b ? a : b`)'],
  [
    'x = ARRAY_SIZE(items)',
    '1:5 HMM2005 there is no `ARRAY_SIZE` here (write the number, or name it: `const SLOTS = 3` and `int slot[SLOTS]`)',
  ],
  [
    'atomic_t a = ATOMIC_INIT(0)',
    '1:14 HMM2005 there is no `ATOMIC_INIT` here (write the number itself)',
  ],
  ['BUG()', '1:1 HMM2005 there is no `BUG` here (write `BUG_ON(true)`)'],
  [
    'lockdep_assert_held(&m)',
    '1:1 HMM2005 there is no `lockdep_assert_held` here (write `assert(mutex_is_locked(m))` or `assert(rwsem_is_locked(s))`)',
  ],
  [
    'mmap_read_lock(mm)',
    '1:1 HMM2005 there is no `mmap_read_lock` here (`mmap_sem` is an rwsem: `down_read mmap_sem`, `up_read mmap_sem`)',
  ],
  [
    'rcu_read_lock()',
    '1:1 HMM2005 there is no `rcu_read_lock` here (RCU is not modelled: keep what is read alive with a lock or a kref)',
  ],
  [
    'lock(m)',
    '1:1 HMM2005 there is no `lock` here (say which lock: `mutex_lock m`, `spin_lock l`, `down_read s`, `down_write s`)',
  ],
  ['asm("nop")', '1:1 HMM2005 there is no `asm` here (only what the language has can be run)'],
  [
    'spin_lock_irqsave(&l, flags)',
    '1:23 HMM2001 unknown name `flags` (declare it before it is used, as in `int n = 0`)',
  ],
  [
    'list_add(&f, &items)',
    '1:10 HMM3001 struct foo * where list * is needed (the list comes first: `list_add(list, entry)`)',
  ],
  ['list_del(&f)', '1:1 HMM3003 `list_del` takes 2 operands, not 1 (it is list_del(list, item))'],
  [
    'kref k; kref_put(&k, x)',
    '1:9 HMM3003 `kref_put` takes one operand, not 2 (write `if (kref_put(k)) release(...)`: it is true for the last reference)',
  ],
  [
    'read_lock(&l)',
    '1:1 HMM2005 there is no `read_lock` here (rwlocks are not modelled: `down_read s` and `down_write s` take an rwsem, and may sleep)',
  ],
  ['p = null', '1:5 HMM2001 unknown name `null` (write `NULL`)'],
  ['x = True', '1:5 HMM2001 unknown name `True` (write `true`)'],
  ['return 0', '1:1 HMM3008 `A` has no result (a thread has none: write `return`)'],
  [
    'return ret',
    '1:8 HMM2001 unknown name `ret` (declare it before it is used, as in `int n = 0`)',
  ],
  [
    'for (i = 0; i < 3; i++) x = i',
    '1:6 HMM2001 unknown name `i` (declare it before it is used, as in `int n = 0`)',
  ],
  [
    'goto errr; err: x = 1; goto err',
    '1:6 HMM2008 there is no label `errr` in A (did you mean `err`?)',
  ],
  ['if (p == 0) x = 1', '1:5 HMM3001 struct foo * is never equal to int (compare with NULL)'],
  [
    "x = 'a'",
    "1:5 HMM1002 'a' is no number here (write the number of the character; strings stand between double quotes)",
  ],
  ['x = 2UL', '1:5 HMM1006 `2UL` is not a number (numbers have no suffix: write `2`)'],
  ['# a comment', '1:1 HMM1002 `#` means nothing here (comments begin with `//`)'],
  [
    'do x--; while (x)',
    '1:4 HMM1001 found `x`, expected `{` (write `do { ... } while (condition)`, with `while` on the line of the `}`)',
  ],
  ['while x x--', '1:7 HMM1001 found `x`, expected `(` (write `while (condition) statement`)'],
  [
    'x = x++ + 1',
    '1:6 HMM1001 found `++`, expected the end of the statement (`++` is a statement of its own: `x++`)',
  ],
];

describe('one answer', () => {
  test.each(inThread)('in a thread: %s', (text, answer) => {
    expect(saidInThread(text)).toEqual([answer]);
  });
  test('and then the next thing that is wrong', () => {
    const text =
      'switch (x)\n{\ncase 1:\n  y = = 2\n}\nx = (int)y\nx = 1\nif (x = y)\n{\n  y = = 2\n}\nx == 1';
    expect(saidInThread(text).map((line) => line.slice(0, 12))).toEqual([
      '1:1 HMM1014 ',
      '6:5 HMM1014 ',
      '8:7 HMM1014 ',
      '12:1 HMM1013',
    ]);
  });
  test('an unknown name is reported once', () => {
    expect(saidInThread('x = q\ny = q + q\nq++\nnone(q)\nnone(x)')).toEqual([
      '1:5 HMM2001 unknown name `q` (declare it before it is used, as in `int n = 0`)',
      '4:1 HMM2005 there is no proc, verb or primitive `none`',
    ]);
  });
});

test('words of C with an answer are none of ours', () => {
  const own = answeredWords.filter((word) => builtInNames.includes(word) || opTable.has(word));
  expect(own).toEqual([]);
});
