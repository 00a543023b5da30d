// SPDX-License-Identifier: MIT
/** C that kernel developers will type outside of threads and that is written otherwise: one answer says how. */

import { describe, expect, test } from 'vitest';
import { saidInFile, saidInScenario } from '../testing/said.ts';

/** A text, and the one thing that is said to it: `line:column code message (help)`. */
type Row = readonly [text: string, answer: string];

// table
const inScenario: readonly Row[] = [
  [
    'thread T: x = 1; thread U: x = 2',
    '1:18 HMM1014 `thread` stands outside of threads and procs (put it behind the thread, on a line of its own: `thread A: ...` goes on to the end of its line)',
  ],
  [
    'mutx lock',
    '1:1 HMM1001 found `mutx`, expected a world, a thread, a definition or an expectation (did you mean `mutex`?)',
  ],
  [
    'char c',
    '1:1 HMM1001 found `char`, expected a world, a thread, a definition or an expectation (a number is an `int`, with a range if it is to be small: `int n in 0..255`)',
  ],
  [
    'int n = 5 in 0..9',
    '1:11 HMM1014 the range stands before the start value (write `int n in 0..9 = 5`)',
  ],
  [
    'struct foo f = { .a = 1 }',
    '1:1 HMM1014 a struct has no list of values (write the start value in the struct: `struct foo { int a = 1 }`)',
  ],
  [
    'expect allways n == 2',
    '1:16 HMM1001 found `n`, expected the end of the statement (write `expect holds`, `expect never x == 0` or `expect deadlock on lock in A at proc`)',
  ],
  [
    'bound preemptions = 2',
    '1:19 HMM1001 found `=`, expected the end of the statement (write `bound preemptions 2`, `assume A.here before B.there`, `schedule A*3, B` or `sample 100`)',
  ],
  [
    'invariant n = 2',
    '1:13 HMM1014 an assignment is a statement of a thread (write `invariant n == 2`)',
  ],
  [
    'expect x == 2',
    '1:10 HMM1014 a condition of final states stands behind `always`, `sometimes` or `never` (write `expect always x == 2`, or `invariant ...` for every state)',
  ],
  [
    'expect !x',
    '1:8 HMM1014 a condition of final states stands behind `always`, `sometimes` or `never` (write `expect always !x`, or `invariant ...` for every state)',
  ],
  [
    'expect finished(A)',
    '1:16 HMM1014 a condition of final states stands behind `always`, `sometimes` or `never` (write `expect always finished(A)`, or `invariant ...` for every state)',
  ],
  [
    'expect (x == 2) && finished(A)',
    '1:8 HMM1014 a condition of final states stands behind `always`, `sometimes` or `never` (write `expect always (x == 2) && finished(A)`, or `invariant ...` for every state)',
  ],
  [
    'expect always x = 2',
    '1:17 HMM1014 an assignment is a statement of a thread (write `expect always x == 2`)',
  ],
  [
    'x == 2',
    '1:1 HMM1014 a condition of final states stands behind `expect always`, `sometimes` or `never` (write `expect always x == 2`)',
  ],
  [
    'x = 2',
    '1:1 HMM1014 statements stand in a thread (write `thread A: x = 2`; a start value stands in the declaration)',
  ],
  [
    'assert(x == 2)',
    '1:1 HMM1014 an assertion stands in a thread, a condition of final states behind `expect` (write `expect always x == 2`)',
  ],
  [
    'assert x == 2',
    '1:1 HMM1014 an assertion stands in a thread, a condition of final states behind `expect` (write `expect always x == 2`)',
  ],
  [
    'thread B() { x = 1 }',
    '1:9 HMM1014 a thread has no parameters (write `thread B { ... }`; those of `thread B[2]` know their number as `self`)',
  ],
  [
    'thraed B: x = 1',
    '1:1 HMM1001 found `thraed`, expected a world, a thread, a definition or an expectation (did you mean `thread`?)',
  ],
  [
    'void *thread1(void *arg) { x = 1 }',
    '1:1 HMM1014 a function is declared with `proc` (write `proc thread1(void *arg) -> void * { ... }`)',
  ],
  [
    'static int f(void) { return 0 }',
    '1:1 HMM1014 a function is declared with `proc` (write `proc f() -> int { ... }`)',
  ],
  ['DEFINE_MUTEX(m)', '1:1 HMM1014 there is no `DEFINE_MUTEX` (write `mutex m` in the scenario)'],
  ['const int N = 3', '1:11 HMM1014 a constant has no type (write `const N = 3`)'],
  ['enum { RED, GREEN } c', '1:6 HMM1014 an enum has a name (write `enum colour { RED, ... }`)'],
  [
    'int a[2] = {[0] = 1}',
    '1:13 HMM1014 start values have no names (assign each field: `f.n = 1`; those of an array stand in its order: `= { 1, 2 }`)',
  ],
  [
    'static int z',
    '1:1 HMM1014 `static` means nothing here (leave it out: all threads share what the scenario declares)',
  ],
  [
    'struct list_head h',
    '1:1 HMM2003 there is no struct `list_head` (write `list foo name` for a list of struct foo; its entries need no field)',
  ],
  [
    'mutex_lock m',
    '1:1 HMM1001 found `mutex_lock`, expected a world, a thread, a definition or an expectation (statements stand in a `thread`; an instance of a struct is declared `struct foo f`)',
  ],
];

