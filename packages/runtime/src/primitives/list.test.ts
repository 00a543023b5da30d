// SPDX-License-Identifier: MIT
import { describe, expect, test } from 'vitest';
import { exploreAll } from '../testing/explore-all.ts';
import type { CellRef } from '../testing/program-builder.ts';
import { binary } from '../testing/program-builder.ts';

type Change = readonly [name: string, item: number];

/** Applies the changes, then reads the list from its first entry on: `123` for items 1, 2, 3. */
function orderAfter(...changes: readonly Change[]) {
  return exploreAll((b) => {
    const struct = b.struct('foo', [['n', { kind: 'bool' }]]);
    const list = b.cell('list', { kind: 'list', of: struct, max: 3 });
    const items: CellRef[] = [1, 2, 3].map((n) => b.instance(`item${n}`, struct));
    const order = b.int('order');
    b.thread('A', (c) => {
      for (const [name, item] of changes) {
        c.primitive(name, [list, items[item - 1] ?? list]);
      }
      const at = c.local('at', { kind: 'ref', to: { kind: 'struct', struct } });
      const digits = c.local('digits');
      c.primitive('list_first', [list], at);
      for (let place = 0; place < 3; place++) {
        const number = items.reduceRight(
          (rest, item, i) => binary('+', rest, binary('*', binary('==', at, item), i + 1)),
          binary('*', digits, 10),
        );
        const some = c.branch(at);
        c.set(digits, number);
        c.primitive('list_next', [list, at], at);
        c.patch(some, some + 1, c.here);
      }
      c.store(order, digits);
    });
  });
}

describe('a list', () => {
  test.each<[readonly Change[], number]>([
    [[], 0],
    [
      [
        ['list_add', 1],
        ['list_add', 2],
        ['list_add', 3],
      ],
      321,
    ],
    [
      [
        ['list_add_tail', 1],
        ['list_add_tail', 2],
        ['list_add_tail', 3],
      ],
      123,
    ],
    [
      [
        ['list_add_tail', 1],
        ['list_add_tail', 2],
        ['list_add', 3],
      ],
      312,
    ],
    [
      [
        ['list_add_tail', 1],
        ['list_add_tail', 2],
        ['list_add_tail', 3],
        ['list_del', 2],
      ],
      13,
    ],
    [
      [
        ['list_add_tail', 1],
        ['list_del', 1],
        ['list_add', 1],
      ],
      1,
    ],
  ])('%j reads %d', (changes, order) => {
    const { findings, finals } = orderAfter(...changes);
    expect(findings).toEqual([]);
    expect(finals).toEqual([`order=${order}`]);
  });

  test.each<[readonly Change[]]>([
    [
      [
        ['list_add', 1],
        ['list_add', 1],
      ],
    ],
    [
      [
        ['list_add', 1],
        ['list_add_tail', 1],
      ],
    ],
    [[['list_del', 1]]],
    [
      [
        ['list_add', 2],
        ['list_del', 1],
      ],
    ],
  ])('%j is corruption', (changes) => {
    expect(orderAfter(...changes).findings).toEqual(['list_corruption on list in A']);
  });

  test.each<[readonly Change[], string[]]>([
    [[['list_next', 1]], ['poisoned_entry on list in A']],
    [
      [
        ['list_add', 1],
        ['list_del', 1],
        ['list_next', 1],
      ],
      ['poisoned_entry on list in A'],
    ],
    [
      [
        ['list_add', 1],
        ['list_add', 2],
        ['list_del', 1],
        ['list_next', 2],
      ],
      [],
    ],
  ])('%j: where the way goes on from', (changes, found) => {
    expect(orderAfter(...changes).findings).toEqual(found);
  });
});

/** Puts two entries on the list, of which one is freed there, then changes the list beside it. */
function besideFreed(name: string, freedFirst: boolean): readonly string[] {
  const { findings } = exploreAll((b) => {
    const struct = b.struct('foo', [['n', { kind: 'bool' }]]);
    const pool = b.pool('foo', struct, 1, 'heap');
    const list = b.cell('list', { kind: 'list', of: struct, max: 3 });
    const [item, other] = [b.instance('item', struct), b.instance('other', struct)];
    b.thread('A', (c) => {
      const p = c.local('p', { kind: 'ref', to: { kind: 'struct', struct } });
      c.emit({ op: 'alloc', pool, to: p.slot }, true);
      for (const entry of freedFirst ? [p, item] : [item, p])
        c.primitive('list_add_tail', [list, entry]);
      c.emit({ op: 'free', address: { kind: 'local', slot: p.slot } }, true);
      c.primitive(name, [list, name === 'list_del' ? item : other]);
    });
  });
  return findings;
}

test.each<[string, boolean, string]>([
  ['list_del', true, 'use_after_free'],
  ['list_del', false, 'use_after_free'],
  ['list_add', true, 'use_after_free'],
  ['list_add', false, 'leak'],
  ['list_add_tail', true, 'leak'],
  ['list_add_tail', false, 'use_after_free'],
])('%s writes to its neighbours (freed entry first: %s)', (name, freedFirst, finding) => {
  expect(besideFreed(name, freedFirst).map((text) => text.split(' ')[0])).toEqual([finding]);
});
