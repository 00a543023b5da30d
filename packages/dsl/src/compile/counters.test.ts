// SPDX-License-Identifier: MIT
/** Which counters a Program has, where they are, and who may hold what they count. */

import { describe, expect, test } from 'vitest';
import { compileText, complaints } from '../testing/memory-host.ts';

/** Counters of the only instance. */
function counters(items: string, body = 'cpu_relax()') {
  const text = `scenario "s" {\n${items}\nthread A { ${body} }\n}`;
  expect(complaints(text)).toEqual([]);
  const program = compileText(text).scenarios[0]?.instances[0]?.program;
  return program?.counters ?? [];
}

/** `name`, or `name?` for one that says nothing about holders. */
function names(items: string, body = 'cpu_relax()'): string[] {
  return counters(items, body).map(({ name, holders }) => (holders === null ? `${name}?` : name));
}

describe('what is a counter', () => {
  test('krefs, wherever they are, each declaration once', () => {
    const items = 'struct foo { int n; kref r[2] }\nstruct bar { foo foos[2] }\nstruct bar b[2]';
    const [counter, ...others] = counters(items, 'b[0].foos[0].n = 1');
    expect(others).toEqual([]);
    expect(counter?.name).toBe('foo.r');
    expect(counter?.cells.map(({ at, owner }) => [at, owner])).toEqual(
      [0, 1].flatMap((object) =>
        [1, 2, 4, 5].map((cell) => [{ kind: 'object', object, cell }, cell < 3 ? 0 : 3]),
      ),
    );
  });
  test('worlds, pools and locals have them too', () => {
    const items = 'struct foo { kref r }\npool struct foo: 2\nkref k';
    const body = 'struct foo *p = kmalloc(foo); kref_put(k); kref mine; kref_put(mine); kfree(p)';
    expect(names(items, body)).toEqual(['k?', 'foo.r?', 'mine?']);
    expect(counters(items, body).map(({ cells }) => cells.map(({ at }) => at.kind))).toEqual([
      ['object'],
      ['pool'],
      ['pool'],
    ]);
  });
  test('an int is one if it says who holds it, or if atomic operations count with it', () => {
    const items = 'struct foo { int a; int b; int c; int d held_by 0 }\nstruct foo f\nint x, y';
    const body =
      'f.a++; atomic_inc(&f.b); if (atomic_dec_and_test(&f.c)) x++; if (atomic_inc_not_zero(&y)) f.d++';
    expect(names(items, body)).toEqual(['y?', 'foo.c?', 'foo.d']);
  });
});

describe('holders', () => {
  const holders = (list: string, more = ''): unknown =>
    counters(
      `struct foo { int pfn; bool open; list foo kids; kref r held_by ${list} }
      struct bar { int n; foo *foo; foo *row[3] }
      struct outer { bar *bar; bar inside; pte ptes[2] }
      struct foo f\nstruct outer o\n${more}`,
      'f.pfn = 1; o.inside.n = 1',
    ).find(({ name }) => name === 'foo.r')?.holders;
  const object = (number: number, cell: number) => ({ kind: 'object', object: number, cell });

  test('numbers and threads', () => {
    expect(holders('2, thread')).toEqual([
      { kind: 'number', text: '2', count: 2 },
      { kind: 'thread', text: 'thread' },
    ]);
  });
  test('fields of the object itself', () => {
    expect(holders('open, kids')).toEqual([
      { kind: 'own', text: 'open', hops: [1], length: 1 },
      { kind: 'own', text: 'kids', hops: [2], length: 1 },
    ]);
  });
  test('paths from every instance of a struct, through pointers and nested structs', () => {
    expect(holders('outer.bar.foo, bar.row, outer.inside.foo, foo.kids')).toEqual([
      {
        kind: 'referrer',
        text: 'outer.bar.foo',
        from: [object(1, 0)],
        hops: [0, 1],
        length: 1,
        pfn: null,
      },
      { kind: 'referrer', text: 'bar.row', from: [object(1, 1)], hops: [2], length: 3, pfn: null },
      {
        kind: 'referrer',
        text: 'outer.inside.foo',
        from: [object(1, 0)],
        hops: [2],
        length: 1,
        pfn: null,
      },
      { kind: 'referrer', text: 'foo.kids', from: [object(0, 0)], hops: [2], length: 1, pfn: null },
    ]);
  });
  test('page table entries of a frame', () => {
    expect(holders('outer.ptes of pfn')).toEqual([
      {
        kind: 'referrer',
        text: 'outer.ptes of pfn',
        from: [object(1, 0)],
        hops: [6],
        length: 2,
        pfn: 0,
      },
    ]);
  });
  test('a field of the object goes before a struct of its name, unless `struct` says so', () => {
    const items = (holder: string): string =>
      `struct m { h h; kref r held_by ${holder} }\nstruct h { list m ms; m *m }\nstruct m x`;
    const kinds = (holder: string) =>
      counters(items(holder), 'kref_put(x.r)').map((counter) => counter.holders?.[0]?.kind);
    expect(kinds('h.ms')).toEqual(['own']);
    expect(kinds('struct h.m')).toEqual(['referrer']);
  });
  test('pointers to a counter that is a world of its own', () => {
    const [counter] = counters(
      'kref k held_by user.on\nstruct user { kref *on }\nstruct user u',
      'u.on = &k',
    );
    expect(counter?.holders).toMatchObject([{ kind: 'referrer', from: [object(1, 0)], hops: [0] }]);
  });
});

