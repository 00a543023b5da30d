// SPDX-License-Identifier: MIT
/** Types as written to kinds. */

import type { PrimitiveCellKind } from '@hmmlab/runtime/program';
import type { Ident, Param, ResultType, TypeRef } from '../syntax/ast.ts';
import { typeAnswer } from './c-words.ts';
import { didYouMean } from './nearest.ts';
import type { At, Problems } from './problems.ts';
import { reportRemoved } from './removed.ts';
import type { Scope } from './symbols.ts';
import type { Source } from '../load/source.ts';
import type { StructInfo } from './symbols.ts';
import type { Type } from './types.ts';
import { BOOL, DEFAULT_INT, ERRNO, ERROR, PTE, SEQ, VOID, isScalar, typeText } from './types.ts';

/** Kernel spellings of built-in types. */
const spellings: ReadonlyMap<string, string> = new Map([
  ['long', 'int'],
  ['s16', 'int'],
  ['s32', 'int'],
  ['s64', 'int'],
  ['ssize_t', 'int'],
  ['u16', 'unsigned'],
  ['u32', 'unsigned'],
  ['u64', 'unsigned'],
  ['size_t', 'unsigned'],
  ['atomic_t', 'int'],
  ['pte_t', 'pte'],
  ['rw_semaphore', 'rwsem'],
  ['spinlock_t', 'spinlock'],
  ['wait_queue_head_t', 'wait_queue'],
  ['work_struct', 'work'],
  ['workqueue_struct', 'workqueue'],
]);

/** Built-in types that C writes with `struct`. */
const structsOfC: ReadonlySet<string> = new Set([
  'mutex',
  'rw_semaphore',
  'completion',
  'kref',
  'work_struct',
  'workqueue_struct',
]);

/** Short names of kernel structs, where no struct has the short name itself. */
const shortNames: ReadonlyMap<string, string> = new Map([
  ['mm', 'mm_struct'],
  ['vma', 'vm_area_struct'],
  ['range', 'hmm_range'],
  ['mirror', 'hmm_mirror'],
]);

const scalars: ReadonlyMap<string, Type> = new Map([
  ['int', DEFAULT_INT],
  ['unsigned', { kind: 'int', min: 0, max: DEFAULT_INT.max }],
  ['u8', { kind: 'int', min: 0, max: 255 }],
  ['s8', { kind: 'int', min: -128, max: 127 }],
  ['bool', BOOL],
  ['errno', ERRNO],
  ['pte', PTE],
  ['seq', SEQ],
  ['pages', { kind: 'pages' }],
]);

const primitives: ReadonlySet<string> = new Set<PrimitiveCellKind>([
  'mutex',
  'rwsem',
  'spinlock',
  'wait_queue',
  'completion',
  'kref',
  'work',
  'workqueue',
  'list',
  'frames',
  'owed',
]);

function isPrimitive(name: string): name is PrimitiveCellKind {
  return primitives.has(name);
}

export interface TypePlace {
  readonly source: Source;
  readonly scope: Scope;
  readonly problems: Problems;
}

/** A struct by its name or short name. */
function findStruct(name: string, scope: Scope): StructInfo | null {
  const found = scope.type(name) ?? scope.type(shortNames.get(name) ?? name);
  return found?.kind === 'struct' ? found : null;
}

/** A struct that is named where nothing else can stand; null once reported. */
export function requireStruct(name: Ident, place: TypePlace): StructInfo | null {
  const found = findStruct(name.name, place.scope);
  if (found === null) reportUnknownType(name.name, { source: place.source, node: name }, place);
  return found;
}

/** The kind a type word stands for, without a pointer; reports what does not exist. */
export function resolveType(type: TypeRef, place: TypePlace): Type {
  const at = { source: place.source, node: type };
  const name = spellings.get(type.name) ?? type.name;
  if (type.tag === null || (type.tag === 'struct' && structsOfC.has(type.name))) {
    if (name === 'ops') return resolveOps(type, place);
    const own = place.scope.type(type.name);
    if (own === null) {
      const scalar = scalars.get(name);
      if (scalar !== undefined) return scalar;
      if (isPrimitive(name)) return resolvePrimitive(name, type, place);
    }
  }
  const found = place.scope.type(type.name) ?? findStruct(type.name, place.scope);
  if (found === null || (type.tag !== null && found.kind !== type.tag)) {
    reportUnknownType(type.name, at, place, type.tag);
    return ERROR;
  }
  return found.kind === 'enum' ? { kind: 'enum', enum: found } : { kind: 'struct', struct: found };
}

