// SPDX-License-Identifier: MIT
/** Where the values of a Program lie, worlds and slots of pools, and every struct inside them. */

import type { CellPlace } from '@hmmlab/runtime/program';
import type { Problems } from '../check/problems.ts';
import { layoutOf, sizeOf } from '../check/struct-layout.ts';
import type { StructInfo, Type } from '../check/symbols.ts';
import type { Pieces } from './pieces.ts';

/** A type, and the place where a value of it is. */
export interface Site {
  readonly type: Type;
  readonly at: CellPlace;
}

/** One for each static object, and one for each pool. */
export function sitesOf({ objects, pools }: Pieces): readonly Site[] {
  const fixed = objects.drafts.map(({ type }, object): Site => {
    return { type, at: { kind: 'object', object, cell: 0 } };
  });
  const pooled = pools.drafts.map(({ struct }, pool): Site => {
    return { type: { kind: 'struct', struct }, at: { kind: 'pool', pool, cell: 0 } };
  });
  return [...fixed, ...pooled];
}

/** Every struct inside a value of this kind, itself included, and the place where it begins. */
export function visitStructs(
  { type, at }: Site,
  problems: Problems,
  visit: (struct: StructInfo, at: CellPlace) => void,
): void {
  const shifted = (cells: number): CellPlace => ({ ...at, cell: at.cell + cells });
  if (type.kind === 'array') {
    if (type.of.kind !== 'struct') return;
    const size = sizeOf(type.of, problems);
    for (let i = 0; i < type.length; i++)
      visitStructs({ type: type.of, at: shifted(i * size) }, problems, visit);
    return;
  }
  if (type.kind !== 'struct') return;
  visit(type.struct, at);
  for (const field of layoutOf(type.struct, problems).fields.values())
    visitStructs({ type: field.type, at: shifted(field.offset) }, problems, visit);
}
