// SPDX-License-Identifier: MIT
/**
 * Which loads other threads can tell apart: a load is no border if its cell never changes after the
 * set-up and can never go away.
 *
 * A cell of a struct that some pool has is always a border, written or not: whether the object still
 * lives is shared state, and a use after free must not hide behind the action before it.
 */

import { layoutOf } from '../check/struct-layout.ts';
import type { StructInfo, Type } from '../check/symbols.ts';
import type { Identity } from './code.ts';
import type { CallGraph } from './call-graph.ts';
import type { Pieces } from './pieces.ts';
import type { ProcDraft } from './proc.ts';

/** Whether a load of cells of this declaration is a border. */
export type Changeable = (identity: Identity) => boolean;

export function changeableCells(
  pieces: Pieces,
  procs: readonly ProcDraft[],
  graph: CallGraph,
): Changeable {
  const { threads } = pieces;
  const running = graph.running(threads.map(({ proc }) => proc));
  const changed = new Set<Identity>(mortalFields(pieces));
  procs.forEach((draft, index) => {
    for (const { body, identity } of draft.code)
      if (running.has(index) && body.op === 'store') changed.add(identity);
    for (const cell of draft.exposed) changed.add(cell);
  });
  return (identity) => identity === null || changed.has(identity);
}

/** Fields of all structs that live in pools, nested ones included. */
function mortalFields({ pools, input }: Pieces): readonly Identity[] {
  const seen = new Set<StructInfo>();
  const visit = (type: Type): void => {
    if (type.kind === 'array') visit(type.of);
    if (type.kind !== 'struct' || seen.has(type.struct)) return;
    seen.add(type.struct);
    for (const field of layoutOf(type.struct, input.problems).fields.values()) visit(field.type);
  };
  for (const pool of pools.drafts) visit({ kind: 'struct', struct: pool.struct });
  return [...seen].flatMap((struct) => [...layoutOf(struct, input.problems).fields.values()]);
}
