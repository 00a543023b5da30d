// SPDX-License-Identifier: MIT
/** Structs as runs of named cells: nested structs and arrays flattened. */

import type { Guard } from '@hmmlab/runtime/program';
import { fieldGuard } from '../check/guard.ts';
import type { Problems } from '../check/problems.ts';
import { layoutOf } from '../check/struct-layout.ts';
import type { FieldInfo, Initial, Start, StructInfo, Type } from '../check/symbols.ts';

export interface FlatCell {
  /** `mirror.ops`, `ptes[2]`; empty for the object itself. */
  readonly name: string;
  readonly type: Type;
  readonly initial: Initial;
  readonly guard: Guard | null;
  /** The field that declares it; null for a cell that is no field. */
  readonly field: FieldInfo | null;
}

const ZERO: Initial = { kind: 'number', value: 0 };

/** Cells of a value of this kind, in order. */
export function cellsOf(
  type: Type,
  initial: Start,
  problems: Problems,
  name = '',
): readonly FlatCell[] {
  if (type.kind === 'struct') {
    const { struct } = type;
    return [...layoutOf(struct, problems).fields.values()].flatMap((field) => {
      const inside = name === '' ? field.name : `${name}.${field.name}`;
      const path = fieldGuard(field, struct, problems);
      return cellsOf(field.type, field.initial, problems, inside).map((cell, i): FlatCell => {
        const guard = path && { from: { kind: 'cell', back: field.offset + i } as const, path };
        return { ...cell, guard: guard ?? cell.guard, field: cell.field ?? field };
      });
    });
  }
  if (type.kind !== 'array')
    return [{ name, type, initial: elementStart(initial, 0), guard: null, field: null }];
  return Array.from({ length: type.length }, (_, i) =>
    cellsOf(type.of, elementStart(initial, i), problems, `${name}[${i}]`),
  ).flat();
}

/** What an element of an array starts with. */
export function elementStart(start: Start, index: number): Initial {
  if (start.kind !== 'elements') return start;
  return start.elements[index] ?? ZERO;
}

/** How many instances of `struct` a value of this kind holds. */
export function countOf(struct: StructInfo, type: Type, problems: Problems): number {
  if (type.kind === 'array') return type.length * countOf(struct, type.of, problems);
  if (type.kind !== 'struct') return 0;
  const inside = [...layoutOf(type.struct, problems).fields.values()].map((field) =>
    countOf(struct, field.type, problems),
  );
  return inside.reduce((sum, count) => sum + count, type.struct === struct ? 1 : 0);
}

/** Cells of a struct; the stand-in of a local primitive is one nameless cell. */
export function structCells(
  struct: StructInfo,
  standIns: ReadonlyMap<StructInfo, Type>,
  problems: Problems,
): readonly FlatCell[] {
  const primitive = standIns.get(struct);
  return primitive === undefined
    ? cellsOf({ kind: 'struct', struct }, ZERO, problems)
    : cellsOf(primitive, ZERO, problems);
}
