// SPDX-License-Identifier: MIT
/** `guarded_by(lock)`: the way from a field or world to the lock that guards it. */

import type { Guard } from '@hmmlab/runtime/program';
import type { Ident } from '../syntax/ast.ts';
import type { Source } from '../load/source.ts';
import { didYouMean } from './nearest.ts';
import type { Problems } from './problems.ts';
import { layoutOf } from './struct-layout.ts';
import type { FieldInfo, Scope, StructInfo, Type } from './symbols.ts';
import { typeText } from './types.ts';

/** Cells to go from the start of the struct, a pointer followed between two numbers; null if unguarded or reported. */
export function fieldGuard(
  field: FieldInfo,
  struct: StructInfo,
  problems: Problems,
): Guard['path'] | null {
  const [first, ...rest] = field.guardedBy ?? [];
  if (first === undefined) return null;
  const { source } = field.at;
  if (!guardable(field.type, first, source, problems)) return null;
  return walk({ path: [0], type: { kind: 'struct', struct } }, [first, ...rest], source, problems);
}

function guardable(type: Type, node: Ident, source: Source, problems: Problems): boolean {
  const inner = type.kind === 'array' ? type.of : type;
  if (inner.kind !== 'struct') return true;
  report(node, source, 'a struct is guarded field by field', null, problems);
  return false;
}

/** The guard of a world of this kind; null if reported. */
export function worldGuard(
  type: Type,
  [first, ...rest]: readonly Ident[],
  source: Source,
  scope: Scope,
  problems: Problems,
): Guard | null {
  if (first === undefined || !guardable(type, first, source, problems)) return null;
  const found = scope.values.get(first.name);
  if (found?.kind !== 'object') {
    const names = [...scope.values].flatMap(([name, { kind }]) =>
      kind === 'object' ? [name] : [],
    );
    const help = didYouMean(first.name, names);
    report(first, source, `there is no world \`${first.name}\``, help, problems);
    return null;
  }
  const path = walk({ path: [0], type: found.type }, rest, source, problems, first);
  return path === null ? null : { from: { kind: 'object', object: found.first }, path };
}

interface Way {
  readonly path: readonly number[];
  readonly type: Type;
}

/** @param last what stands before the names, for messages */
function walk(
  start: Way,
  names: readonly Ident[],
  source: Source,
  problems: Problems,
  last: Ident | null = null,
): Guard['path'] | null {
  let [way, before] = [start, last];
  for (const name of names) {
    const inside = followed(way);
    const struct = inside.type.kind === 'struct' ? inside.type.struct : null;
    const fields = struct === null ? null : layoutOf(struct, problems).fields;
    const field = fields?.get(name.name);
    if (field === undefined) {
      const what = struct === null ? typeText(way.type) : `struct ${struct.name}`;
      const help = fields === null ? null : didYouMean(name.name, fields.keys());
      report(name, source, `${what} has no field \`${name.name}\``, help, problems);
      return null;
    }
    way = { path: advanced(inside.path, field.offset), type: field.type };
    before = name;
  }
  const end = followed(way);
  if (end.type.kind === 'primitive' && locks.has(end.type.primitive)) return end.path;
  if (way.type.kind !== 'error' && before !== null) {
    const help = 'a guard is a mutex, rwsem or spinlock';
    report(before, source, `${typeText(way.type)} is no lock`, help, problems);
  }
  return null;
}

const locks: ReadonlySet<string> = new Set(['mutex', 'rwsem', 'spinlock']);

/** What a pointer leads to. */
function followed(way: Way): Way {
  return way.type.kind === 'pointer' ? { path: [...way.path, 0], type: way.type.to } : way;
}

function advanced(path: readonly number[], cells: number): readonly number[] {
  return [...path.slice(0, -1), (path.at(-1) ?? 0) + cells];
}

function report(
  node: Ident,
  source: Source,
  message: string,
  help: string | null,
  problems: Problems,
): void {
  problems.error('HMM3019', { source, node }, message, help);
}
