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

describe('waits', () => {
  test('wait_event tests, enqueues, tests again, sleeps', () => {
    expect(body('wait_event(wq, x == 1)')).toMatchInlineSnapshot(`
      "
      proc A()
         0   might_sleep()
         1 * %0 = load &x
         2   if (%0 == 1) then 9 else 3
      >  3 * prepare_to_wait(&wq)
         4 * %1 = load &x
         5   if (%1 == 1) then 8 else 6
      >  6 * schedule(&wq) until (x == 1)
         7   jump 3
      >  8 * finish_wait(&wq)
      >  9   return
      "
    `);
  });
  test('wait_event_timeout', () => {
    expect(body('if (!wait_event_timeout(wq, x && y, 10)) y = 1')).toMatchInlineSnapshot(`
      "
      proc A()
         0   might_sleep()
         1 * %1 = load &x
         2   if %1 then 3 else 5
      >  3 * %2 = load &y
         4   if %2 then 23 else 5
      >  5 * prepare_to_wait(&wq)
         6 * %3 = load &x
         7   if %3 then 8 else 10
      >  8 * %4 = load &y
         9   if %4 then 22 else 10
      > 10 * %5 = schedule_timeout(&wq) until (x && y)
        11   if (%5 != 0) then 5 else 12
      > 12 * finish_wait(&wq)
        13 * %7 = load &x
        14   if %7 then 15 else 19
      > 15 * %8 = load &y
        16   if %8 then 17 else 19
      > 17   %6 = 1
        18   jump 20
      > 19   %6 = 0
      > 20   %0 = %6
        21   jump 24
      > 22 * finish_wait(&wq)
      > 23   %0 = 1
      > 24   if %0 then 26 else 25
      > 25 * store &y = 1
      > 26   return
      "
    `);
  });
  test('wait_event_killable', () => {
    expect(body('errno ret = wait_event_killable(wq, !list_empty(nodes)); y = ret'))
      .toMatchInlineSnapshot(`
        "
        proc A()
           0   might_sleep()
           1 * %2 = list_empty(&nodes)
           2   if %2 then 3 else 12
        >  3 * prepare_to_wait(&wq)
           4 * %3 = list_empty(&nodes)
           5   if %3 then 6 else 11
        >  6 * %4 = schedule_interruptible(&wq) until !!length(&nodes)
           7   if (%4 == 0) then 3 else 8
        >  8 * finish_wait(&wq)
           9   %1 = -512
          10   jump 13
        > 11 * finish_wait(&wq)
        > 12   %1 = 0
        > 13   ret.0 = %1
          14 * store &y = ret.0
          15   return
        "
      `);
  });
});

test('the time of a timed wait is for the reader', () => {
  const wait = (text: string): string => body(text, 'completion done');
  const plain = wait('x = wait_for_completion_timeout(done); y = schedule_timeout(wq)');
  expect(wait('x = wait_for_completion_timeout(done, 100); y = schedule_timeout wq 5')).toBe(plain);
});
