// SPDX-License-Identifier: MIT
/** Calls of kernel primitives, checked against their row of the op table. */

import type { OpRow, OperandKind, PrimitiveCellKind } from '@hmmlab/runtime/program';
import type { Argument, Node } from '../syntax/ast.ts';
import { addressOf, convert, errorAt } from './convert.ts';
import { checkCallback, signatureOf } from './signature.ts';
import type { Type } from './symbols.ts';
import type { Env, Typed } from './typed.ts';
import {
  BOOL,
  DEFAULT_INT,
  ERRNO,
  ERROR,
  PTE,
  VOID,
  WIDE_INT,
  isNumeric,
  isScalar,
  typeText,
} from './types.ts';

/** Checks number and kinds of the operands; the address of a place is taken silently. */
export function primitiveCall(row: OpRow, args: readonly Argument[], node: Node, env: Env): Typed {
  const given = args.map((arg) => env.value(arg.value));
  const named = args.find((arg) => arg.name !== null);
  const at = { source: env.source, node };
  if (named !== undefined) {
    env.problems.error(
      'HMM3003',
      { source: env.source, node: named },
      `operands of \`${row.name}\` have no names`,
    );
    return errorAt(node);
  }
  const surplus = hasSurplus(row) && given.length === row.operands.length + 1;
  const last = surplus ? given.at(-1) : undefined;
  if (last !== undefined && convert(last, WIDE_INT, env).type.kind === 'error')
    return errorAt(node);
  if (given.length !== row.operands.length && !surplus) {
    const count = row.operands.length;
    const what = count === 0 ? 'no operands' : count === 1 ? 'one operand' : `${count} operands`;
    const help = howToCall(row);
    env.problems.error('HMM3003', at, `\`${row.name}\` takes ${what}, not ${given.length}`, help);
    return errorAt(node);
  }
  const operands: Typed[] = [];
  for (const [i, kind] of row.operands.entries()) {
    const value = given[i];
    if (value !== undefined) operands.push(operandOf(kind, value, row, operands, env));
  }
  if (operands.some((operand) => operand.type.kind === 'error')) return errorAt(node);
  return { kind: 'primitive', row, args: operands, type: resultOf(row, operands), node };
}

/** What helps whoever gives another number of operands. */
function howToCall({ name, operands }: OpRow): string {
  if (name === 'kref_put')
    return 'write `if (kref_put(k)) release(...)`: it is true for the last reference';
  return `it is ${name}(${operands.join(', ')})`;
}

/**
 * Whether a last operand may stand there for the reader: the time of a timed wait, as any such wait may
 * expire, and the `flags` of a spinlock, as interrupts are not modelled.
 */
function hasSurplus({ name }: OpRow): boolean {
  return name.endsWith('_timeout') || name.endsWith('_irqsave') || name.endsWith('_irqrestore');
}

function operandOf(
  kind: OperandKind,
  value: Typed,
  row: OpRow,
  before: readonly Typed[],
  env: Env,
): Typed {
  if (value.type.kind === 'error') return value;
  switch (kind) {
    case 'cell':
      return cellOperand(value, row, env);
    case 'int':
      return convert(value, WIDE_INT, env);
    case 'value':
      return convert(value, cellType(before), env);
    case 'item':
      return convert(value, itemType(before), env);
    case 'proc':
      return procOperand(value, env);
    default:
      return primitiveOperand(kind, value, env);
  }
}

/** A lock's place or pointer; `mmap_sem` is taken for `&mmap_sem`. */
function primitiveOperand(primitive: PrimitiveCellKind, value: Typed, env: Env): Typed {
  const type = value.type.kind === 'pointer' ? value.type.to : value.type;
  const of = type.kind === 'primitive' ? type.of : null;
  return convert(
    value,
    { kind: 'pointer', to: { kind: 'primitive', primitive, of, bound: 0 } },
    env,
  );
}

function cellOperand(value: Typed, row: OpRow, env: Env): Typed {
  const pte = row.name.startsWith('ptep_');
  const fits = (type: Type): boolean =>
    pte
      ? type.kind === 'pte'
      : isScalar(type) &&
        type.kind !== 'seq' &&
        (isNumeric(type) || !row.name.startsWith('atomic_'));
  if (value.kind === 'read' && fits(value.type)) return addressOf(value.place, value.node);
  if (value.type.kind === 'pointer' && value.kind !== 'read' && fits(value.type.to)) return value;
  if (value.kind === 'read' && value.type.kind === 'pointer' && fits(value.type.to)) return value;
  const wanted = pte ? 'a page table entry' : 'a cell that other threads see';
  const help =
    value.kind === 'local' ? 'locals are seen by nobody else: use a world or a field' : null;
  const message = `\`${row.name}\` works on ${wanted}, not on ${value.kind === 'local' ? 'a local' : typeText(value.type)}`;
  env.problems.error('HMM3001', { source: env.source, node: value.node }, message, help);
  return errorAt(value.node);
}

function procOperand(value: Typed, env: Env): Typed {
  const at = { source: env.source, node: value.node };
  if (value.kind !== 'function') {
    env.problems.error('HMM3001', at, `the name of a proc is needed, not ${typeText(value.type)}`);
    return errorAt(value.node);
  }
  const work: Type = { kind: 'primitive', primitive: 'work', of: null, bound: 0 };
  const wanted = { params: [{ kind: 'pointer', to: work } as const], result: null };
  const fits = checkCallback(
    signatureOf(value.proc, env.problems),
    wanted,
    at,
    value.proc.name,
    env.problems,
  );
  return fits ? value : errorAt(value.node);
}

function cellType(operands: readonly Typed[]): Type {
  const type = operands[0]?.type;
  if (type?.kind !== 'pointer') return ERROR;
  return type.to.kind === 'int' ? WIDE_INT : type.to;
}

function itemType(operands: readonly Typed[]): Type {
  const type = operands[0]?.type;
  const list = type?.kind === 'pointer' ? type.to : null;
  if (list?.kind !== 'primitive' || list.of === null) return ERROR;
  return { kind: 'pointer', to: { kind: 'struct', struct: list.of } };
}

function resultOf(row: OpRow, operands: readonly Typed[]): Type {
  switch (row.result) {
    case 'none':
      return VOID;
    case 'bool':
      return BOOL;
    case 'int':
      return DEFAULT_INT;
    case 'errno':
      return ERRNO;
    case 'pte':
      return PTE;
    case 'value':
      return cellType(operands);
    case 'item':
      return itemType(operands);
    case 'work':
      return { kind: 'pointer', to: { kind: 'primitive', primitive: 'work', of: null, bound: 0 } };
  }
}
