// SPDX-License-Identifier: MIT
/** Values where a kind is wanted: C's silent conversions, and nothing beyond them. */

import type { Node } from '../syntax/ast.ts';
import type { IntType, Type } from './symbols.ts';
import type { Env, Place, Typed } from './typed.ts';
import { BOOL, DEFAULT_INT, ERROR, isNumeric, sameType, typeText } from './types.ts';

/** An expression that is already reported. */
export function errorAt(node: Node): Typed {
  return { kind: 'error', node, type: ERROR };
}

export function constant(value: number, type: Type, node: Node): Typed {
  return { kind: 'const', value, text: null, type, node };
}

/** `value` as a `to`: for assignments, arguments, results. Reports what does not fit. */
export function convert(value: Typed, to: Type, env: Env): Typed {
  if (value.type.kind === 'error' || to.kind === 'error') return { ...errorAt(value.node) };
  if (value.type.kind === 'void') return noResult(value, env);
  switch (to.kind) {
    case 'int':
    case 'errno':
      return isNumeric(value.type) ? fitting(value, to, env) : mismatch(value, to, env);
    case 'bool':
      return isNumeric(value.type) || isReference(value.type)
        ? asBool(value)
        : mismatch(value, to, env);
    case 'pointer':
      return asPointer(value, to, env);
    case 'ops':
      if (value.type.kind === 'null') return constant(0, to, value.node);
      return sameType(value.type, to) ? value : mismatch(value, to, env);
    case 'pages':
      return asPages(value, env);
    default:
      return sameType(value.type, to) ? value : mismatch(value, to, env);
  }
}

/** A truth value: numbers, pointers and tables are true unless 0 or NULL. */
export function condition(value: Typed, env: Env): Typed {
  const { type } = value;
  if (type.kind === 'error') return value;
  if (type.kind === 'void') return noResult(value, env);
  if (isNumeric(type) || isReference(type)) return value;
  const help =
    type.kind === 'pte'
      ? 'ask with pte_none(), pte_present() or pte_write()'
      : type.kind === 'seq'
        ? 'ask for its parity: `s & 1`'
        : type.kind === 'enum'
          ? 'compare it with a member'
          : null;
  env.problems.error(
    'HMM3001',
    { source: env.source, node: value.node },
    `${typeText(type)} is no condition`,
    help,
  );
  return errorAt(value.node);
}

/** `value` as 0 or 1. */
export function asBool(value: Typed): Typed {
  if (value.type.kind === 'bool' || value.type.kind === 'error') return value;
  if (value.kind === 'const') return constant(Number(value.value !== 0), BOOL, value.node);
  const zero = constant(0, value.type, value.node);
  return { kind: 'binary', op: '!=', a: value, b: zero, type: BOOL, node: value.node };
}

function isReference(type: Type): boolean {
  return type.kind === 'pointer' || type.kind === 'null' || type.kind === 'ops';
}

function fitting(value: Typed, to: Type, env: Env): Typed {
  const range: IntType = to.kind === 'int' ? to : DEFAULT_INT;
  if (value.kind !== 'const' || (value.value >= range.min && value.value <= range.max))
    return value;
  const at = { source: env.source, node: value.node };
  env.problems.error(
    'HMM3004',
    at,
    `${value.value} is outside ${range.min}..${range.max}`,
    'declare a wider range: `int n in 0..10000`',
  );
  return errorAt(value.node);
}

function asPointer(value: Typed, to: Extract<Type, { kind: 'pointer' }>, env: Env): Typed {
  if (value.type.kind === 'null') return constant(0, to, value.node);
  if (value.type.kind === 'pointer') {
    return sameType(value.type, to) ? value : pointerMismatch(value, value.type.to, to, env);
  }
  if (value.kind !== 'place') return mismatch(value, to, env);
  return sameType(value.type, to.to)
    ? addressOf(value.place, value.node)
    : pointerMismatch(value, value.type, to, env);
}

/** `&place`. */
export function addressOf(place: Place, node: Node): Typed {
  return { kind: 'address', place, node, type: { kind: 'pointer', to: place.type } };
}

