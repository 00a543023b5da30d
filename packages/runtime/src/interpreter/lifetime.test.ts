// SPDX-License-Identifier: MIT
/** Birth, death and reuse of objects; what is left behind at the end. */
import { describe, expect, test } from 'vitest';
import type { ScalarType } from '../program/index.ts';
import { exploreAll } from '../testing/explore-all.ts';
import type { CellRef, CodeBuilder, LocalRef, ProgramBuilder } from '../testing/program-builder.ts';

interface Heap {
  readonly pool: number;
  readonly pointer: ScalarType;
}

/** `struct foo { foo *next; int n; list foo children; }` and a pool of it. */
function addHeap(b: ProgramBuilder, capacity: number, lifetime: 'heap' | 'scope' = 'heap'): Heap {
  const pointer: ScalarType = { kind: 'ref', to: { kind: 'struct', struct: 0 } };
  const struct = b.struct('foo', [
    ['next', pointer],
    ['n', { kind: 'int', min: 0, max: 9 }],
  ]);
  return { pool: b.pool('foo', struct, capacity, lifetime), pointer };
}

const field = (base: LocalRef, cells: number) =>
  ({ kind: 'field', base: { kind: 'local', slot: base.slot }, cells }) as const;

function allocate(c: CodeBuilder, { pool, pointer }: Heap, name: string): LocalRef {
  const to = c.local(name, pointer);
  c.emit({ op: 'alloc', pool, to: to.slot }, true);
  return to;
}

function free(c: CodeBuilder, { slot }: LocalRef): void {
  c.emit({ op: 'free', address: { kind: 'local', slot } }, true);
}

const slots = (explored: ReturnType<typeof exploreAll>): readonly string[] => [
  ...new Set(explored.states.map((state) => state.slots.join(' '))),
];

describe('quarantine', () => {
  /** Frees an object while `kept` still points to it, and allocates again. */
  const reuse = (capacity: number, keeps: boolean) =>
    exploreAll((b) => {
      const heap = addHeap(b, capacity);
      const kept = b.cell('kept', heap.pointer);
      b.thread('A', (c) => {
        const p = allocate(c, heap, 'p');
        c.store(kept, p);
        free(c, p);
        if (!keeps) c.store(kept, 0);
        const q = allocate(c, heap, 'q');
        free(c, q);
      });
    });

  test('a freed slot is not used again while a reference to it remains', () => {
    expect(slots(reuse(2, true))).toContain('dead live');
    expect(slots(reuse(2, true))).not.toContain('live dead');
  });

  test('it is used again afterwards', () => {
    const freed = reuse(1, false);
    expect(freed.findings).toEqual([]);
    expect(slots(freed)).toEqual(['free', 'live', 'dead']);
  });

  test('running out because of it is a limit and no failed allocation', () => {
    expect(() => reuse(1, true)).toThrow(/foo/);
  });

  test('the reference may be a local of another thread, as long as it may be read', () => {
    const found = exploreAll((b) => {
      const heap = addHeap(b, 1);
      const [shared, taken] = [b.cell('shared', heap.pointer), b.cell('m', { kind: 'mutex' })];
      b.thread('A', (c) => {
        const p = allocate(c, heap, 'p');
        c.store(shared, p);
        c.primitive('mutex_lock', [taken]);
        c.store(shared, 0);
        free(c, p);
        c.primitive('mutex_unlock', [taken]);
      });
      b.thread('B', (c) => {
        const q = c.local('q', heap.pointer);
        c.loadInto(q, shared);
        const got = c.branch(q);
        c.store(field(q, 1), 3);
        c.patch(got, got + 1, c.here);
      });
    });
    expect(found.findings).toEqual(['use_after_free on foo#1 in B']);
    expect(slots(found)).toEqual(['free', 'live', 'dead']);
  });
});

