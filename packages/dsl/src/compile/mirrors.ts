// SPDX-License-Identifier: MIT
/** Device tables that mirror page tables: which cells of which objects they are. */

import type { At, Problems } from '../check/problems.ts';
import { layoutOf, sizeOf } from '../check/struct-layout.ts';
import type { FieldInfo, ObjectInfo, StructInfo, Type } from '../check/symbols.ts';
import { typeText } from '../check/types.ts';
import type { PoolDraft } from './pools.ts';

interface CellRef {
  readonly object: number;
  readonly cell: number;
}

export interface MirrorDraft {
  readonly name: string;
  readonly device: CellRef;
  readonly pageTable: CellRef;
  readonly pages: number;
  readonly owed: CellRef | null;
  readonly at: At;
  /** First cell of the struct that declares the table. */
  readonly base: number;
  /** Offsets of the pointers on the way to the page table, each from where the last one points. */
  readonly hops: readonly number[];
  /** What the last of them must point to. */
  readonly owner: CellRef;
  readonly ownerName: string;
}

interface Found {
  readonly struct: StructInfo;
  readonly field: FieldInfo;
  readonly name: string;
  readonly object: number;
  /** First cell of the struct within the object. */
  readonly base: number;
  readonly device: ObjectInfo;
}

/** @param devices the mm that each device of the scenario mirrors */
export function findMirrors(
  objects: readonly ObjectInfo[],
  devices: ReadonlyMap<ObjectInfo, ObjectInfo>,
  problems: Problems,
): readonly MirrorDraft[] {
  return objects.flatMap((device) => {
    const element = device.type.kind === 'array' ? device.type.of : device.type;
    const count = device.type.kind === 'array' ? device.type.length : 1;
    return Array.from({ length: count }, (_, i) => {
      const name = device.type.kind === 'array' ? `${device.name}[${i}]` : device.name;
      const start = { name, object: device.first + i, base: 0 };
      return tablesIn(element, problems, start).flatMap((found) =>
        resolveMirror({ ...found, device }, objects, devices, problems),
      );
    }).flat();
  });
}

/** A table must exist from the start: one in a pool is reported. */
export function rejectPooledMirrors(pools: readonly PoolDraft[], problems: Problems): void {
  for (const pool of pools) {
    const [table] = tablesIn({ kind: 'struct', struct: pool.struct }, problems, {
      name: '',
      object: 0,
      base: 0,
    });
    if (table !== undefined)
      problems.error(
        'HMM3013',
        table.field.at,
        `struct ${pool.struct.name} has a mirroring table and must be a world or device`,
      );
  }
}

interface Start {
  readonly name: string;
  readonly object: number;
  readonly base: number;
}

function tablesIn(type: Type, problems: Problems, start: Start): readonly Omit<Found, 'device'>[] {
  if (type.kind === 'array') {
    const size = sizeOf(type.of, problems);
    if (type.of.kind !== 'struct') return [];
    return Array.from({ length: type.length }, (_, i) =>
      tablesIn(type.of, problems, {
        ...start,
        name: `${start.name}[${i}]`,
        base: start.base + i * size,
      }),
    ).flat();
  }
  if (type.kind !== 'struct') return [];
  return [...layoutOf(type.struct, problems).fields.values()].flatMap((field) => {
    const name = `${start.name}.${field.name}`;
    const here =
      field.mirrors === null
        ? []
        : [{ struct: type.struct, field, name, object: start.object, base: start.base }];
    return [
      ...here,
      ...tablesIn(field.type, problems, { ...start, name, base: start.base + field.offset }),
    ];
  });
}

