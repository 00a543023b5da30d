// SPDX-License-Identifier: MIT
/** Which counters stand above their holders in a final state, and who counts as a holder. */

import { describe, expect, test } from 'vitest';
import type { PteKind } from '../program/index.ts';
import { PTE_KINDS, pteKindNumber } from '../program/index.ts';
import type { CellPlace, CellType, Holder, ScalarType } from '../program/index.ts';
import { exploreProgram } from '../testing/explore-all.ts';
import type { CellRef, CodeBuilder, ProgramBuilder } from '../testing/program-builder.ts';
import { buildProgram } from '../testing/program-builder.ts';
import { createInterpreter } from './interpreter.ts';

const KREF: CellType = { kind: 'kref', max: 9 };
const PFN = 3;
const pte = (kind: PteKind, pfn: number): number => pfn * PTE_KINDS.length + pteKindNumber(kind);
const PRESENT_READ_ONLY = pte('ro', PFN);
const PRESENT = pte('rw', PFN);
const WITHOUT_ACCESS = pte('protnone ro', PFN);
const SWAPPED = pte('swap', PFN);

const at = ({ object }: CellRef, cell = 0): CellPlace => ({ kind: 'object', object, cell });
const cellOf = ({ object }: CellRef, cell: number) => ({ kind: 'object', object, cell }) as const;

/** `struct page { kref refs; int pfn; bool open; list page peers }` and what may refer to it. */
class World {
  readonly b: ProgramBuilder;
  readonly page: CellRef;
  readonly pointer: ScalarType = { kind: 'ref', to: { kind: 'struct', struct: 0 } };
  readonly #holders: Holder[] = [];

  constructor(b: ProgramBuilder) {
    this.b = b;
    b.struct('page', [
      ['refs', KREF],
      ['pfn', { kind: 'int', min: 0, max: 9 }],
      ['open', { kind: 'bool' }],
      ['peers', { kind: 'list', of: 0, max: 4 }],
    ]);
    this.page = b.instance('page', 0);
  }

  heldBy(...holders: readonly Holder[]): void {
    this.#holders.push(...holders);
    this.b.counter({
      name: 'page.refs',
      cells: [{ at: at(this.page), owner: 0 }],
      holders: this.#holders,
    });
  }
}

const own = (cell: number): Holder => ({ kind: 'own', text: 'own', hops: [cell], length: 1 });
const referrer = (from: readonly CellPlace[], more: object = {}): Holder => {
  return { kind: 'referrer', text: 'holder', from, hops: [0], length: 1, pfn: null, ...more };
};

/** Findings when a thread sets the count to `count` and then does `body`. */
function leaks(count: number, write: (world: World) => (c: CodeBuilder) => void): string[] {
  const program = buildProgram((b) => {
    const world = new World(b);
    const body = write(world);
    b.thread('A', (c) => {
      c.store(world.page, count);
      body(c);
    });
  });
  const machine = createInterpreter(program);
  const messages = exploreProgram(program).states.flatMap((state) => {
    const ending = machine.ending(state, machine.enabled(state));
    return ending.kind === 'final' ? ending.occurrences.map(({ message }) => message) : [];
  });
  return [...new Set(messages)];
}

const nothing = (): void => {};

describe('a counter', () => {
  const held = (count: number, by: number): string[] =>
    leaks(count, (world) => {
      world.heldBy({ kind: 'number', text: 'always', count: by });
      return nothing;
    });

  test('at or below its holders is no leak', () => {
    expect([held(0, 0), held(2, 2), held(1, 2)]).toEqual([[], [], []]);
  });
  test('above them is one, and the message counts', () => {
    expect(held(1, 0)).toEqual(['page.refs is 1, but no holder is left: always 0']);
    expect(held(2, 1)).toEqual(['page.refs is 2, but only 1 holder is left: always 1']);
    expect(held(3, 2)).toEqual(['page.refs is 3, but only 2 holders are left: always 2']);
  });
  test('without holders declared is not judged', () => {
    const found = leaks(3, ({ b, page }) => {
      b.counter({ name: 'page.refs', cells: [{ at: at(page), owner: 0 }], holders: null });
      return nothing;
    });
    expect(found).toEqual([]);
  });
});

