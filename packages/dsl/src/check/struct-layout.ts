// SPDX-License-Identifier: MIT
/** Fields of a struct in cells: nested structs and arrays lie inside it. */

import type { Declarator, Field } from '../syntax/ast.ts';
import { typeWithoutWorker, startOf } from './declarator.ts';
import { limits } from './limits.ts';
import type { Problems } from './problems.ts';
import type { TypePlace } from './resolve-type.ts';
import { resolveType } from './resolve-type.ts';
import type { FieldInfo, StructInfo, StructLayout } from './symbols.ts';
import type { Type } from './types.ts';
import { ERROR } from './types.ts';

/** Structs whose layout is being worked out, one inside of the other. */
let depth = 0;

const EMPTY: StructLayout = { size: 1, fields: new Map() };

/** Layout of a struct, worked out once. A struct inside itself is reported and ends there. */
export function layoutOf(struct: StructInfo, problems: Problems): StructLayout {
  if (struct.layout === 'in progress') {
    problems.error(
      'HMM3012',
      struct.at,
      `struct ${struct.name} contains itself`,
      `hold a pointer instead: \`${struct.name} *next\``,
    );
    return EMPTY;
  }
  if (struct.layout !== null) return struct.layout;
  if (depth >= limits.structs) {
    const message = `structs lie inside each other deeper than ${limits.structs} levels`;
    struct.layout = EMPTY;
    problems.error('HMM2019', struct.at, message, 'hold a pointer instead');
    return EMPTY;
  }
  struct.layout = 'in progress';
  depth++;
  try {
    struct.layout = struct.def === null ? EMPTY : lay(struct, struct.def.fields, problems);
  } finally {
    depth--;
  }
  return struct.layout;
}

function lay(struct: StructInfo, defs: readonly Field[], problems: Problems): StructLayout {
  const place = { source: struct.at.source, scope: struct.scope, problems };
  const fields = new Map<string, FieldInfo>();
  let offset = 0;
  for (const def of defs) {
    const base = resolveType(def.type, place);
    for (const declarator of def.declarators) {
      const { name } = declarator.name;
      const at = { source: place.source, node: declarator.name };
      const first = fields.get(name);
      if (first !== undefined)
        problems.error('HMM2002', at, `struct ${struct.name} has two fields \`${name}\``, null, [
          { message: 'the first one is here', at: first.at },
        ]);
      const field = fieldOf(def, declarator, base, offset, place);
      fields.set(name, field);
      offset += field.size;
    }
  }
  if (offset === 0)
    problems.error('HMM3012', struct.at, `struct ${struct.name} has no fields`, 'give it one');
  if (offset > limits.cells) {
    problems.error(
      'HMM2019',
      struct.at,
      `struct ${struct.name} has ${offset} cells; the limit is ${limits.cells}`,
    );
    const broken = [...fields].map(([name, field]): [string, FieldInfo] => [
      name,
      { ...field, type: ERROR, offset: 0, size: 1 },
    ]);
    return { size: 1, fields: new Map(broken) };
  }
  return { size: Math.max(1, offset), fields };
}

function fieldOf(
  def: Field,
  declarator: Declarator,
  base: Type,
  offset: number,
  place: TypePlace,
): FieldInfo {
  const declared = withoutItself(typeWithoutWorker(base, declarator, place), place.problems);
  const at = { source: place.source, node: declarator.name };
  const size = sizeOf(declared, place.problems);
  const type: Type = size <= limits.cells ? declared : ERROR;
  if (size > limits.cells)
    place.problems.error(
      'HMM2019',
      at,
      `\`${declarator.name.name}\` has ${size} cells; the limit is ${limits.cells}`,
    );
  return {
    name: declarator.name.name,
    type,
    offset,
    size: type.kind === 'error' ? 1 : size,
    initial: startOf(type, declarator, place),
    at,
    mirrors: def.mirrors?.map((ident) => ({ name: ident.name, node: ident })) ?? null,
    owed: def.owed === null ? null : { name: def.owed.name, node: def.owed },
    guardedBy: def.guardedBy,
    heldBy: def.heldBy,
    holds: def.holds,
  };
}

/** A field whose struct is still being laid out would make it infinitely large. */
function withoutItself(type: Type, problems: Problems): Type {
  const inner = type.kind === 'array' ? type.of : type;
  if (inner.kind !== 'struct' || inner.struct.layout !== 'in progress') return type;
  layoutOf(inner.struct, problems);
  return ERROR;
}

/** Cells that a value of this kind takes. */
export function sizeOf(type: Type, problems: Problems): number {
  if (type.kind === 'struct') return layoutOf(type.struct, problems).size;
  return type.kind === 'array' ? type.length * sizeOf(type.of, problems) : 1;
}
