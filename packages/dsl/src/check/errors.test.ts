// SPDX-License-Identifier: MIT
import { describe, expect, test } from 'vitest';
import { compileText, complaints } from '../testing/memory-host.ts';

/** Diagnostics of a scenario whose thread has this body: `code text-it-is-about`. */
function wrong(body: string, items = ''): string[] {
  const text = `scenario "s" {
    struct node { int n in 0..3; mutex lock; node *next; int row[2]; list node kids }
    enum colour { RED, GREEN }
    enum shape { ROUND }
    ops node_ops { drop(node *n) -> errno }
    struct node a, b
    struct node *p
    int x, y in 0..3
    bool flag
    errno err
    pte entry
    enum colour c
    enum shape s
    struct holder { ops node_ops o }
    struct holder h
    mutex m
    rwsem rw
    wait_queue wq
    proc f(int i, node *q) -> errno { if (q) return i; return 0 }
    proc g() { x = 1 }
    ${items}
    thread A { ${body} }
    thread other { a.n = 1; b.n = 1; p = a; x = y; flag = err; entry = PTE_NONE; c = RED; s = ROUND; h.o = NULL; mutex_lock m; mutex_unlock m; down_read rw; up_read rw; wake_up wq; f(1, a); g() }
  }`;
  const lines = text.split('\n');
  return compileText(text).diagnostics.map(({ code, place }) => {
    const line = lines[place.line - 1] ?? '';
    const end = place.endLine === place.line ? place.endColumn - 1 : line.length;
    return `${code} ${line.slice(place.column - 1, end)}`;
  });
}

describe('kinds', () => {
  test.each([
    ['x = a', 'HMM3001 a'],
    ['x = p', 'HMM3001 p'],
    ['p = 0', 'HMM3001 0'],
    ['p = b.n', 'HMM3001 b.n'],
    ['c = ROUND', 'HMM3001 ROUND'],
    ['x = RED', 'HMM3001 RED'],
    ['if (c == ROUND) x = 1', 'HMM3001 c == ROUND'],
    ['if (p == 1) x = 1', 'HMM3001 p == 1'],
    ['if (entry) x = 1', 'HMM3001 entry'],
    ['if (c) x = 1', 'HMM3001 c'],
    ['entry = 4', 'HMM3001 4'],
    ['x = entry', 'HMM3001 entry'],
    ['x = p + 1', 'HMM3001 p'],
    ['x = -c', 'HMM3001 c'],
    ['x = flag ? p : 1', 'HMM3001 flag ? p : 1'],
    ['h.o = f', 'HMM3001 f'],
    ['x = *y', 'HMM3001 *y'],
    ['x = y[0]', 'HMM3001 y[0]'],
    ['x = a.row[p]', 'HMM3001 p'],
    ['x = "text"', 'HMM3001 "text"'],
    ['for (struct node *n in p) x = 1', 'HMM3001 p'],
    ['p += 1', 'HMM3001 p'],
    ['int n = 1; atomic_inc(n)', 'HMM3001 n'],
    ['kfree(x)', 'HMM3001 x'],
    ['int n[2]', 'HMM3001 n[2]'],
    ['mutex_lock rw', 'HMM3002 rw'],
    ['down_write(&m)', 'HMM3002 &m'],
    ['wait_event(m, x)', 'HMM3002 m'],
    ['mutex_lock a', 'HMM3001 a'],
    ['list_add(a.kids, p->lock)', 'HMM3001 p->lock'],
    ['f(1)', 'HMM3003 f(1)'],
    ['f(1, a, 2)', 'HMM3003 2'],
    ['f(1, z: a)', 'HMM3003 z: a'],
    ['f(1, i: 2)', 'HMM3003 i: 2'],
    ['mutex_lock()', 'HMM3003 mutex_lock()'],
    ['schedule_timeout(wq, 100, 1)', 'HMM3003 schedule_timeout(wq, 100, 1)'],
    ['x = schedule_timeout(wq, p)', 'HMM3001 p'],
    ['schedule(wq, 100)', 'HMM3003 schedule(wq, 100)'],
    ['mutex_lock(m: m)', 'HMM3003 m: m'],
    ['wait_event(wq)', 'HMM3003 wait_event(wq)'],
    ['y = 4', 'HMM3004 4'],
    ['a.n = -1', 'HMM3004 -1'],
    ['x = 5000', 'HMM3004 5000'],
    ['x = a.row[2]', 'HMM3004 2'],
    ['x = 1 / 0', 'HMM3004 1 / 0'],
    ['int n in 3..1', 'HMM3004 3'],
    ['int n in x..3', 'HMM3005 x'],
    ['x = p.n', 'HMM3006 p.n'],
    ['x = a->n', 'HMM3006 a->n'],
    ['x = h.o.drop(a)', 'HMM3006 h.o.drop'],
    ['m = 0', 'HMM3007 m'],
    ['a = b', 'HMM3007 a = b'],
    ['a.row = 1', 'HMM3007 a.row'],
    ['f(1, a) = 2', 'HMM3007 f(1, a)'],
    ['RED = GREEN', 'HMM3007 RED'],
    ['int n; p = &n', 'HMM3007 &n'],
    ['x = g()', 'HMM3008 g()'],
    ['if (g()) x = 1', 'HMM3008 g()'],
    ['return 1', 'HMM3008 return 1'],
    ['x = finished(other)', 'HMM3011 finished(other)'],
    ['x = list_length(a.kids)', 'HMM3011 list_length(a.kids)'],
  ])('%s', (body, expected) => {
    expect(wrong(body)).toEqual([expected]);
  });
});

