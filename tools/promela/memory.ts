// SPDX-License-Identifier: MIT
/**
 * Where a Program's cells live in the Promela model. Plain cells are `m[address]`; a cell with a value of
 * its own (a lock, a list) is also number `k` of the arrays `own`, `flags`, `rd` and of the channels `q`.
 */

import type { CellType, Program, StructType } from '@hmmlab/runtime/program';
import { Untranslatable } from './untranslatable.ts';

export interface MemoryCell {
  readonly type: CellType;
  readonly initial: number;
  /** Number of the pool slot it belongs to, or null. */
  readonly slot: number | null;
}

export interface PoolRun {
  /** Number of its first slot. */
  readonly slot: number;
  readonly capacity: number;
  readonly base: number;
  readonly size: number;
  readonly heap: boolean;
}

export interface Memory {
  /** By address; address 0 is NULL. */
  readonly cells: readonly MemoryCell[];
  readonly objects: readonly number[];
  readonly pools: readonly PoolRun[];
  readonly slots: number;
  /** Addresses of the cells with a value of their own, in the order of their numbers. */
  readonly compounds: readonly number[];
}

const COMPOUND: ReadonlySet<string> = new Set([
  'mutex',
  'rwsem',
  'spinlock',
  'wait_queue',
  'completion',
  'list',
]);
const PLAIN: ReadonlySet<string> = new Set([
  'int',
  'bool',
  'enum',
  'errno',
  'ref',
  'pte',
  'ops',
  'kref',
]);

export const isPlain = (type: CellType): boolean => PLAIN.has(type.kind);

/** @throws Untranslatable for kinds of cells that the model has no form for */
export function layOut(program: Program): Memory {
  const cells: MemoryCell[] = [{ type: { kind: 'bool' }, initial: 0, slot: null }];
  const objects = program.objects.map(({ type, initial }) => {
    const base = cells.length;
    const fields =
      type.kind === 'cell'
        ? [{ type: type.cell, initial: 0 }]
        : structOf(program, type.struct).cells;
    const given = new Map(initial.map(({ cell, value }) => [cell, value]));
    fields.forEach((field, i) =>
      cells.push({ type: field.type, initial: given.get(i) ?? field.initial, slot: null }),
    );
    return base;
  });
  let slots = 0;
  const pools = program.pools.map(({ struct, capacity, lifetime }): PoolRun => {
    const fields = structOf(program, struct).cells;
    const run = { slot: slots, capacity, base: cells.length, size: fields.length };
    for (let i = 0; i < capacity; i++, slots++) {
      for (const { type, initial } of fields) {
        if (!isPlain(type)) throw new Untranslatable(`a ${type.kind} in an object of a pool`);
        cells.push({ type, initial, slot: slots });
      }
    }
    return { ...run, heap: lifetime === 'heap' };
  });
  const compounds = [...cells.keys()].filter((address) => !isPlain(cells[address]?.type ?? NONE));
  for (const address of compounds) {
    const kind = cells[address]?.type.kind ?? '';
    if (!COMPOUND.has(kind)) throw new Untranslatable(`a ${kind}`);
  }
  return { cells, objects, pools, slots, compounds };
}

const NONE: CellType = { kind: 'bool' };

function structOf(program: Program, index: number): StructType {
  const struct = program.structs[index];
  if (struct === undefined) throw new Error(`no struct ${index}`);
  return struct;
}
