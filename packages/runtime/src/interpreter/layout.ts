// SPDX-License-Identifier: MIT
/** Where everything lives: addresses of static objects and pool slots, and what each cell is called. */

import type { CellType, FieldCell, Guard, Program, StaticObject } from '../program/index.ts';

/** One instance of a pool's struct. Slots are numbered over all pools, in order. */
export interface Slot {
  readonly number: number;
  readonly pool: number;
  /** 0-based place in its pool. */
  readonly index: number;
  readonly base: number;
  readonly size: number;
  readonly name: string;
}

export interface Cell {
  readonly type: CellType;
  readonly initial: number;
  /** `M.mmap_sem`, `a[2]`, `foo#1.next`. */
  readonly name: string;
  /** Name of the object it belongs to: `M`, `a`, `foo#1`. */
  readonly object: string;
  /** Slot it belongs to, or null for a static object. */
  readonly slot: number | null;
  /** The way to the lock that guards it, or null. */
  readonly guard: Guard | null;
}

export interface Layout {
  /** By address; index 0 is a placeholder for NULL. */
  readonly cells: readonly Cell[];
  /** Address of the first cell of each static object. */
  readonly objects: readonly number[];
  readonly slots: readonly Slot[];
  /** First slot number of each pool. */
  readonly pools: readonly number[];
  /** Number of the first page frame of each `frames` cell, by its address: no two cells have a frame in common. */
  readonly firstFrames: ReadonlyMap<number, number>;
}

function join(object: string, cell: string): string {
  if (cell === '') return object;
  return cell.startsWith('[') ? object + cell : `${object}.${cell}`;
}

function cellOf({ cell, guard }: Extract<StaticObject['type'], { kind: 'cell' }>): FieldCell {
  return { name: '', type: cell, initial: 0, ...(guard === undefined ? {} : { guard }) };
}

/** Lays a Program's objects and pools out in one address space: objects first, then pools, in order. */
export function createLayout(program: Program): Layout {
  const cells: Cell[] = [
    { type: { kind: 'bool' }, initial: 0, name: 'NULL', object: 'NULL', slot: null, guard: null },
  ];
  const place = (object: string, fields: readonly FieldCell[], slot: number | null): number => {
    const base = cells.length;
    for (const field of fields) {
      const { type, name, guard = null } = field;
      // An allocated object's copy of a counter is equal to none until it is assigned.
      const initial = type.kind === 'seq' && slot !== null ? 0 : field.initial;
      cells.push({ type, initial, name: join(object, name), object, slot, guard });
    }
    return base;
  };
  const fieldsOf = (struct: number): readonly FieldCell[] => program.structs[struct]?.cells ?? [];

  const objects = program.objects.map((object) => {
    const fields =
      object.type.kind === 'struct' ? fieldsOf(object.type.struct) : [cellOf(object.type)];
    const given = new Map(object.initial.map((entry) => [entry.cell, entry.value]));
    return place(
      object.name,
      fields.map((field, i) => ({ ...field, initial: given.get(i) ?? field.initial })),
      null,
    );
  });

  const slots: Slot[] = [];
  const pools = program.pools.map((pool, poolIndex) => {
    const first = slots.length;
    const fields = fieldsOf(pool.struct);
    for (let index = 0; index < pool.capacity; index++) {
      const name =
        pool.lifetime === 'scope' && index === 0 ? pool.name : `${pool.name}#${index + 1}`;
      const number = slots.length;
      const base = place(name, fields, number);
      slots.push({ number, pool: poolIndex, index, base, size: fields.length, name });
    }
    return first;
  });
  return { cells, objects, slots, pools, firstFrames: numberFrames(cells) };
}

/** From 1 on, cell after cell: frame 0 is nobody's. */
function numberFrames(cells: readonly Cell[]): ReadonlyMap<number, number> {
  const firsts = new Map<number, number>();
  let next = 1;
  for (const [address, { type }] of cells.entries()) {
    if (type.kind !== 'frames') continue;
    firsts.set(address, next);
    next += type.count;
  }
  return firsts;
}