describe('fields of the object itself', () => {
  test.each([
    [0, ['page.refs is 1, but no holder is left: own 0']],
    [1, []],
  ])('open = %i', (open, expected) => {
    const found = leaks(1, (world) => {
      world.heldBy(own(2));
      return (c) => c.store(cellOf(world.page, 2), open);
    });
    expect(found).toEqual(expected);
  });

  test('a list counts its entries that live', () => {
    const found = leaks(2, (world) => {
      const pool = world.b.pool('peer', 0, 2, 'scope');
      const peer = world.b.instance('kept', 0);
      world.heldBy(own(3));
      return (c) => {
        const gone = c.local('gone', world.pointer);
        c.emit({ op: 'scope-begin', pool, to: gone.slot }, true);
        c.primitive('list_add', [cellOf(world.page, 3), peer]);
        c.primitive('list_add', [cellOf(world.page, 3), gone]);
        c.emit({ op: 'scope-end', slot: gone.slot }, true);
      };
    });
    expect(found).toEqual([
      'peer is still on page.peers although it is gone',
      'page.refs is 2, but only 1 holder is left: own 1',
    ]);
  });
});

describe('what refers to the object from elsewhere', () => {
  /** `p` points to a middle object, whose field points to the page. */
  const viaMiddle = (first: boolean, second: boolean): string[] =>
    leaks(1, (world) => {
      const struct = world.b.struct('middle', [['to', world.pointer]]);
      const middle = world.b.instance('middle', struct);
      const p = world.b.cell('p', { kind: 'ref', to: { kind: 'struct', struct } });
      world.heldBy(referrer([at(p)], { hops: [0, 0] }));
      return (c) => {
        if (first) c.store(p, middle);
        if (second) c.store(middle, world.page);
      };
    });

  test('only the whole path counts', () => {
    expect(viaMiddle(true, true)).toEqual([]);
    expect(viaMiddle(true, false)).toHaveLength(1);
    expect(viaMiddle(false, true)).toHaveLength(1);
  });

  test('a path through an object that is gone does not count', () => {
    const found = leaks(1, (world) => {
      const struct = world.b.struct('middle', [['to', world.pointer]]);
      const toMiddle: ScalarType = { kind: 'ref', to: { kind: 'struct', struct } };
      const pool = world.b.pool('middle', struct, 2, 'scope');
      const p = world.b.cell('p', toMiddle);
      world.heldBy(referrer([at(p)], { hops: [0, 0] }));
      return (c) => {
        const middle = c.local('middle', toMiddle);
        c.emit({ op: 'scope-begin', pool, to: middle.slot }, true);
        c.store(
          { kind: 'field', base: { kind: 'local', slot: middle.slot }, cells: 0 },
          world.page,
        );
        c.store(p, middle);
        c.emit({ op: 'scope-end', slot: middle.slot }, true);
      };
    });
    expect(found).toEqual(['page.refs is 1, but no holder is left: holder 0']);
  });

  test('each pointer of an array and each place counts, a pointer to another object does not', () => {
    const found = leaks(4, (world) => {
      const struct = world.b.struct('bio', [
        ['n', { kind: 'bool' }],
        ['pages[0]', world.pointer],
        ['pages[1]', world.pointer],
      ]);
      const bios = ['x', 'y'].map((name) => world.b.instance(name, struct));
      const other = world.b.instance('other', 0);
      world.heldBy(
        referrer(
          bios.map((bio) => at(bio)),
          { hops: [1], length: 2 },
        ),
      );
      return (c) => {
        for (const bio of bios) c.store(cellOf(bio, 1), world.page);
        for (const [i, bio] of bios.entries())
          c.store(cellOf(bio, 2), i === 0 ? world.page : other);
      };
    });
    expect(found).toEqual(['page.refs is 4, but only 3 holders are left: holder 3']);
  });

  test('a local struct counts until its scope ends', () => {
    const scoped = (ends: boolean): string[] =>
      leaks(1, (world) => {
        const struct = world.b.struct('range', [['page', world.pointer]]);
        const pool = world.b.pool('range', struct, 2, 'scope');
        world.heldBy(referrer([{ kind: 'pool', pool, cell: 0 }]));
        return (c) => {
          const range = c.local('range', world.pointer);
          c.emit({ op: 'scope-begin', pool, to: range.slot }, true);
          c.store(
            { kind: 'field', base: { kind: 'local', slot: range.slot }, cells: 0 },
            world.page,
          );
          if (ends) c.emit({ op: 'scope-end', slot: range.slot }, true);
        };
      });
    expect(scoped(true)).toEqual(['page.refs is 1, but no holder is left: holder 0']);
    expect(scoped(false)).toEqual([]);
  });

  test('page table entries count that are present and map the frame', () => {
    const mapped = (...entries: readonly number[]): string[] =>
      leaks(2, (world) => {
        const cells = entries.map((_, i) => world.b.cell(`pte${i}`, { kind: 'pte' }));
        world.heldBy(
          referrer(
            cells.map((cell) => at(cell)),
            { pfn: 1 },
          ),
        );
        return (c) => {
          c.store(cellOf(world.page, 1), PFN);
          for (const [i, entry] of entries.entries()) c.store(cells[i] ?? 0, entry);
        };
      });
    expect(mapped(PRESENT, PRESENT_READ_ONLY)).toEqual([]);
    expect(mapped(PRESENT, WITHOUT_ACCESS)).toEqual([]);
    expect(mapped(PRESENT, SWAPPED)).toHaveLength(1);
    expect(mapped(PRESENT, pte('rw', PFN + 1))).toHaveLength(1);
    expect(mapped(PRESENT, pte('none', PFN))).toHaveLength(1);
  });
});

