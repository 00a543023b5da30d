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