describe('choices and atomic blocks', () => {
  test.each([
    ['x = choose(3..1)', 'HMM3004 choose(3..1)'],
    ['x = choose(0..2000)', 'HMM2019 choose(0..2000)'],
    ['x = choose(0..y)', 'HMM3005 y'],
    ['x = choose(RED..BLUE)', 'HMM3001 RED', 'HMM2001 BLUE'],
    ['x = choose(1, p)', 'HMM3001 p'],
    ['c = choose(RED, ROUND)', 'HMM3001 ROUND'],
    ['c = choose(0..1)', 'HMM3001 choose(0..1)'],
    ['await p->next->n + g()', 'HMM3008 g()'],
    ['await f(1, a)', 'HMM3011 f(1, a)'],
    ['await c', 'HMM3001 c'],
    ['await choose(0..1)', 'HMM3011 choose(0..1)'],
    ['await x > 0 { x = 0 } or f(1, a) { y = 0 }', 'HMM3011 f(1, a)'],
    ['await x > 0 { x = 0 } or y > 0 { mutex_lock m }', 'HMM3016 mutex_lock m'],
    ['atomic { await x > 0 { x = 0 } or y > 0 { y = 0 } }', 'HMM3016 x > 0'],
    ['int n[2] = { 1, 2 }', 'HMM3001 n[2] = { 1, 2 }'],
    ['int n = { 1 }', 'HMM3001 n = { 1 }'],
    ['atomic { mutex_lock m; x = 1; mutex_unlock m }', 'HMM3016 mutex_lock m'],
    ['atomic { down_read rw; up_read rw }', 'HMM3016 down_read rw'],
    ['atomic { wait_event(wq, x) }', 'HMM3016 wait_event(wq, x)'],
    ['atomic { x = choose(0..1) }', 'HMM3016 choose(0..1)'],
    ['atomic { x = choose(y, 1) }', 'HMM3016 choose(y, 1)'],
    ['atomic { f(1, a) }', 'HMM3016 f(1, a)'],
    ['atomic { h.o->drop(a) }', 'HMM3016 h.o->drop(a)'],
    ['atomic { await x }', 'HMM3016 x'],
    ['await x { await y }', 'HMM3016 y'],
    ['atomic { either { x = 1 } or { x = 2 } }', 'HMM3016 either'],
    ['atomic { if (x) { x = x || f(1, a) } }', 'HMM3016 f(1, a)'],
    ['goto mid; atomic { mid: x = 1 }', 'HMM2021 mid'],
    ['atomic { x = 1; goto mid }; atomic { mid: x = 1 }', 'HMM2021 mid'],
  ])('%s', (body, ...expected) => {
    expect(wrong(body)).toEqual(expected);
  });

  test.each([
    'atomic { if (mutex_trylock(m)) mutex_unlock m; wake_up wq; atomic_inc(x) }',
    'atomic { again: if (x < 3) { x++; goto again } goto out }; out: x = 0',
    'atomic { atomic { x = 1 } if (y) goto await_free; await_free: y = 2; for (struct node *n in a.kids) n->n = 1 }',
    'while (x) atomic { if (y) break; x = 0; continue }',
    'await mutex_is_locked(m) && list_empty(a.kids) { x = 1; return }',
    'x = choose(y, 1, err); p = choose(NULL, a, p->next); flag = choose(false, true)',
  ])('%s', (body) => {
    expect(wrong(body)).toEqual([]);
  });
});

