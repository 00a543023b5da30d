// SPDX-License-Identifier: MIT
/** `held_by ...`: who may hold the references that a counter counts, with names and kinds checked. */

import type { Holder, Ident, WorldVariable } from '../syntax/ast.ts';
import { didYouMean } from './nearest.ts';
import type { At, Problems } from './problems.ts';
import { requireStruct } from './resolve-type.ts';
import type { TypePlace } from './resolve-type.ts';
import { layoutOf } from './struct-layout.ts';
import type { FieldInfo, ObjectInfo, StructInfo, Type } from './symbols.ts';
import { isNumeric, referentOf, sameType, typeText } from './types.ts';

/** A way through fields to cells: distances as in the Program's `CellPath`. */
export interface FieldPath {
  readonly hops: readonly number[];
  readonly length: number;
}

/** A holder whose instances are not counted yet. */
export type CheckedHolder = { readonly text: string } & (
  | { readonly kind: 'number'; readonly count: number }
  | { readonly kind: 'thread' }
  | ({ readonly kind: 'own' } & FieldPath)
  | ({
      readonly kind: 'referrer';
      readonly struct: StructInfo;
      readonly pfn: number | null;
    } & FieldPath)
);

/** What a counter counts references to. */
export interface Counted {
  /** Name of the counter. */
  readonly name: string;
  /** The struct whose field the counter is, or null for a counter by itself. */
  readonly struct: StructInfo | null;
  /** Kind of what a reference points to: that struct, or the counter itself. */
  readonly type: Type;
}

/** Worlds that say who holds what they count, or which counter they hold, as written. */
export type CountingWorlds = ReadonlyMap<ObjectInfo, Pick<WorldVariable, 'heldBy' | 'holds'>>;

/** Where a path ends: kind of its cells, and the field that they are. */
interface Walked extends FieldPath {
  readonly type: Type;
  readonly field: FieldInfo;
}

type PathHolder = Extract<Holder['who'], { sort: 'path' }>;

/** Whether references can be counted in a cell, or in each of an array, of this kind. */
export function isCounter(type: Type): boolean {
  const cell = type.kind === 'array' ? type.of : type;
  return cell.kind === 'int' || (cell.kind === 'primitive' && cell.primitive === 'kref');
}

/** Holders of one declaration; those that cannot be are reported and left out. */
export function checkHolders(
  holders: readonly Holder[],
  counted: Counted,
  counter: { readonly name: string; readonly type: Type; readonly at: At },
  place: TypePlace,
): readonly CheckedHolder[] {
  if (!isCounter(counter.type)) {
    const message = `\`${counter.name}\` is ${typeText(counter.type)} and counts nothing`;
    place.problems.error('HMM3020', counter.at, message, '`held_by` belongs to a kref or an int');
    return [];
  }
  return holders.flatMap((holder) => {
    switch (holder.who.sort) {
      case 'thread':
        return [{ kind: 'thread', text: 'thread' }];
      case 'number':
        return [{ kind: 'number', text: String(holder.who.count), count: holder.who.count }];
      case 'path':
        return new PathChecker(holder, holder.who, counted, place).check();
    }
  });
}

/** Holders that fields of a struct name: reported where they cannot hold. */
export function fieldHolders(
  struct: StructInfo,
  field: FieldInfo,
  problems: Problems,
): readonly CheckedHolder[] | null {
  if (field.heldBy === null) return null;
  const counted = { name: field.name, struct, type: { kind: 'struct', struct } } as const;
  const place = { source: struct.at.source, scope: struct.scope, problems };
  return checkHolders(field.heldBy, counted, field, place);
}

class PathChecker {
  readonly #at: At;
  readonly #who: PathHolder;
  readonly #counted: Counted;
  readonly #place: TypePlace;
  readonly #problems: Problems;

  constructor(holder: Holder, who: PathHolder, counted: Counted, place: TypePlace) {
    this.#at = { source: place.source, node: holder };
    this.#who = who;
    this.#counted = counted;
    this.#place = place;
    this.#problems = place.problems;
  }