function resolveMirror(
  found: Found,
  objects: readonly ObjectInfo[],
  devices: ReadonlyMap<ObjectInfo, ObjectInfo>,
  problems: Problems,
): readonly MirrorDraft[] {
  const { field, struct } = found;
  if (field.type.kind !== 'array' || field.type.of.kind !== 'pte') {
    problems.error(
      'HMM3013',
      field.at,
      `a mirroring table is an array of pte, not ${typeText(field.type)}`,
    );
    return [];
  }
  const way = walk(struct, field, problems);
  if (way === null) return [];
  if (
    way.table.type.kind !== 'array' ||
    way.table.type.of.kind !== 'pte' ||
    way.table.type.length !== field.type.length
  ) {
    const message = `\`${field.name}\` is ${typeText(field.type)}, and mirrors ${typeText(way.table.type)}`;
    problems.error(
      'HMM3013',
      field.at,
      message,
      'both tables have one entry per page: `[NR_PAGES]`',
    );
    return [];
  }
  const owner = ownerOf(found, way, objects, devices, problems);
  if (owner === null) return [];
  const owed = field.owed === null ? null : owedCell(found, problems);
  return [
    {
      name: found.name,
      device: { object: found.object, cell: found.base + field.offset },
      pageTable: { object: owner.object, cell: owner.cell + way.offset + way.table.offset },
      pages: field.type.length,
      owed,
      at: field.at,
      base: found.base,
      hops: way.hops,
      owner: { object: owner.object, cell: owner.cell },
      ownerName: owner.name,
    },
  ];
}

interface Way {
  readonly hops: readonly number[];
  /** Struct the last pointer points to; null if there is no pointer on the way. */
  readonly target: StructInfo | null;
  /** Cells from there to the struct that has the page table. */
  readonly offset: number;
  readonly table: FieldInfo;
}

function walk(struct: StructInfo, field: FieldInfo, problems: Problems): Way | null {
  const hops: number[] = [];
  let target: StructInfo | null = null;
  let inside = struct;
  let offset = 0;
  const path = field.mirrors ?? [];
  for (const [i, { name, node }] of path.entries()) {
    const next = layoutOf(inside, problems).fields.get(name);
    const at = { source: field.at.source, node };
    if (next === undefined) {
      problems.error('HMM2006', at, `struct ${inside.name} has no field \`${name}\``);
      return null;
    }
    if (i === path.length - 1) return { hops, target, offset, table: next };
    if (next.type.kind === 'struct') {
      inside = next.type.struct;
      offset += next.offset;
    } else if (next.type.kind === 'pointer' && next.type.to.kind === 'struct') {
      hops.push(offset + next.offset);
      target = inside = next.type.to.struct;
      offset = 0;
    } else {
      problems.error('HMM3013', at, `${typeText(next.type)} leads to no page table`);
      return null;
    }
  }
  return null;
}

/** The object whose page table is mirrored: the mm that the device mirrors, or the only one of its kind. */
function ownerOf(
  found: Found,
  way: Way,
  objects: readonly ObjectInfo[],
  devices: ReadonlyMap<ObjectInfo, ObjectInfo>,
  problems: Problems,
): (CellRef & { readonly name: string }) | null {
  if (way.target === null) return { object: found.object, cell: found.base, name: found.name };
  const isTarget = (object: ObjectInfo): boolean =>
    object.type.kind === 'struct' && object.type.struct === way.target;
  const mm = devices.get(found.device);
  const candidates = mm !== undefined && isTarget(mm) ? [mm] : objects.filter(isTarget);
  const [only] = candidates;
  if (only !== undefined && candidates.length === 1)
    return { object: only.first, cell: 0, name: only.name };
  const what = candidates.length === 0 ? 'no' : 'more than one';
  const message = `\`${found.name}\` mirrors a page table of struct ${way.target.name}, and there is ${what} such object`;
  problems.error('HMM3013', found.device.at, message, 'declare it with `device NAME mirrors MM`');
  return null;
}

function owedCell(found: Found, problems: Problems): CellRef | null {
  const { owed } = found.field;
  if (owed === null) return null;
  const field = layoutOf(found.struct, problems).fields.get(owed.name);
  if (field?.type.kind === 'primitive' && field.type.primitive === 'owed')
    return { object: found.object, cell: found.base + field.offset };
  const at = { source: found.field.at.source, node: owed.node };
  problems.error(
    'HMM3013',
    at,
    `\`${owed.name}\` is no field of kind owed beside the table`,
    `declare \`owed ${owed.name}\``,
  );
  return null;
}
