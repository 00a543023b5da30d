// SPDX-License-Identifier: MIT
/** Small random scenarios with a bit of everything that threads do to each other; every one compiles. */

import type { Random } from '@hmmlab/dsl/testing';

const definitions = `struct node { int v in 0..2; mutex lock; work w = on_work; ops calls calls = direct; kref users = 1 }
ops calls { poke(node *n, int by) -> errno }
ops calls direct = { poke: poke_direct }
ops calls locked = { poke: poke_locked }
proc poke_direct(node *n, int by) -> errno { if (n->v >= 1) return -EBUSY; n->v = by & 1; return 0 }
proc poke_locked(node *n, int by) -> errno {
  mutex_lock n->lock
  int r = poke_direct(n, by)
  mutex_unlock n->lock
  return r
}
proc on_work(work *w) {
  struct node *n = container_of(w, struct node, w)
  n->v = 0
  wake_up q
}
`;

const worlds = `  int x in 0..2, y in 0..2
  bool b
  mutex m, k
  rwsem s
  spinlock sp
  wait_queue q
  completion done
  seq count
  atomic_t users in 0..2 = 1
  workqueue wq
  list node nodes
  struct node e
  struct node *p
  pool struct node: 1
`;

/** What a thread does in one go; locks are mostly, not always, let go. */
const deeds: readonly string[] = [
  'mutex_lock m; x = y; mutex_unlock m',
  'mutex_lock k; mutex_lock m; x = 1; mutex_unlock m; mutex_unlock k',
  'mutex_lock m; mutex_lock k; y = x; mutex_unlock k; mutex_unlock m',
  'mutex_lock e.lock; e.v = 1; mutex_unlock e.lock',
  'if (mutex_trylock(m)) { y = 1; mutex_unlock m }',
  'mutex_unlock m',
  'down_read s; r = x; up_read s',
  'down_write s; x = 2; up_write s',
  'down_read s; down_read s; up_read s; up_read s',
  'down_write s; downgrade_write s; up_read s',
  'spin_lock sp; y = 2; spin_unlock sp',
  'spin_lock sp; mutex_lock k; mutex_unlock k; spin_unlock sp',
  'wait_event(q, x == 1)',
  'r = wait_event_timeout(q, b, 5)',
  'b = true; wake_up q',
  'x = 1; wake_up_all q',
  'complete done',
  'wait_for_completion done',
  'count++; x = 1; count++',
  'WRITE_ONCE(x, 1); r = READ_ONCE(y)',
  'atomic_inc users; r = atomic_read(users)',
  'if (atomic_dec_and_test(users)) b = false',
  'queue_work(wq, e.w)',
  'flush_work e.w',
  'cancel_work_sync e.w',
  'list_add(nodes, e)',
  'list_del(nodes, e)',
  'for (struct node *n in nodes) n->v = 1',
  'for (struct node *n, *next in nodes) list_del(nodes, n)',
  'r = e.calls->poke(e, 1)',
  'e.calls = locked',
  'p = kmalloc(node); if (p) p->v = 1',
  'struct node *gone = p; p = NULL; kfree(gone)',
  'if (p) r = p->v',
  'r = choose(0..1); y = r',
  'either { x = 0 } or { y = 0 }',
  'atomic { x = y; y = 1 }',
  'await (x == y)',
  'r = x; y = 2 - r',
  'while (!b) cpu_relax()',
  'do { r = x } while (r == 2)',
  'BUG_ON(x == 2 && y == 2)',
  'kref_get e.users; kref_put(e.users)',
  'if (kref_put(e.users)) b = true',
];

const expectations: readonly string[] = [
  'holds',
  'deadlock',
  'self_deadlock on m',
  'unlock_not_held on m',
  'always x < 2',
  'never b && y == 2',
  'sometimes x == 1',
  'lost_wakeup',
];

const settings: readonly string[] = [
  'check data_race',
  'check no livelock',
  'allow signals',
  'allow spurious_wakeups',
  'allow allocation_failure',
  'invariant x != 2 || y != 2',
];

/** @param size about how many deeds a thread does */
export function smallModel(random: Random, size: number): string {
  const some = (items: readonly string[], most: number): readonly string[] => [
    ...new Set(Array.from({ length: random.below(most + 1) }, () => random.of(items))),
  ];
  const thread = (name: string): string => {
    const count = random.once(8) ? '[2]' : '';
    const body = Array.from(
      { length: 1 + random.below(size) },
      () => `    { ${random.of(deeds)} }`,
    );
    return `  ${random.once(10) ? 'daemon ' : ''}thread ${name}${count} {\n    int r in -200..200\n${body.join('\n')}\n  }\n`;
  };
  const threads = ['A', 'B', 'C'].slice(0, 2 + random.below(2)).map(thread);
  const items = [...some(settings, 2), ...some(expectations, 2).map((text) => `expect ${text}`)];
  return `scenario "s" {\n${definitions}${worlds}${threads.join('')}${items.map((item) => `  ${item}\n`).join('')}}\n`;
}