describe('constants', () => {
  test.each([
    ['const N = 3', 'int n in 0..N = N; int m in 0..3 = n; x = m', []],
    ['const N = M + 1 const M = 2'.replace(' const', '\n const'), 'x = a.row[M - 1] + N', []],
    ['const C = RED', 'c = C', []],
    ['const E = -EBUSY', 'err = E', []],
    ['const N = 3', 'x = 1', ['HMM2024 N']],
    ['const N = 3', 'N = 1', ['HMM3007 N']],
    ['const N = y', 'x = N', ['HMM3005 y']],
    ['const N = f(1, a)', 'x = N', ['HMM3005 f(1, a)']],
    ['const N = M\n const M = N', 'x = N', ['HMM3005 N']],
    ['const N = NOTHING', 'x = 1', ['HMM2001 NOTHING']],
    ['const RED = 1', 'x = 1', ['HMM2002 RED']],
    ['const N = 1\n const N = 2', 'x = N', ['HMM2002 N']],
    ['const N = 2', 'x = a.row[N]', ['HMM3004 N']],
    ['const N = 2', 'c = N', ['HMM3001 N']],
  ])('%s; %s', (items, body, expected) => {
    expect(wrong(body, items)).toEqual(expected);
  });
});

describe('names', () => {
  test.each([
    ['x = unknown', 'HMM2001 unknown'],
    ['struct nodes *n', 'HMM2003 struct nodes'],
    ['x = a.m', 'HMM2006 m'],
    ['x = y.n', 'HMM2006 n'],
    ['x = h.o->grab(a)', 'HMM2006 grab'],
    ['x = row[0]', 'HMM2007 row'],
    ['mutex_lick m', 'HMM2005 mutex_lick'],
    ['unknown_proc(x)', 'HMM2005 unknown_proc'],
    ['down m', 'HMM2005 down'],
    ['x.n()', 'HMM2005 x.n'],
    ['goto nowhere', 'HMM2008 nowhere'],
    ['l: x = 1; l: x = 2', 'HMM2002 l'],
    ['int n = 1; int n = n; x = n', 'HMM2002 n'],
    ['break', 'HMM2021 break'],
    ['continue', 'HMM2021 continue'],
    ['x = other.n', 'HMM2021 other.n'],
    ['x = other', 'HMM2021 other'],
    ['goto inside; struct node n; inside: n.n = 1', 'HMM2022 inside'],
    ['{ struct node n; inside: n.n = 1 }; goto inside', 'HMM2022 inside'],
  ])('%s', (body, expected) => {
    expect(wrong(body)).toEqual([expected]);
  });
});

