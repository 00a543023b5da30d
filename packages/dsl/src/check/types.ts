// SPDX-License-Identifier: MIT
/** Kinds of values and places: the common ones, comparing and printing. */

import type { IntType, Type } from './symbols.ts';

export type { IntType, Type } from './symbols.ts';

/** What an `int` without a range may hold. */
export const DEFAULT_INT: IntType = { kind: 'int', min: -4095, max: 4095 };

/** Results of arithmetic: the variable that takes them has the range that counts. */
export const WIDE_INT: IntType = { kind: 'int', min: -(2 ** 31), max: 2 ** 31 - 1 };

export const BOOL: Type = { kind: 'bool' };
export const ERRNO: Type = { kind: 'errno' };
export const PTE: Type = { kind: 'pte' };
export const SEQ: Type = { kind: 'seq' };
export const VOID: Type = { kind: 'void' };
export const ERROR: Type = { kind: 'error' };

/** int, bool and errno mix freely, as in C. */
export function isNumeric(type: Type): boolean {
  return type.kind === 'int' || type.kind === 'bool' || type.kind === 'errno';
}

/** Values that fit in one plain cell or local. */
export function isScalar(type: Type): boolean {
  switch (type.kind) {
    case 'int':
    case 'bool':
    case 'errno':
    case 'pte':
    case 'seq':
    case 'enum':
    case 'ops':
    case 'pointer':
      return true;
    default:
      return false;
  }
}

/** Same kind; ranges of ints do not matter. */
export function sameType(a: Type, b: Type): boolean {
  if (a.kind === 'enum' && b.kind === 'enum') return a.enum === b.enum;
  if (a.kind === 'ops' && b.kind === 'ops') return a.ops === b.ops;
  if (a.kind === 'struct' && b.kind === 'struct') return a.struct === b.struct;
  if (a.kind === 'pointer' && b.kind === 'pointer') return sameType(a.to, b.to);
  if (a.kind === 'primitive' && b.kind === 'primitive')
    return a.primitive === b.primitive && a.of === b.of;
  if (a.kind === 'array' && b.kind === 'array')
    return a.length === b.length && sameType(a.of, b.of);
  return a.kind === b.kind;
}

/** What cells of this kind refer to, in an array or list too; null if they are no references. */
export function referentOf(type: Type): Type | null {
  const cell = type.kind === 'array' ? type.of : type;
  if (cell.kind === 'pointer') return cell.to;
  const entry = cell.kind === 'primitive' ? cell.of : null;
  return entry === null ? null : { kind: 'struct', struct: entry };
}

/** As one would write it: `struct foo *`, `list foo`, `enum colour`. */
export function typeText(type: Type): string {
  switch (type.kind) {
    case 'enum':
      return `enum ${type.enum.name}`;
    case 'ops':
      return `ops ${type.ops.name}`;
    case 'struct':
      return `struct ${type.struct.name}`;
    case 'pointer':
      return `${typeText(type.to)} *`;
    case 'primitive':
      return type.of === null ? type.primitive : `${type.primitive} ${type.of.name}`;
    case 'array':
      return `${typeText(type.of)}[${type.length}]`;
    case 'null':
      return 'NULL';
    case 'proc':
      return 'function';
    case 'void':
      return 'nothing';
    default:
      return type.kind;
  }
}