describe('holders that say so themselves', () => {
  const object = (number: number, cell = 0) => ({ kind: 'object', object: number, cell });
  const referrer = { kind: 'referrer', pfn: null };
  const holdersOf = (items: string, body: string) =>
    counters(items, body).find(({ name }) => name === 'foo.r')?.holders;

  test('pointers, arrays and lists, in every instance, behind those that the counter names', () => {
    const items = `struct foo { kref r held_by 1, bar.hidden }
      struct bar { int n; foo *one holds r; foo *row[2] holds r; list foo all holds r; foo *hidden }
      struct outer { int n; bar bars[2] }
      struct foo f\nstruct outer o\nstruct bar b\npool struct bar: 1`;
    const from = [object(1, 1), object(1, 7), object(2), { kind: 'pool', pool: 0, cell: 0 }];
    expect(
      holdersOf(items, 'struct bar *p = kmalloc(bar); p->one = f; o.n = 1; b.n = 1; kfree(p)'),
    ).toEqual([
      { kind: 'number', text: '1', count: 1 },
      { ...referrer, text: 'bar.hidden', from, hops: [5], length: 1 },
      { ...referrer, text: 'bar.one', from, hops: [1], length: 1 },
      { ...referrer, text: 'bar.row', from, hops: [2], length: 2 },
      { ...referrer, text: 'bar.all', from, hops: [4], length: 1 },
    ]);
  });
  test('worlds', () => {
    const items = `struct foo { kref r }\nstruct foo f
      struct foo *p holds r\nstruct foo *row[2] holds r\nlist foo all holds r`;
    expect(holdersOf(items, 'p = f; row[0] = f; list_add(all, f)')).toEqual([
      { ...referrer, text: 'p', from: [object(1)], hops: [0], length: 1 },
      { ...referrer, text: 'row', from: [object(2), object(3)], hops: [0], length: 1 },
      { ...referrer, text: 'all', from: [object(4)], hops: [0], length: 1 },
    ]);
  });
  test('a counter that names nobody is checked if somebody holds it, an int too, and no other', () => {
    const items = `struct foo { kref r; int n; int m; kref unheld }\nstruct foo f
      struct foo *p holds r\nstruct foo *q holds n`;
    expect(names(items, 'p = f; q = f')).toEqual(['foo.r', 'foo.n', 'foo.unheld?']);
  });
  test('a path over a reference that holds is another holder, not the same one', () => {
    const items = `struct foo { kref r held_by outer.bar.foo }
      struct bar { foo *foo holds r }\nstruct outer { bar *bar }
      struct foo f\nstruct bar b\nstruct outer o`;
    expect(holdersOf(items, 'o.bar = &b; b.foo = f')).toMatchObject([
      { text: 'outer.bar.foo' },
      { text: 'bar.foo' },
    ]);
  });
});