function resolvePrimitive(primitive: PrimitiveCellKind, type: TypeRef, place: TypePlace): Type {
  if (primitive !== 'list') return { kind: 'primitive', primitive, of: null, bound: 0 };
  if (type.of === null) {
    const at = { source: place.source, node: type };
    place.problems.error('HMM2003', at, 'a list of what?', 'write `list foo name`');
    return ERROR;
  }
  const of = requireStruct(type.of, place);
  return of === null ? ERROR : { kind: 'primitive', primitive, of, bound: 0 };
}

function resolveOps(type: TypeRef, place: TypePlace): Type {
  const at = { source: place.source, node: type.of ?? type };
  const ops = type.of === null ? null : place.scope.opsInterface(type.of.name);
  if (ops !== null) return { kind: 'ops', ops };
  const known = [...place.scope.chain()].flatMap((scope) => [...scope.ops.keys()]);
  const name = type.of?.name ?? '';
  place.problems.error(
    'HMM2003',
    at,
    `there is no ops interface \`${name}\``,
    didYouMean(name, known),
  );
  return ERROR;
}

/** A parameter's kind: a scalar, a pointer, or `pages`. */
export function resolveParam(param: Param, place: TypePlace): Type {
  const type = resolveType(param.type, place);
  const at = { source: place.source, node: param };
  if (type.kind === 'error') return type;
  if (param.pointer) return pointerTo(type, at, place.problems);
  if (isScalar(type) || type.kind === 'pages') return type;
  const help = `pass its address: \`${param.type.name} *${param.name.name}\``;
  place.problems.error('HMM3001', at, `a parameter cannot be ${typeText(type)}`, help);
  return ERROR;
}

/** A result's kind; `void` for none. */
export function resolveResult(result: ResultType | null, place: TypePlace): Type {
  if (result === null) return VOID;
  const at = { source: place.source, node: result.type };
  const type = resolveType(result.type, place);
  if (type.kind === 'error') return type;
  if (result.pointer) return pointerTo(type, at, place.problems);
  if (isScalar(type)) return type;
  const help = type.kind === 'struct' ? `return a pointer: \`${type.struct.name} *\`` : null;
  place.problems.error('HMM3001', at, `a result cannot be ${typeText(type)}`, help);
  return ERROR;
}

/** `T *`; reports pointers to what has no address of its own. */
export function pointerTo(type: Type, at: At, problems: Problems): Type {
  if (type.kind === 'error') return type;
  if (type.kind === 'struct' || type.kind === 'primitive') return { kind: 'pointer', to: type };
  if (
    type.kind === 'int' ||
    type.kind === 'bool' ||
    type.kind === 'errno' ||
    type.kind === 'pte' ||
    type.kind === 'enum'
  )
    return { kind: 'pointer', to: type };
  problems.error('HMM3001', at, `there are no pointers to ${typeText(type)}`);
  return ERROR;
}

function reportUnknownType(
  name: string,
  at: At,
  place: TypePlace,
  tag: 'struct' | 'enum' | null = null,
): void {
  if (reportRemoved(name, at, place.scope, place.problems)) return;
  const known = [...place.scope.chain()].flatMap((scope) =>
    [...scope.types.values()].filter((t) => tag === null || t.kind === tag).map((t) => t.name),
  );
  const words = tag === null ? [...scalars.keys(), ...primitives, ...spellings.keys()] : [];
  const what = tag ?? 'type';
  place.problems.error(
    'HMM2003',
    at,
    `there is no ${what} \`${name}\``,
    typeAnswer(name) ?? didYouMean(name, [...known, ...words]),
  );
}