  check(): readonly CheckedHolder[] {
    const { path, tagged, pfn } = this.#who;
    const [first, ...rest] = path;
    const { struct } = this.#counted;
    if (first === undefined) return [];
    const own = !tagged && struct !== null && this.#fields(struct).has(first.name);
    if (own) return this.#own(struct, path);
    const named = requireStruct(first, this.#place);
    if (named === null) return [];
    if (rest.length === 0)
      return this.#refuse(
        `\`${this.#text}\` alone does not say how it refers to the counter's object`,
        `write a field of it too: \`${first.name}.FIELD\``,
      );
    const walked = this.#walk(named, rest);
    if (walked === null) return [];
    const frame = pfn === null ? null : this.#frame(pfn);
    if (frame === undefined || !this.#refers(walked.type, frame !== null)) return [];
    const { hops, length, field } = walked;
    if (hops.length === 1 && field.holds?.name === this.#counted.name) return this.#twice(field);
    return [{ kind: 'referrer', text: this.#text, struct: named, pfn: frame, hops, length }];
  }

  #own(struct: StructInfo, path: readonly Ident[]): readonly CheckedHolder[] {
    const walked = this.#walk(struct, path);
    if (walked === null) return [];
    const { type, hops, length } = walked;
    const countable =
      isNumeric(type) ||
      type.kind === 'pointer' ||
      type.kind === 'pte' ||
      (type.kind === 'primitive' && type.primitive === 'list');
    if (countable && this.#who.pfn === null)
      return [{ kind: 'own', text: this.#text, hops, length }];
    return this.#refuse(
      `\`${this.#text}\` is ${typeText(type)}, and that says nothing about holders`,
      'a field of the object itself is a list, a pointer, a bool or a number of holders',
    );
  }

  /** Whether cells of this kind can refer to what the counter counts; reported if not. */
  #refers(type: Type, asFrame: boolean): boolean {
    const to = referentOf(type);
    const fits = asFrame ? type.kind === 'pte' : to !== null && sameType(to, this.#counted.type);
    if (fits) return true;
    const wanted = asFrame ? 'page table entries' : `\`${typeText(this.#counted.type)} *\``;
    const help = type.kind === 'pte' ? `say which frame: \`${this.#text} of PFN_FIELD\`` : null;
    this.#refuse(`\`${this.#text}\` leads to ${typeText(type)}, not to ${wanted}`, help);
    return false;
  }

  /** Distance of the field that names the owner's frame; undefined once reported. */
  #frame(name: Ident): number | undefined {
    const field = this.#counted.struct && this.#fields(this.#counted.struct).get(name.name);
    if (field?.type.kind === 'int') return field.offset;
    const at = { source: this.#place.source, node: name };
    const message = `\`${name.name}\` is no int beside the counter`;
    this.#problems.error('HMM3020', at, message, `declare \`int ${name.name}\`, a frame number`);
    return undefined;
  }

  /** The field itself `holds` what it is said to hold here. */
  #twice({ at, holds }: FieldInfo): readonly never[] {
    const message = `\`${this.#text}\` would count twice: it says itself that it holds \`${this.#counted.name}\``;
    const here = { source: at.source, node: holds ?? at.node };
    this.#problems.error('HMM3020', this.#at, message, 'leave one of the two out', [
      { message: 'it says so here', at: here },
    ]);
    return [];
  }

  #walk(from: StructInfo, path: readonly Ident[]): Walked | null {
    const hops: number[] = [];
    let inside = from;
    let offset = 0;
    for (const [i, name] of path.entries()) {
      const field = this.#field(inside, name);
      if (field === null) return null;
      const { type } = field;
      offset += field.offset;
      if (i === path.length - 1) {
        const cell = type.kind === 'array' ? type.of : type;
        const length = type.kind === 'array' ? type.length : 1;
        return { hops: [...hops, offset], length, type: cell, field };
      }
      if (type.kind === 'struct') inside = type.struct;
      else if (type.kind === 'pointer' && type.to.kind === 'struct') {
        hops.push(offset);
        offset = 0;
        inside = type.to.struct;
      } else {
        const next = path[i + 1]?.name ?? '';
        this.#refuse(`\`${name.name}\` is ${typeText(type)} and has no field \`${next}\``);
        return null;
      }
    }
    return null;
  }

  #field(struct: StructInfo, name: Ident): FieldInfo | null {
    const fields = this.#fields(struct);
    const found = fields.get(name.name);
    if (found !== undefined) return found.type.kind === 'error' ? null : found;
    const at = { source: this.#place.source, node: name };
    const help = didYouMean(name.name, fields.keys()) ?? `it has ${[...fields.keys()].join(', ')}`;
    const message = `struct ${struct.name} has no field \`${name.name}\``;
    this.#problems.error('HMM2006', at, message, help);
    return null;
  }

  #fields(struct: StructInfo): ReadonlyMap<string, FieldInfo> {
    return layoutOf(struct, this.#problems).fields;
  }

  #refuse(message: string, help: string | null = null): readonly never[] {
    this.#problems.error('HMM3020', this.#at, message, help);
    return [];
  }

  /** As the report says it. */
  get #text(): string {
    const { tagged, path, pfn } = this.#who;
    const names = path.map(({ name }) => name).join('.');
    return `${tagged ? 'struct ' : ''}${names}${pfn === null ? '' : ` of ${pfn.name}`}`;
  }
}
