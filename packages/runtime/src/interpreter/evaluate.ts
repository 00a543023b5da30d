// SPDX-License-Identifier: MIT
/** Expressions over constants and locals, as they appear inside instructions. */

import type { BinaryOperator, Expr } from '../program/index.ts';
import { applyBinary, applyUnary } from '../program/index.ts';
import type { Layout } from './layout.ts';
import { RaisedFinding } from './raised.ts';

/** @throws RaisedFinding for a division by zero */
export function binaryValue(op: BinaryOperator, a: number, b: number): number {
  const value = applyBinary(op, a, b);
  if (value !== null) return value;
  throw new RaisedFinding('division_by_zero', null, `${a} is divided by zero`);
}

/** `&base->field`; NULL is a finding, as the access that follows would be. */
export function fieldAddress(base: number, cells: number): number {
  if (base === 0) {
    throw new RaisedFinding('null_dereference', null, 'a field of NULL is accessed');
  }
  return base + cells;
}

/** `container_of`: the struct must lie in the object that `base` lies in. */
export function containerAddress(base: number, cells: number, layout: Layout): number {
  const address = fieldAddress(base, cells);
  const inside = layout.cells[base];
  if (address > 0 && inside !== undefined && layout.cells[address]?.object === inside.object) {
    return address;
  }
  const name = inside?.name ?? null;
  const text = `container_of leaves the object that ${name} belongs to`;
  throw new RaisedFinding('wild_reference', name, text);
}

/** `&base[index]`, checked. */
export function elementAddress(
  base: number,
  index: number,
  stride: number,
  length: number,
): number {
  if (index < 0 || index >= length) {
    const text = `index ${index} is outside 0..${length - 1}`;
    throw new RaisedFinding('index_out_of_range', null, text);
  }
  return fieldAddress(base, index * stride);
}

/** Evaluates an instruction's expression over the locals of its frame. */
export function evaluate(expr: Expr, locals: readonly number[], layout: Layout): number {
  const value = (e: Expr): number => evaluate(e, locals, layout);
  switch (expr.kind) {
    case 'const':
      return expr.value;
    case 'local':
      return locals[expr.slot] ?? 0;
    case 'object':
      return (layout.objects[expr.object] ?? 0) + expr.cell;
    case 'unary':
      return applyUnary(expr.op, value(expr.a));
    case 'binary':
      return binaryValue(expr.op, value(expr.a), value(expr.b));
    case 'conditional':
      return value(expr.test) === 0 ? value(expr.else) : value(expr.then);
    case 'field':
      return expr.cells < 0
        ? containerAddress(value(expr.base), expr.cells, layout)
        : fieldAddress(value(expr.base), expr.cells);
    case 'element':
      return elementAddress(value(expr.base), value(expr.index), expr.stride, expr.length);
  }
}
