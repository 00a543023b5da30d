// SPDX-License-Identifier: MIT
import { describe, expect, test } from 'vitest';
import { disassembly } from '../testing/memory-host.ts';

/** Body of a thread `A` in a scenario with a few worlds. */
function body(statements: string, worlds = ''): string {
  return disassembly(
    `scenario "s" {
      struct node { int n; int m; node *next }
      struct node a, b
      struct node *head = a
      int x, y, z
      int row[3]
      bool flag
      pte entry
      mutex lock
      ${worlds}
      thread A { ${statements} }
      thread others { x = 1; y = 1; z = 1; flag = true; head = b; a.n = 1; a.m = 1; a.next = b; row[0] = 1; entry = PTE_NONE; mutex_lock lock; mutex_unlock lock }
    }`,
    'A',
  );
}

describe('each read of memory is a load of its own, left to right', () => {
  test('x++ is a load and a store', () => {
    expect(body('x++')).toMatchInlineSnapshot(`
      "
      proc A()
         0 * %0 = load &x
         1 * store &x = (%0 + 1)
         2   return
      "
    `);
  });
  test('operands', () => {
    expect(body('x = x + y * z')).toMatchInlineSnapshot(`
      "
      proc A()
         0 * %0 = load &x
         1 * %1 = load &y
         2 * %2 = load &z
         3 * store &x = (%0 + (%1 * %2))
         4   return
      "
    `);
  });
  test('each pointer hop', () => {
    expect(body('x = head->next->n')).toMatchInlineSnapshot(`
      "
      proc A()
         0 * %2 = load &head
         1 * %1 = load %2+2
         2 * %0 = load %1+0
         3 * store &x = %0
         4   return
      "
    `);
  });
  test('the target of `+=` is worked out once', () => {
    expect(body('head->next->n += x')).toMatchInlineSnapshot(`
      "
      proc A()
         0 * %1 = load &head
         1 * %0 = load %1+2
         2 * %2 = load %0+0
         3 * %3 = load &x
         4 * store %0+0 = (%2 + %3)
         5   return
      "
    `);
  });
  test('array elements, by constant and by value', () => {
    expect(body('row[2] = row[x]')).toMatchInlineSnapshot(`
      "
      proc A()
         0 * %1 = load &x
         1 * %0 = load &row[0][%1 of 3]
         2 * store &row[2] = %0
         3   return
      "
    `);
  });
  test('READ_ONCE and WRITE_ONCE', () => {
    expect(body('WRITE_ONCE(x, READ_ONCE(y))')).toMatchInlineSnapshot(`
      "
      proc A()
         0 * %0 = load &y
         1 * store &x = %0
         2   return
      "
    `);
  });
  test('a struct is copied field by field', () => {
    expect(body('a = b')).toMatchInlineSnapshot(`
      "
      proc A()
         0 * %0 = load &b.n
         1 * store &a.n = %0
         2 * %1 = load &b.m
         3 * store &a.m = %1
         4 * %2 = load &b.next
         5 * store &a.next = %2
         6   return
      "
    `);
  });
  test('a local takes a final load without a detour', () => {
    expect(body('int n = x; n = n + 1; x = n')).toMatchInlineSnapshot(`
      "
      proc A()
         0 * n.0 = load &x
         1   n.0 = (n.0 + 1)
         2 * store &x = n.0
         3   return
      "
    `);
  });
});