describe('definitions and items', () => {
  test.each([
    ['struct node { int n }', 'HMM2002 node'],
    ['int x', 'HMM2002 x'],
    ['proc f() { x = 1 }', 'HMM2002 f'],
    ['thread other: x = 1', 'HMM2002 other'],
    ['workqueue other', 'HMM2002 other'],
    ['struct t { int n; int n }', 'HMM2002 n'],
    ['struct t { workqueue q }', 'HMM3001 q'],
    ['struct t { workqueue q[2] }', 'HMM3001 q[2]'],
    ['thread t { workqueue q }', 'HMM3001 q'],
    ['struct t { t inner }', 'HMM3012 t'],
    ['struct t1 { t2 inner }\nstruct t2 { t1 inner[2] }', 'HMM3012 t1'],
    ['proc h(int i, int i) { x = i }', 'HMM2002 i'],
    ['proc h() -> int { if (x) return 1 }', 'HMM3008 }'],
    ['proc h() -> int { return }', 'HMM3008 return'],
    ['proc h(node n) { x = 1 }', 'HMM3001 node n'],
    ['proc h() -> node { return a }', 'HMM3001 node'],
    ['ops node_ops t = { drop: g }', 'HMM3009 g'],
    ['ops node_ops t = { grab: g }', 'HMM2006 grab'],
    ['ops other_ops t = { drop: g }', 'HMM2003 other_ops'],
    ['work w = g', 'HMM3009 g'],
    ['mutex n = 1', 'HMM3001 1'],
    ['kref k in 1..0', 'HMM3004 1'],
    ['kref k in 0..2 = 3', 'HMM3004 3'],
    ['mutex k in 0..1', 'HMM3001 0'],
    ['int q[0]', 'HMM3004 0'],
    ['int q in 1..3 = 4', 'HMM3004 4'],
    ['int q = x', 'HMM3005 x'],
    ['int q[2] = { 1, 2, 3 }', 'HMM3004 3'],
    ['int q[2] in 0..1 = { 0, 2 }', 'HMM3004 2'],
    ['int q[2] = { x }', 'HMM3005 x'],
    ['int q = { 1 }', 'HMM3001 q = { 1 }'],
    ['mutex k[2] = { 1 }', 'HMM3001 1'],
    ['struct node k[1] = { 1 }', 'HMM3001 1'],
    ['thread B[0]: x = 1', 'HMM3004 0'],
    ['thread B[33]: x = 1', 'HMM2019 33'],
    ['thread B if x { x = 1 }', 'HMM3005 x'],
    ['pool struct node: 0', 'HMM2019 0'],
    ['pool struct nodes: 1', 'HMM2003 nodes'],
    ['allow earthquakes', 'HMM2009 earthquakes'],
    ['tags slow, Not', 'HMM2009 Not'],
    ['check data_rase', 'HMM2009 data_rase'],
    ['check leak\ncheck no leak', 'HMM2002 leak'],
    ['check no livelock\nexpect livelock', 'HMM3018 livelock'],
    ['expect no data_race', 'HMM3018 data_race'],
    ['int guarded guarded_by(x)', 'HMM3019 x'],
    ['int guarded guarded_by(nobody)', 'HMM3019 nobody'],
    ['int guarded guarded_by(p->n)', 'HMM3019 n'],
    ['int guarded guarded_by(h.o.x)', 'HMM3019 x'],
    ['struct node guarded guarded_by(m)', 'HMM3019 m'],
    ['seq q = 1', 'HMM3001 1'],
    ['seq q in 0..3', 'HMM3001 0'],
    ['seq q\nthread B: q += 2', 'HMM3017 q += 2'],
    ['seq q\nthread B: q--', 'HMM3017 q--'],
    ['seq q\nthread B: q |= 2', 'HMM3017 q |= 2'],
    ['seq q\nthread B: x = q', 'HMM3001 q'],
    ['seq q\nthread B: q = x', 'HMM3001 x'],
    ['seq q\nthread B { if (q == 2) x = 1 }', 'HMM3001 q == 2'],
    ['seq q\nthread B { if (q) x = 1 }', 'HMM3001 q'],
    ['seq q\nthread B { if (q & 2) x = 1 }', 'HMM3017 q & 2'],
    ['seq q\nthread B { if (q < q) x = 1 }', 'HMM3017 q < q'],
    ['seq q\nthread B: atomic_inc q', 'HMM3001 q'],
    ['seq q, u\nthread B: x = cmpxchg(q, u, u)', 'HMM3001 q'],
    ['seq q\nthread B { seq l = q; l++ }', 'HMM3017 l++'],
    ['seq q\nthread B { seq l = q; if (l - 1 == q) x = 1 }', 'HMM3017 l - 1'],
    ['seq q, u\nthread B { q++; q = u }', 'HMM3017 q = u'],
    ['seq q, u\nthread B { q = u; if (q - 1 == u) x = 1 }', 'HMM3017 q = u'],
    ['seq q, u\nthread B { WRITE_ONCE(q, u); q++ }', 'HMM3017 WRITE_ONCE(q, u)'],
    ['struct lock { seq q }\nstruct lock l\nthread B { l.q++; struct lock k; k.q++ }', 'HMM3017 q'],
    ['struct lock { seq q }\nstruct lock l, k\nthread B { l.q++; l = k }', 'HMM3017 l = k'],
    ['mm M', 'HMM2018 M'],
    ['expect dead_lock', 'HMM2009 dead_lock'],
    ['expect deadlock in B', 'HMM2004 B'],
    ['expect deadlock on q', 'HMM2001 q'],
    ['expect deadlock on p->lock', 'HMM2021 p->lock'],
    ['expect deadlock at k', 'HMM2005 k'],
    ['expect deadlock in other[1]', 'HMM2004 other[1]'],
    ['expect always other.q == 1', 'HMM2006 other.q'],
    ['expect always f(1, a) == 1', 'HMM3011 f(1, a)'],
    ['invariant mutex_trylock(m)', 'HMM3011 mutex_trylock(m)'],
    ['invariant finished(B)', 'HMM2004 finished(B)'],
    ['expect holds if q', 'HMM2001 q'],
    ['mutex q held_by 1', 'HMM3020 q'],
    ['kref q held_by node', 'HMM3020 node'],
    ['kref q held_by nodes.next', 'HMM2003 nodes'],
    ['kref q held_by node.nxt', 'HMM2006 nxt'],
    ['kref q held_by node.n', 'HMM3020 node.n'],
    ['kref q held_by node.next', 'HMM3020 node.next'],
    ['kref q held_by node.lock.x', 'HMM3020 node.lock.x'],
    ['struct t { kref r held_by node.next }', 'HMM3020 node.next'],
    ['struct t { kref r held_by m; mutex m }', 'HMM3020 m'],
    ['struct t { kref r held_by u.e; int n }\nstruct u { pte e[2] }', 'HMM3020 u.e'],
    ['struct t { kref r held_by u.e of f; int n }\nstruct u { pte e[2] }', 'HMM3020 f'],
    ['struct t { kref r held_by u.t of n; int n }\nstruct u { t *t }', 'HMM3020 u.t of n'],
    ['struct t { bool b held_by 1 }', 'HMM3020 b'],
    ['int q holds n', 'HMM3021 q'],
    ['struct node q holds n', 'HMM3021 q'],
    ['struct node *q holds lock', 'HMM3021 lock'],
    ['list node q holds m', 'HMM2006 m'],
    ['struct t { kref *r holds n }', 'HMM3021 r'],
    ['struct t { node *row[2] holds kids }', 'HMM3021 kids'],
    ['struct t { missing *p holds n }', 'HMM2003 missing'],
    ['struct t { kref r held_by u.t }\nstruct u { t *t holds r }', 'HMM3020 u.t'],
    [
      'struct t { kref r held_by u.v.t }\nstruct u { v v }\nstruct v { t *t[2] holds r }',
      'HMM3020 u.v.t',
    ],
    ['expect holds under ["linux/5.3"]', 'HMM2011 "linux/5.3"'],
  ])('%s', (item, expected) => {
    expect(wrong('x = 1', item)).toEqual([expected]);
  });
});