function pointerMismatch(
  value: Typed,
  has: Type,
  to: Extract<Type, { kind: 'pointer' }>,
  env: Env,
): Typed {
  const at = { source: env.source, node: value.node };
  const wanted = to.to;
  if (has.kind === 'primitive' && wanted.kind === 'primitive') {
    const message = `${withArticle(has)} where ${withArticle(wanted)} is expected`;
    env.problems.error('HMM3002', at, message, primitiveHelp(has.primitive, wanted.primitive));
    return errorAt(value.node);
  }
  return mismatch(value, to, env);
}

/** `a mutex`, `an rwsem`. */
function withArticle(type: Type): string {
  const text = typeText(type);
  return `${/^(?:rw|o)/.test(text) ? 'an' : 'a'} ${text}`;
}

function primitiveHelp(has: string, wanted: string): string | null {
  if (has === 'mutex' && wanted === 'rwsem')
    return 'a mutex is taken with mutex_lock and released with mutex_unlock';
  if (has === 'rwsem') return 'an rwsem is taken with down_read or down_write';
  if (has === 'spinlock') return 'a spinlock is taken with spin_lock';
  if (has === 'mutex') return 'a mutex is taken with mutex_lock';
  return null;
}

function asPages(value: Typed, env: Env): Typed {
  if (value.type.kind === 'pages') return value;
  if (value.kind === 'place' && value.place.kind === 'object' && value.place.object.vma !== null) {
    const { vma } = value.place.object;
    return pagesOf(value, vma.start, vma.end);
  }
  const at = { source: env.source, node: value.node };
  const message = `${typeText(value.type)} where pages are needed`;
  env.problems.error('HMM3001', at, message, 'name a vma, or a part of it: `heap[0..2)`');
  return errorAt(value.node);
}

/** Pages `[start, end)` of the mm, inside the vma that `value` names. */
export function pagesOf(value: Typed, start: number, end: number): Typed {
  const { node } = value;
  const place = value.kind === 'place' ? value.place : null;
  const vma = place?.kind === 'object' ? place.object.vma : null;
  if (place === null || vma === null) return errorAt(node);
  const mm: Place = {
    kind: 'object',
    object: vma.mm,
    index: 0,
    type: vma.mm.type,
    identity: null,
    node,
  };
  return {
    kind: 'pages',
    vma: addressOf(place, node),
    mm: addressOf(mm, node),
    start: constant(start, DEFAULT_INT, node),
    end: constant(end, DEFAULT_INT, node),
    type: { kind: 'pages' },
    node,
  };
}

function noResult(value: Typed, env: Env): Typed {
  const at = { source: env.source, node: value.node };
  env.problems.error('HMM3008', at, 'this has no result', 'call it in a statement of its own');
  return errorAt(value.node);
}

function mismatch(value: Typed, to: Type, env: Env): Typed {
  const at = { source: env.source, node: value.node };
  env.problems.error(
    'HMM3001',
    at,
    `${typeText(value.type)} where ${typeText(to)} is needed`,
    hint(value, to) ?? worldOf(to, env),
  );
  return errorAt(value.node);
}

/** Names the worlds of the scenario that would fit. */
function worldOf(to: Type, env: Env): string | null {
  if (to.kind !== 'pointer' || !env.bareMembers) return null;
  const candidates = [...env.scope.values.values()].filter(
    (symbol) => symbol.kind === 'object' && sameType(symbol.type, to.to),
  );
  const names = candidates.slice(0, 3).map(({ name }) => `\`${name}\``);
  if (names.length === 0) return null;
  return `${names.join(', ')} ${names.length === 1 ? 'is one' : 'are some'}`;
}

function hint(value: Typed, to: Type): string | null {
  if (to.kind === 'pointer' && value.kind === 'const' && value.value === 0) return 'write NULL';
  if (to.kind === 'pointer' && to.to.kind === 'primitive' && to.to.primitive === 'list')
    return 'the list comes first: `list_add(list, entry)`';
  if (to.kind === 'pte') return 'make one with mk_pte(pfn, write), or write PTE_NONE';
  if (value.type.kind === 'pte') return 'take its frame with pte_pfn()';
  if (value.type.kind === 'pages') return 'pages can only be handed to a parameter of kind `pages`';
  return null;
}