describe('&&, || and ?: are split where their right side acts', () => {
  test('a right side that loads', () => {
    expect(body('if (x && y) z = 1')).toMatchInlineSnapshot(`
      "
      proc A()
         0 * %0 = load &x
         1   if %0 then 2 else 5
      >  2 * %1 = load &y
         3   if %1 then 4 else 5
      >  4 * store &z = 1
      >  5   return
      "
    `);
  });
  test('as a value', () => {
    expect(body('flag = x || y')).toMatchInlineSnapshot(`
      "
      proc A()
         0 * %1 = load &x
         1   if %1 then 4 else 2
      >  2 * %2 = load &y
         3   if %2 then 4 else 6
      >  4   %0 = 1
         5   jump 7
      >  6   %0 = 0
      >  7 * store &flag = %0
         8   return
      "
    `);
  });
  test('only locals: one expression', () => {
    expect(body('int n = x; int m = y; if (n && !m || n > 2) z = 1')).toMatchInlineSnapshot(`
      "
      proc A()
         0 * n.0 = load &x
         1 * m.1 = load &y
         2   if ((n.0 && !m.1) || (n.0 > 2)) then 3 else 4
      >  3 * store &z = 1
      >  4   return
      "
    `);
  });
  test('a division behind its guard is not evaluated too early', () => {
    expect(body('int n = x; int m = y; if (n != 0 && m / n > 1) z = 1')).toMatchInlineSnapshot(`
      "
      proc A()
         0 * n.0 = load &x
         1 * m.1 = load &y
         2   if (n.0 != 0) then 3 else 5
      >  3   if ((m.1 / n.0) > 1) then 4 else 5
      >  4 * store &z = 1
      >  5   return
      "
    `);
  });
  test('the address of a field behind its guard neither', () => {
    expect(body('struct node *p = head; if (p && &p->next == NULL) z = 1')).toMatchInlineSnapshot(`
      "
      proc A()
         0 * p.0 = load &head
         1   if p.0 then 2 else 4
      >  2   if (p.0+2 == 0) then 3 else 4
      >  3 * store &z = 1
      >  4   return
      "
    `);
  });
  test('?: with loads', () => {
    expect(body('z = x ? y : 3')).toMatchInlineSnapshot(`
      "
      proc A()
         0 * %1 = load &x
         1   if %1 then 2 else 5
      >  2 * %2 = load &y
         3   %0 = %2
         4   jump 6
      >  5   %0 = 3
      >  6 * store &z = %0
         7   return
      "
    `);
  });
  test('negations are control flow too', () => {
    expect(body('if (!(x && y)) z = 1')).toMatchInlineSnapshot(`
      "
      proc A()
         0 * %0 = load &x
         1   if %0 then 2 else 4
      >  2 * %1 = load &y
         3   if %1 then 5 else 4
      >  4 * store &z = 1
      >  5   return
      "
    `);
  });
});

describe('values', () => {
  test('page table entries are arithmetic', () => {
    expect(
      body('if (pte_present(entry) && !pte_write(entry)) entry = mk_pte(pte_pfn(entry), true)'),
    ).toMatchInlineSnapshot(`
      "
      proc A()
         0 * %0 = load &entry
         1   if ((30 >> (%0 % 12)) % 2) then 2 else 6
      >  2 * %1 = load &entry
         3   if ((20 >> (%1 % 12)) % 2) then 6 else 4
      >  4 * %2 = load &entry
         5 * store &entry = (((%2 / 12) * 12) + 2)
      >  6   return
      "
    `);
  });
  test('numbers and pointers become truth values as in C', () => {
    expect(body('flag = x; flag = head; flag = 7')).toMatchInlineSnapshot(`
      "
      proc A()
         0 * %0 = load &x
         1 * store &flag = (%0 != 0)
         2 * %1 = load &head
         3 * store &flag = (%1 != 0)
         4 * store &flag = 1
         5   return
      "
    `);
  });
  test('constants are folded, errno keeps its sign', () => {
    expect(body('x = -EBUSY; y = 2 * 3 + (true ? 1 : 0)')).toMatchInlineSnapshot(`
      "
      proc A()
         0 * store &x = -16
         1 * store &y = 7
         2   return
      "
    `);
  });
  test('a contract in words', () => {
    expect(body('contract(x > 3, "x is large here")')).toMatchInlineSnapshot(`
      "
      proc A()
         0 * %0 = load &x
         1   contract (%0 > 3)
         2   return
      "
    `);
  });
  test('WARN_ON as a condition', () => {
    expect(body('if (WARN_ON(x > 3)) y = 1; BUG_ON(!flag); assert(x == y)')).toMatchInlineSnapshot(`
      "
      proc A()
         0 * %0 = load &x
         1   assert !(%0 > 3)
         2   if 0 then 3 else 4
      >  3 * store &y = 1
      >  4 * %1 = load &flag
         5   assert %1
         6 * %2 = load &x
         7 * %3 = load &y
         8   assert (%2 == %3)
         9   return
      "
    `);
  });
  test('atomics and exchanges take an address', () => {
    expect(body('atomic_inc(x); y = xchg(&x, 3); z = cmpxchg(a.n, 0, 1)')).toMatchInlineSnapshot(`
      "
      proc A()
         0 * atomic_inc(&x)
         1 * %0 = xchg(&x, 3)
         2 * store &y = %0
         3 * %1 = cmpxchg(&a.n, 0, 1)
         4 * store &z = %1
         5   return
      "
    `);
  });
});