describe('local structs', () => {
  const scoped = (body: (c: CodeBuilder, p: LocalRef, keep: CellRef, heap: Heap) => void) =>
    exploreAll((b) => {
      const heap = addHeap(b, 1, 'scope');
      const keep = b.cell('keep', heap.pointer);
      b.thread('A', (c) => {
        const p = c.local('p', heap.pointer);
        c.emit({ op: 'scope-begin', pool: heap.pool, to: p.slot }, false);
        body(c, p, keep, heap);
      });
    });
  const end = (c: CodeBuilder, { slot }: LocalRef): void => {
    c.emit({ op: 'scope-end', slot }, false);
  };

  test('die with their scope, and a pointer that outlives it dangles', () => {
    const through = (c: CodeBuilder, keep: CellRef, heap: Heap): void => {
      const q = c.local('q', heap.pointer);
      c.loadInto(q, keep);
      c.store(field(q, 1), 1);
    };
    const dangling = scoped((c, p, keep, heap) => {
      c.store(keep, p);
      end(c, p);
      through(c, keep, heap);
    });
    expect(dangling.findings).toEqual(['use_after_free on foo in A']);
    const inside = scoped((c, p, keep, heap) => {
      c.store(keep, p);
      through(c, keep, heap);
      end(c, p);
    });
    expect(inside.findings).toEqual([]);
  });

  test('are no leak: nobody has to free them', () => {
    expect(scoped((c, p) => (c.store(field(p, 1), 1), end(c, p))).findings).toEqual([]);
    expect(scoped((c, p) => c.store(field(p, 1), 1)).findings).toEqual([]);
  });
});

describe('leaks', () => {
  const pair = (rooted: boolean, cycle: boolean) =>
    exploreAll((b) => {
      const heap = addHeap(b, 2);
      const root = b.cell('root', heap.pointer);
      b.thread('A', (c) => {
        const [p, q] = [allocate(c, heap, 'p'), allocate(c, heap, 'q')];
        c.store(field(p, 0), q);
        if (cycle) c.store(field(q, 0), p);
        if (rooted) c.store(root, p);
      });
    }).findings;

  test('two objects that only point to each other are leaked', () => {
    expect(pair(false, true)).toEqual(['leak on foo#1', 'leak on foo#2']);
    expect(pair(false, false)).toEqual(['leak on foo#1', 'leak on foo#2']);
  });

  test('what a static object leads to is not, over one hop or more', () => {
    expect(pair(true, true)).toEqual([]);
    expect(pair(true, false)).toEqual([]);
  });

  const registered = (lifetime: 'heap' | 'scope', removes: boolean) =>
    exploreAll((b) => {
      const heap = addHeap(b, 1, lifetime);
      const list = b.cell('ranges', { kind: 'list', of: 0, max: 2 });
      b.thread('A', (c) => {
        const p = c.local('p', heap.pointer);
        if (lifetime === 'heap') c.emit({ op: 'alloc', pool: heap.pool, to: p.slot }, true);
        else c.emit({ op: 'scope-begin', pool: heap.pool, to: p.slot }, false);
        c.primitive('list_add', [list, p]);
        if (removes) c.primitive('list_del', [list, p]);
        if (lifetime === 'heap') free(c, p);
        else c.emit({ op: 'scope-end', slot: p.slot }, false);
      });
    }).findings;

  test.each(['heap', 'scope'] as const)(
    'a registration that outlives its %s object',
    (lifetime) => {
      expect(registered(lifetime, false)).toEqual([
        lifetime === 'heap' ? 'leak on foo#1' : 'leak on foo',
      ]);
      expect(registered(lifetime, true)).toEqual([]);
    },
  );

  test('a list of live objects is a root', () => {
    const { findings } = exploreAll((b) => {
      const heap = addHeap(b, 1);
      const list = b.cell('ranges', { kind: 'list', of: 0, max: 2 });
      b.thread('A', (c) => c.primitive('list_add', [list, allocate(c, heap, 'p')]));
    });
    expect(findings).toEqual([]);
  });
});