test('all errors at once, and none of another', () => {
  expect(
    wrong(
      'x = unknown + p->nothing; unknown = 1; nothing_such(unknown); struct missing *q; x = q->n',
      'struct missing z',
    ),
  ).toMatchInlineSnapshot(`
    [
      "HMM2003 struct missing",
      "HMM2006 nothing",
      "HMM2005 nothing_such",
      "HMM2003 struct missing",
    ]
  `);
});

test('a broken world says it once', () => {
  expect(
    complaints(
      'scenario "s" { mm M\n vma h on M: 2 pages\n thread A: down_read mmap_sem; reclaim h; down_read M.mmap_sem }',
    ),
  ).toMatchInlineSnapshot(`
    [
      "1:19 HMM2018 nothing here says what \`mm\` is (use a core that knows it, such as \`use linux/5.3\`)",
      "3:32 HMM2005 there is no proc, verb or primitive \`reclaim\`",
    ]
  `);
});

test('warnings come only without errors, and never from profiles', () => {
  const text =
    'use p\nscenario "s" { mutex unused\n thread A { int n; return; cpu_relax() }\n thread B if false { cpu_relax() }\n proc never() { cpu_relax() } }';
  const files = { 'profiles/p': 'profile p { proc h() { int unused; return; cpu_relax() } }' };
  expect(complaints(text, files)).toMatchInlineSnapshot(`
    [
      "2:22 HMM2024 \`unused\` is never used",
      "3:17 HMM2024 \`n\` is never used",
      "3:28 HMM2023 this statement is never reached",
      "4:9 HMM2023 thread \`B\` is part of no instance",
      "5:7 HMM2024 \`never\` is never called",
    ]
  `);
  expect(complaints(text.replace('int n;', 'int n = q;'), files)).toMatchInlineSnapshot(`
    [
      "3:21 HMM2001 unknown name \`q\` (declare it before it is used, as in \`int n = 0\`)",
    ]
  `);
});
