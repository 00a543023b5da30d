// SPDX-License-Identifier: MIT
import { describe, expect, test } from 'vitest';
import { compileText, complaints } from '../testing/memory-host.ts';
import { saidInFile, saidInThread } from '../testing/said.ts';

test.each([
  'mutex it',
  'rw_semaphore it',
  'completion it',
  'kref it',
  'work_struct it',
  'workqueue_struct *it',
])('struct %s is of the built-in type', (field) => {
  const text = `struct foo { struct ${field} }\nscenario "s" {\nstruct foo f\nthread A: cpu_relax\n}`;
  const { diagnostics } = compileText(text);
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
});

test('unless there is a struct of that name', () => {
  const text = `struct mutex { int n }\nscenario "s" {\nstruct mutex m\nthread A: m.n = 1\n}`;
  expect(complaints(text)).toEqual([]);
});

describe('it works', () => {
  test.each([
    'mutex_lock(&m); mutex_unlock(&m);',
    'return;',
    'if (!x) return;\nif (p == NULL) return\nif (NULL != p && !p->next) return',
    'unsigned long flags;\nspin_lock_irqsave(&l, flags);\nspin_unlock_irqrestore(&l, flags);',
    'unsigned a = 1; unsigned int b = a; u32 c = b; size_t d = c; unsigned long long e = d; x = e',
    'long long a = -1; s64 b = a; u8 c = 255; s8 d = -128; x = b + c + d',
    'u64 u64 = 1; x = u64',
    'struct foo *q = p, *r = q;\np = r',
    'struct foo* q = &f; q->n = (*p).n; (&f)->n = q->next->n',
    'int *q = &x; *q = 1; y = *q',
    'if (likely(p) && unlikely(x)) y = 1\nx = !likely(y)',
    'if (WARN_ON_ONCE(x)) return\nVM_BUG_ON(y)',
    'pr_debug("%d at %p\\n", p->n, p); printk("%s", "x"); pr_err("no"); pr_warn_once("%d", f.n)',
    'x = READ_ONCE(y); WRITE_ONCE(x, 1)',
    'x /= 2; x %= 3; y /= x',
    'int i;\nfor (i = 0; i < 3; ++i)\n{\n\tx = i;\n}',
    'for (int i = 0, n = 3; i < n; i++) x = i',
    'while (1) { while (true) { if (x) goto out } }\nout:\nx = 1',
    'if (x) y = 1\nelse if (y) x = 1\nelse y = 3',
    'do { x--; } while (x);',
    'struct foo q;\nq.n = 1;\nmutex_lock(&q.lock);\nmutex_unlock(&q.lock);',
  ])('%s', (text) => {
    expect(saidInThread(text)).toEqual([]);
  });
  test('types of C in fields, parameters and results', () => {
    const text = `struct bar { unsigned long flags; u64 a, b; struct foo *next; atomic_t n }
struct foo { struct mutex lock; spinlock_t l; struct rw_semaphore sem; struct work_struct w }
proc f(unsigned long addr, size_t n, struct bar *b) -> unsigned long { return addr + n + b->a }
proc g(unsigned long long *addr) -> unsigned long
{
  return *addr
}`;
    expect(saidInFile(text)).toEqual([]);
  });
});

test('an unsigned number is not below zero', () => {
  expect(saidInThread('unsigned a = -1; x = a')).toEqual([
    '1:14 HMM3004 -1 is outside 0..4095 (declare a wider range: `int n in 0..10000`)',
  ]);
});

test.each(['contract(x)', 'contract(x, y)', 'contract(x, "a", "b")', 'contract(text: x, "a")'])(
  '%s is no contract',
  (statement) => {
    expect(saidInThread(statement)).toEqual([
      '1:1 HMM3003 these arguments do not fit (it is contract(condition, "what has to be so"))',
    ]);
  },
);
