// SPDX-License-Identifier: MIT
/** What page table entries are asked, and how they are made: arithmetic on their numbers. */

import type { PteKind } from '@hmmlab/runtime/program';
import { PRESENT_KINDS, PTE_KINDS, applyBinary, pteKindNumber } from '@hmmlab/runtime/program';
import type { Node } from '../syntax/ast.ts';
import { constant, convert, errorAt } from './convert.ts';
import type { Env, Typed } from './typed.ts';
import { BOOL, PTE, WIDE_INT } from './types.ts';

type Values = readonly [Typed, Typed, Typed];

/** A function on entries: how it is written, its number of arguments, what it computes of them. */
export interface PteFunction {
  readonly usage: string;
  readonly count: number;
  readonly of: (values: Values, node: Node, env: Env) => Typed;
}

/** By name. */
export const pteFunctions: ReadonlyMap<string, PteFunction> = new Map<string, PteFunction>([
  ['pte_none', ask('pte_none', (e, node) => binary('==', e, number(0, node), BOOL, node))],
  ['pte_pfn', ask('pte_pfn', (e, node) => binary('/', e, length(node), WIDE_INT, node))],
  ['pte_present', isOf('pte_present', PRESENT_KINDS)],
  ['pte_write', isOf('pte_write', ['rw', 'protnone rw'])],
  ['pte_protnone', isOf('pte_protnone', ['protnone ro', 'protnone rw'])],
  ['is_swap_entry', isOf('is_swap_entry', ['swap'])],
  ['is_migration_entry', isOf('is_migration_entry', ['migration ro', 'migration rw'])],
  [
    'is_device_private_entry',
    isOf('is_device_private_entry', ['device private ro', 'device private rw']),
  ],
  [
    'is_device_exclusive_entry',
    isOf('is_device_exclusive_entry', ['device exclusive ro', 'device exclusive rw']),
  ],
  [
    'is_writable_entry',
    isOf('is_writable_entry', ['migration rw', 'device private rw', 'device exclusive rw']),
  ],
  ['mk_pte', make('mk_pte', 'ro')],
  ['mk_protnone_pte', make('mk_protnone_pte', 'protnone ro')],
  [
    'make_swap_entry',
    {
      usage: 'make_swap_entry(slot)',
      count: 1,
      of: ([slot], node, env) => made(slot, number(pteKindNumber('swap'), node), node, env),
    },
  ],
  ['make_migration_entry', make('make_migration_entry', 'migration ro')],
  ['make_device_private_entry', make('make_device_private_entry', 'device private ro')],
  ['make_device_exclusive_entry', make('make_device_exclusive_entry', 'device exclusive ro')],
]);

const number = (value: number, node: Node): Typed => constant(value, WIDE_INT, node);
const length = (node: Node): Typed => number(PTE_KINDS.length, node);

type Operator = '==' | '%' | '/' | '*' | '+' | '>>';

function binary(op: Operator, a: Typed, b: Typed, type: Typed['type'], node: Node): Typed {
  const folded =
    a.kind === 'const' && b.kind === 'const' ? applyBinary(op, a.value, b.value) : null;
  return folded === null ? { kind: 'binary', op, a, b, type, node } : constant(folded, type, node);
}

function ask(name: string, compute: (entry: Typed, node: Node) => Typed): PteFunction {
  return {
    usage: `${name}(entry)`,
    count: 1,
    of: ([entry], node, env) => {
      const e = convert(entry, PTE, env);
      return e.type.kind === 'error' ? e : compute(e, node);
    },
  };
}

/** Whether an entry is of one of these kinds: a bit of a mask, so that the entry is read once. */
function isOf(name: string, kinds: readonly PteKind[]): PteFunction {
  const mask = kinds.reduce((bits, kind) => bits | (1 << pteKindNumber(kind)), 0);
  return ask(name, (entry, node) => {
    const kind = binary('%', entry, length(node), WIDE_INT, node);
    const shifted = binary('>>', number(mask, node), kind, WIDE_INT, node);
    return binary('%', shifted, number(2, node), BOOL, node);
  });
}

/** An entry of a read-only kind, or of the writable one that follows it. */
function make(name: string, readOnly: PteKind): PteFunction {
  return {
    usage: `${name}(pfn, write)`,
    count: 2,
    of: ([pfn, write], node, env) => {
      const flag = convert(write, BOOL, env);
      if (flag.type.kind === 'error') return errorAt(node);
      const kind = binary('+', flag, number(pteKindNumber(readOnly), node), WIDE_INT, node);
      return made(pfn, kind, node, env);
    },
  };
}

function made(frame: Typed, kind: Typed, node: Node, env: Env): Typed {
  const pfn = convert(frame, WIDE_INT, env);
  if (pfn.type.kind === 'error') return errorAt(node);
  return binary('+', binary('*', pfn, length(node), WIDE_INT, node), kind, PTE, node);
}