test('a thread that has not ended may hold one; an idle worker holds none', () => {
  const withThread = (kind: 'task' | 'daemon' | 'worker'): string[] =>
    leaks(1, (world) => {
      const queue = world.b.cell('queue', { kind: kind === 'worker' ? 'workqueue' : 'wait_queue' });
      const workqueue = kind === 'worker' ? { object: queue.object, cell: 0 } : null;
      world.heldBy({ kind: 'thread', text: 'thread' });
      world.b.thread(
        'B',
        (c) => {
          if (kind === 'daemon') c.primitive('sleep_on', [queue]);
          if (kind === 'worker') c.primitive('worker_take', [queue], c.local('work'));
        },
        { kind, workqueue },
      );
      return nothing;
    });
  expect(withThread('task')).toEqual(['page.refs is 1, but no holder is left: thread 0']);
  expect(withThread('daemon')).toEqual([]);
  expect(withThread('worker')).toEqual(['page.refs is 1, but no holder is left: thread 0']);
});

test('the counter of a freed object is not judged, each of the others is', () => {
  const program = buildProgram((b) => {
    const struct = b.struct('foo', [['ref', KREF]]);
    const pointer: ScalarType = { kind: 'ref', to: { kind: 'struct', struct } };
    const pool = b.pool('foo', struct, 3, 'heap');
    const kept = [b.cell('x', pointer), b.cell('y', pointer), b.cell('z', pointer)];
    const place = { kind: 'pool', pool, cell: 0 } as const;
    b.counter({ name: 'foo.ref', cells: [{ at: place, owner: 0 }], holders: [] });
    b.thread('A', (c) => {
      for (const [i, cell] of kept.entries()) {
        const p = c.local('p', pointer);
        c.emit({ op: 'alloc', pool, to: p.slot }, true);
        c.store(cell, p);
        c.store({ kind: 'field', base: { kind: 'local', slot: p.slot }, cells: 0 }, 1);
        if (i === 1) c.emit({ op: 'free', address: { kind: 'local', slot: p.slot } }, true);
      }
    });
  });
  expect(exploreProgram(program).findings).toEqual(['leak on foo#1.ref', 'leak on foo#3.ref']);
});
