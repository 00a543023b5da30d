// SPDX-License-Identifier: MIT
/** Pools: heap slots for `kmalloc`, and one pool of slots per local struct declaration. */

import type { Span } from '@hmmlab/runtime/program';
import type { At, Problems } from '../check/problems.ts';
import type { Initial, PrimitiveType, StructInfo, Type } from '../check/symbols.ts';
import { structCells } from './cells.ts';

export interface PoolDraft {
  readonly name: string;
  readonly struct: StructInfo;
  readonly span: Span;
  /** Given for a heap pool; for a scope pool it follows from who can reach its proc. */
  readonly capacity: number | null;
  /** The proc or thread whose local it is; null for a heap pool. */
  readonly owner: object | null;
}

export class Pools {
  readonly drafts: PoolDraft[] = [];
  /** Structs of one nameless cell, and that cell. */
  readonly standIns: Map<StructInfo, Type> = new Map();
  readonly #problems: Problems;
  readonly #intern: (initial: Initial) => number;

  constructor(problems: Problems, intern: (initial: Initial) => number) {
    this.#problems = problems;
    this.#intern = intern;
  }

  /** Index of the pool `kmalloc` takes this struct from, or null. */
  heap(struct: StructInfo): number | null {
    const index = this.drafts.findIndex((pool) => pool.owner === null && pool.struct === struct);
    return index < 0 ? null : index;
  }

  /** Adds a pool and gives its index. */
  add(draft: PoolDraft): number {
    for (const cell of structCells(draft.struct, this.standIns, this.#problems))
      this.#intern(cell.initial);
    this.drafts.push(draft);
    return this.drafts.length - 1;
  }

  /** The struct that stands for a local primitive of this kind. */
  standIn(type: PrimitiveType, at: At, scope: StructInfo['scope']): StructInfo {
    for (const [struct, known] of this.standIns)
      if (known.kind === 'primitive' && known.primitive === type.primitive && known.of === type.of)
        return struct;
    const layout = { size: 1, fields: new Map<string, never>() };
    const struct: StructInfo = {
      kind: 'struct',
      name: type.primitive,
      at,
      scope,
      def: null,
      layout,
    };
    this.standIns.set(struct, type);
    return struct;
  }
}
