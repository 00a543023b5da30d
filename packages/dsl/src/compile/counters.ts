// SPDX-License-Identifier: MIT
/** Counters of references: where each one is, and where those that may hold what it counts. */

import type { CellPlace, Counter, Holder } from '@hmmlab/runtime/program';
import { checkHolders, fieldHolders, isCounter } from '../check/holders.ts';
import type { CheckedHolder } from '../check/holders.ts';
import type { At, Problems } from '../check/problems.ts';
import { layoutOf } from '../check/struct-layout.ts';
import type { FieldInfo, ObjectInfo, StructInfo, Type } from '../check/symbols.ts';
import type { Pieces } from './pieces.ts';
import { referenceHolders } from './reference-holders.ts';
import type { Site } from './struct-sites.ts';
import { sitesOf, visitStructs } from './struct-sites.ts';

/** Atomic operations by which a plain number counts references. */
const COUNTING: ReadonlySet<string> = new Set([
  'atomic_dec_and_test',
  'atomic_dec_return',
  'atomic_inc_not_zero',
]);

/** Every kref, every int that somebody holds, and every int that atomic operations use as a counter. */
export function settleCounters(pieces: Pieces): readonly Counter[] {
  return new Counters(pieces).all();
}

interface Found {
  readonly name: string;
  readonly at: At;
  readonly cells: Counter['cells'][number][];
  /** Those that `held_by` names. */
  readonly named: readonly CheckedHolder[] | null;
}

class Counters {
  readonly #pieces: Pieces;
  readonly #problems: Problems;
  readonly #sites: readonly Site[];
  readonly #atomic: ReadonlySet<unknown>;
  /** Those that say so themselves, by what they hold. */
  readonly #references: ReadonlyMap<unknown, readonly Holder[]>;
  readonly #found = new Map<FieldInfo | ObjectInfo | StructInfo, Found>();

  constructor(pieces: Pieces) {
    this.#pieces = pieces;
    this.#problems = pieces.input.problems;
    this.#sites = sitesOf(pieces);
    this.#references = referenceHolders(this.#sites, pieces.counting, this.#problems);
    this.#atomic = new Set(
      [...pieces.drafts.values()].flatMap(({ code }) =>
        code.flatMap(({ body, identity }) =>
          body.op === 'primitive' && COUNTING.has(body.name) ? [identity] : [],
        ),
      ),
    );
  }

  all(): readonly Counter[] {
    for (const info of this.#pieces.objects.infos) this.#object(info);
    for (const site of this.#sites)
      visitStructs(site, this.#problems, (struct, at) => this.#fields(struct, at));
    this.#locals();
    const { numbering } = this.#pieces;
    return [...this.#found].map(([declaration, { name, at, cells, named }]) => ({
      name,
      cells,
      holders: this.#holders(named, this.#references.get(declaration) ?? []),
      span: numbering.span(at.source, at.node),
    }));
  }

  /** A world that is a counter by itself. */
  #object(info: ObjectInfo): void {
    const { input, counting } = this.#pieces;
    const given = counting.get(info)?.heldBy ?? null;
    if (given === null && !this.#counts(info.type, info)) return;
    const type = info.type.kind === 'array' ? info.type.of : info.type;
    const scope = { source: info.at.source, scope: this.#pieces.scope, problems: input.problems };
    const { name } = info;
    const named = given && checkHolders(given, { name, struct: null, type }, info, scope);
    const count = info.type.kind === 'array' ? info.type.length : 1;
    for (let i = 0; i < count; i++) {
      const at = { kind: 'object', object: info.first + i, cell: 0 } as const;
      this.#add(info, { name, at: info.at, named }, [{ at, owner: 0 }]);
    }
  }

  #fields(struct: StructInfo, at: CellPlace): void {
    for (const field of layoutOf(struct, this.#problems).fields.values()) {
      const held = field.heldBy !== null || this.#references.has(field);
      if (!held && !this.#counts(field.type, field)) continue;
      const cells = Array.from({ length: field.size }, (_, i) => ({
        at: { ...at, cell: at.cell + field.offset + i },
        owner: at.cell,
      }));
      const known = this.#found.get(field);
      const named = known?.named ?? fieldHolders(struct, field, this.#problems);
      this.#add(field, { name: `${struct.name}.${field.name}`, at: field.at, named }, cells);
    }
  }

  /** A local kref has no field to say who holds it. */
  #locals(): void {
    const { drafts, standIns } = this.#pieces.pools;
    for (const [pool, { name, struct }] of drafts.entries()) {
      const type = standIns.get(struct);
      if (type?.kind !== 'primitive' || type.primitive !== 'kref') continue;
      const at = { kind: 'pool', pool, cell: 0 } as const;
      this.#add(struct, { name, at: struct.at, named: null }, [{ at, owner: 0 }]);
    }
  }

  #counts(type: Type, declaration: FieldInfo | ObjectInfo): boolean {
    const cell = type.kind === 'array' ? type.of : type;
    return isCounter(type) && (cell.kind === 'primitive' || this.#atomic.has(declaration));
  }

  #add(
    key: FieldInfo | ObjectInfo | StructInfo,
    what: Omit<Found, 'cells'>,
    cells: Counter['cells'],
  ): void {
    const found = this.#found.get(key) ?? { ...what, cells: [] };
    found.cells.push(...cells);
    this.#found.set(key, found);
  }

  /** Null if nobody says who holds it. */
  #holders(
    named: readonly CheckedHolder[] | null,
    references: readonly Holder[],
  ): readonly Holder[] | null {
    if (named === null && references.length === 0) return null;
    return [...(named ?? []).map((holder) => this.#settle(holder)), ...references];
  }

  #settle(holder: CheckedHolder): Holder {
    if (holder.kind !== 'referrer') return holder;
    const { struct, ...rest } = holder;
    const from: CellPlace[] = [];
    for (const site of this.#sites)
      visitStructs(site, this.#problems, (inside, at) => {
        if (inside === struct) from.push(at);
      });
    return { ...rest, from };
  }
}
