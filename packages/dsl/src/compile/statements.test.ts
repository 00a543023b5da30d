// SPDX-License-Identifier: MIT
import { describe, expect, test } from 'vitest';
import { disassembly } from '../testing/memory-host.ts';

function body(statements: string, more = ''): string {
  return disassembly(
    `scenario "s" {
      struct node { int n; node *next }
      struct node a, b
      list node nodes
      int x, y
      mutex lock
      wait_queue wq
      ${more}
      thread A { ${statements} }
      thread others { x = 1; y = 1; list_add(nodes, a); list_add(nodes, b); mutex_lock lock; mutex_unlock lock; wake_up_all wq }
    }`,
    'A',
  );
}

describe('control flow', () => {
  test('if and else', () => {
    expect(body('if (x) y = 1 else if (y) y = 2 else y = 3')).toMatchInlineSnapshot(`
      "
      proc A()
         0 * %0 = load &x
         1   if %0 then 2 else 4
      >  2 * store &y = 1
         3   jump 9
      >  4 * %1 = load &y
         5   if %1 then 6 else 8
      >  6 * store &y = 2
         7   jump 9
      >  8 * store &y = 3
      >  9   return
      "
    `);
  });
  test('while with break and continue', () => {
    expect(body('while (x) { if (y) break; if (y > 1) continue; y = 1 }')).toMatchInlineSnapshot(`
      "
      proc A()
      >  0 * %0 = load &x
         1   if %0 then 2 else 10
      >  2 * %1 = load &y
         3   if %1 then 4 else 5
      >  4   jump 10
      >  5 * %2 = load &y
         6   if (%2 > 1) then 7 else 8
      >  7   jump 0
      >  8 * store &y = 1
         9   jump 0
      > 10   return
      "
    `);
  });
  test('do-while', () => {
    expect(body('do { y++ } while (x)')).toMatchInlineSnapshot(`
      "
      proc A()
      >  0 * %0 = load &y
         1 * store &y = (%0 + 1)
         2 * %1 = load &x
         3   if %1 then 0 else 4
      >  4   return
      "
    `);
  });
  test('for', () => {
    expect(body('for (int i = 0; i < 3; i++) y = i')).toMatchInlineSnapshot(`
      "
      proc A()
         0   i.0 = 0
      >  1   if (i.0 < 3) then 2 else 5
      >  2 * store &y = i.0
         3   i.0 = (i.0 + 1)
         4   jump 1
      >  5   return
      "
    `);
  });
  test('for ever needs no return', () => {
    expect(body('for (;;) { y++ }')).toMatchInlineSnapshot(`
      "
      proc A()
      >  0 * %0 = load &y
         1 * store &y = (%0 + 1)
         2   jump 0
      "
    `);
  });
  test('list entries: the successor is asked for after the body', () => {
    expect(body('for (struct node *n in nodes) { if (n->n) break; y++ }')).toMatchInlineSnapshot(`
      "
      proc A()
         0 * n.0 = list_first(&nodes)
      >  1   if n.0 then 2 else 9
      >  2   %1 = load n.0+0
         3   if %1 then 4 else 5
      >  4   jump 9
      >  5 * %2 = load &y
         6 * store &y = (%2 + 1)
         7 * n.0 = list_next(&nodes, n.0)
         8   jump 1
      >  9   return
      "
    `);
  });
  test('list entries of a safe walk: the successor is asked for before the body', () => {
    expect(body('for (struct node *n, *m in nodes) { if (n->n) continue; list_del(nodes, n) }'))
      .toMatchInlineSnapshot(`
        "
        proc A()
           0 * n.0 = list_first(&nodes)
        >  1   if n.0 then 2 else 9
        >  2 * m.1 = list_next(&nodes, n.0)
           3   %2 = load n.0+0
           4   if %2 then 5 else 6
        >  5   jump 7
        >  6 * list_del(&nodes, n.0)
        >  7   n.0 = m.1
           8   jump 1
        >  9   return
        "
      `);
  });
  test('goto and labels', () => {
    expect(body('again: if (x) goto out; y = 1; goto again; out: x = 0')).toMatchInlineSnapshot(`
      "
      proc A()
      >  0 * %0 = load &x
         1   if %0 then 2 else 3
      >  2   jump 5
      >  3 * store &y = 1
         4   jump 0
      >  5 * store &x = 0
         6   return
      "
    `);
  });
  test('forever: a loop with a head that is no step', () => {
    expect(body('forever { if (x) break; if (y) continue; y = 1 } x = 2')).toMatchInlineSnapshot(`
      "
      proc A()
      >  0   forever 1
      >  1 * %0 = load &x
         2   if %0 then 3 else 4
      >  3   jump 9
      >  4 * %1 = load &y
         5   if %1 then 6 else 7
      >  6   jump 0
      >  7 * store &y = 1
         8   jump 0
      >  9 * store &x = 2
        10   return
      "
    `);
    expect(body('forever { }')).toMatchInlineSnapshot(`
      "
      proc A()
      >  0   forever 1
      >  1   jump 0
      "
    `);
  });
  test('a constant condition is no branch', () => {
    expect(body('if (false) y = 1; while (true) { if (x) break }')).toMatchInlineSnapshot(`
      "
      proc A()
         0   jump 2
         1 * store &y = 1
      >  2   jump 3
      >  3 * %0 = load &x
         4   if %0 then 5 else 6
      >  5   jump 7
      >  6   jump 2
      >  7   return
      "
    `);
  });
});