const inFile: readonly Row[] = [
  [
    'static int f(void) { return 0 }',
    '1:1 HMM1014 a function is declared with `proc` (write `proc f() -> int { ... }`)',
  ],
  [
    'static int f(void)\n{\n\tif (x)\n\t\treturn 1;\n\treturn 0;\n}',
    '1:1 HMM1014 a function is declared with `proc` (write `proc f() -> int { ... }`)',
  ],
  ['void f() { }', '1:1 HMM1014 a function is declared with `proc` (write `proc f() { ... }`)'],
  [
    'struct foo *f(struct foo *p, unsigned long n) { return p }',
    '1:1 HMM1014 a function is declared with `proc` (write `proc f(struct foo *p, unsigned long n) -> struct foo * { ... }`)',
  ],
  [
    'static inline bool f(struct foo *p) { return true }',
    '1:1 HMM1014 a function is declared with `proc` (write `proc f(struct foo *p) -> bool { ... }`)',
  ],
  ['func f() { }', '1:1 HMM1014 a function is declared with `proc` (write `proc f(...) { ... }`)'],
  [
    'int proc f() { return 1 }',
    '1:1 HMM1014 a function is declared with `proc` (write `proc f(...) { ... }`)',
  ],
  [
    'proc f(void) { }',
    '1:12 HMM1014 a proc without parameters has empty brackets (write `proc f() { ... }`)',
  ],
  [
    'proc f() -> void { }',
    '1:13 HMM2003 there is no type `void` (a proc without a result has no `->`, and a pointer says what it points to)',
  ],
  [
    'proc f(): int { return 1 }',
    '1:9 HMM1014 the result of a proc stands behind `->` (write `proc f() -> int { ... }`)',
  ],
  [
    'proc f() int { return 1 }',
    '1:10 HMM1014 the result of a proc stands behind `->` (write `proc f() -> int { ... }`)',
  ],
  [
    'proc f(int a, int b = 2) { }',
    '1:21 HMM1014 a parameter has no default (leave it out, and give the argument in each call)',
  ],
  [
    'proc f(const struct foo *p) { }',
    '1:21 HMM1014 `const` means nothing here (leave it out: `foo *p`)',
  ],
  [
    'proc f(struct foo **p) { }',
    '1:20 HMM1014 there are no pointers to pointers (put the pointer into a struct, and hand on a pointer to that)',
  ],
  [
    'int x = 1',
    '1:1 HMM1014 what threads share is declared in a scenario (put it between the braces of a `scenario "title" { ... }`; what never changes is `const N = 3`)',
  ],
  [
    'mutex m',
    '1:1 HMM1014 what threads share is declared in a scenario (put it between the braces of a `scenario "title" { ... }`; what never changes is `const N = 3`)',
  ],
  [
    'struct foo f',
    '1:1 HMM1014 what threads share is declared in a scenario (put it between the braces of a `scenario "title" { ... }`; what never changes is `const N = 3`)',
  ],
  [
    'mm M',
    '1:1 HMM1014 what threads share is declared in a scenario (put it between the braces of a `scenario "title" { ... }`; what never changes is `const N = 3`)',
  ],
  [
    'typedef int foo_t',
    '1:1 HMM1014 there is no `typedef` (name a struct with `struct foo { ... }`; a range stands where a number is declared: `int n in 0..3`)',
  ],
  [
    'extern int x',
    '1:1 HMM1014 `extern` means nothing here (leave it out: all threads share what the scenario declares)',
  ],
  ['union foo { int a }', '1:1 HMM1014 there is no `union` (write a struct with a field for each)'],
  ['struct foo { int a:3 }', '1:19 HMM1014 there are no bit fields (write `int a in 0..7`)'],
  [
    'struct foo { void (*fn)(int) }',
    '1:19 HMM1014 there are no function pointers (a callback is a slot of a table: `ops foo_ops { fn(foo *f) -> int }`, and a field `ops foo_ops ops`)',
  ],
  [
    'struct foo { struct bar { int b } c }',
    '1:25 HMM1014 a struct inside a struct is defined before it (write `struct bar { ... }` outside, and `struct bar b` here)',
  ],
  [
    'struct foo { struct list_head link }',
    '1:14 HMM2003 there is no struct `list_head` (write `list foo name` for a list of struct foo; its entries need no field)',
  ],
  [
    'static const struct foo_ops o = { .sync = f }',
    '1:1 HMM1014 a struct has no list of values; a table of functions is declared with `ops` (write `ops foo_ops o = { sync: f }`)',
  ],
  [
    'ops I { sync(int a) }\nops I t = { .sync = f }',
    '2:13 HMM1014 a table names its slots with `:` (write `sync: f`)',
  ],
  ['EXPORT_SYMBOL(f)', '1:1 HMM1014 there are no modules (leave it out)'],
  ['#define N 3', '1:1 HMM1002 there is no preprocessor: `#define` (write `const N = 3`)'],
  [
    '#define max(a, b) ((a) > (b) ? (a) : (b))',
    '1:1 HMM1002 there is no preprocessor: `#define` (a constant is `const NAME = value`, a macro with arguments is a `proc`)',
  ],
  [
    '#include <linux/mm.h>',
    '1:1 HMM1002 there is no preprocessor: `#include` (write `import "./file.hmm"` for a file of yours, `use linux/5.3` for the kernel)',
  ],
  [
    '#ifdef CONFIG_HMM',
    '1:1 HMM1002 there is no preprocessor: `#ifdef` (write an `if` over a parameter of the scenario: `scenario "title" for x in [false, true]`)',
  ],
  ['# a comment', '1:1 HMM1002 `#` means nothing here (comments begin with `//`)'],
  [
    'scenario foo { }',
    '1:10 HMM1014 the title of a scenario is a string (write `scenario "foo" { ... }`)',
  ],
  [
    'scenrio "t" { }',
    '1:1 HMM1001 found `scenrio`, expected a scenario, a definition, a profile, `use` or `import` (did you mean `scenario`?)',
  ],
];

describe('one answer', () => {
  test.each(inScenario)('in a scenario: %s', (text, answer) => {
    expect(saidInScenario(text)).toEqual([answer]);
  });
  test.each(inFile)('in a file: %s', (text, answer) => {
    expect(saidInFile(text)).toEqual([answer]);
  });
});