describe('local structs end with their block', () => {
  test('on falling out, break, continue and return', () => {
    expect(
      body(
        'while (x) { struct node n; if (x == 1) break; if (x == 2) continue; if (x == 3) return; n.n = 1 }',
      ),
    ).toMatchInlineSnapshot(`
      "
      proc A()
      >  0 * %0 = load &x
         1   if %0 then 2 else 18
      >  2 * n.1 = begin n
         3 * %2 = load &x
         4   if (%2 == 1) then 5 else 7
      >  5 * end n.1
         6   jump 18
      >  7 * %3 = load &x
         8   if (%3 == 2) then 9 else 11
      >  9 * end n.1
        10   jump 0
      > 11 * %4 = load &x
        12   if (%4 == 3) then 13 else 15
      > 13 * end n.1
        14   return
      > 15 * store n.1+0 = 1
        16 * end n.1
        17   jump 0
      > 18   return
      "
    `);
  });
  test('on goto out, and on a jump back over the declaration', () => {
    expect(
      body(
        'again: { struct node m; struct node n; m.n = 1; n.n = 1; if (x) goto out; if (y) goto again }; out: y = 1',
      ),
    ).toMatchInlineSnapshot(`
      "
      proc A()
      >  0 * m.0 = begin m
         1 * n.1 = begin n
         2 * store m.0+0 = 1
         3 * store n.1+0 = 1
         4 * %2 = load &x
         5   if %2 then 6 else 9
      >  6 * end n.1
         7 * end m.0
         8   jump 16
      >  9 * %3 = load &y
        10   if %3 then 11 else 14
      > 11 * end n.1
        12 * end m.0
        13   jump 0
      > 14 * end n.1
        15 * end m.0
      > 16 * store &y = 1
        17   return
      "
    `);
  });
  test('a return evaluates its value first', () => {
    expect(
      disassembly(
        'scenario "s" { struct node { int n }\n proc f() -> int { struct node n; n.n = 1; return n.n }\n int x\n thread A: x = f()\n }',
        'f',
      ),
    ).toMatchInlineSnapshot(`
      "
      proc f()
         0 * n.0 = begin n
         1 * store n.0+0 = 1
         2 * %1 = load n.0+0
         3 * end n.0
         4   return %1
      "
    `);
  });
  test('a local completion has a slot of its own', () => {
    expect(body('completion done; complete(done); wait_for_completion(&done)'))
      .toMatchInlineSnapshot(`
      "
      proc A()
         0 * done.0 = begin done
         1 * complete(done.0)
         2 * wait_for_completion(done.0)
         3 * end done.0
         4   return
      "
    `);
  });
});

describe('choices and atomic steps', () => {
  test('choose', () => {
    expect(body('x = choose(0..2); y = choose(1, -2); y = choose(x, y)')).toMatchInlineSnapshot(`
      "
      proc A()
         0 * %0 = choose 0..2
         1 * store &x = %0
         2 * %1 = choose 0..1
         3 * store &y = ((%1 == 0) ? 1 : -2)
         4 * %2 = choose 0..1
         5   if (%2 == 0) then 6 else 9
      >  6 * %4 = load &x
         7   %3 = %4
         8   jump 11
      >  9 * %5 = load &y
        10   %3 = %5
      > 11 * store &y = %3
        12   return
      "
    `);
  });
  test('either', () => {
    expect(body('either { x = 1 } or { return } or { y = 1 }; y = 2')).toMatchInlineSnapshot(`
      "
      proc A()
         0 * %0 = choose 0..2
         1   if (%0 == 0) then 2 else 4
      >  2 * store &x = 1
         3   jump 7
      >  4   if (%0 == 1) then 5 else 6
      >  5   return
      >  6 * store &y = 1
      >  7 * store &y = 2
         8   return
      "
    `);
  });
  test('atomic: one border, whatever is inside; what leaves it ends its lifetimes inside', () => {
    expect(
      body(
        'while (x) { struct node n; atomic { struct node m; m.n = x; if (y) break; x = 1 } n.n = y }',
      ),
    ).toMatchInlineSnapshot(`
      "
      proc A()
      >  0 * %0 = load &x
         1   if %0 then 2 else 18
      >  2 * n.1 = begin n
         3 * atomic
         4   m.2 = begin m
         5   %3 = load &x
         6   store m.2+0 = %3
         7   %4 = load &y
         8   if %4 then 9 else 12
      >  9   end m.2
        10   end n.1
        11   jump 18
      > 12   store &x = 1
        13   end m.2
        14 * %5 = load &y
        15 * store n.1+0 = %5
        16 * end n.1
        17   jump 0
      > 18   return
      "
    `);
  });
  test('await of several conditions: one border, a block without borders for each', () => {
    expect(
      body(
        'while (true) { await x == 1 { x = 0 } or y > 0 &&\n  !mutex_is_locked(lock) { break } }; y = 2',
      ),
    ).toMatchInlineSnapshot(`
      "
      proc A()
      >  0   jump 1
      >  1 * await (x == 1) then 2 or ((y > 0) && !is_locked(&lock)) then 4
      >  2   store &x = 0
         3   jump 5
      >  4   jump 6
      >  5   jump 0
      >  6 * store &y = 2
         7   return
      "
    `);
  });
  test('await: the condition as written, its block without borders', () => {
    expect(
      body('int i = 1; await x == i &&\n  !mutex_is_locked(lock) { x = 0; i = y }; await y; y = i'),
    ).toMatchInlineSnapshot(`
      "
      proc A()
         0   i.0 = 1
         1 * await ((x == i.0) && !is_locked(&lock))
         2   store &x = 0
         3   i.0 = load &y
         4 * await y
         5 * store &y = i.0
         6   return
      "
    `);
  });
});
