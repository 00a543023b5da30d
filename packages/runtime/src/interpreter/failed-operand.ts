// SPDX-License-Identifier: MIT
/** Operands that have no value, in words: `arr[3]` of an array of two, `1 / 0`, NULL. */

import type { Expr } from '../program/index.ts';
import { currentInstruction, operandValue } from './current.ts';
import type { Draft } from './draft.ts';
import { operands } from './operands.ts';
import { RaisedFinding } from './raised.ts';

/** The first operand of the acting thread's instruction that has no value; null if all have one. */
export function firstFailedOperand(draft: Draft): string | null {
  const instruction = currentInstruction(draft, draft.actor);
  for (const expr of instruction === null ? [] : operands(instruction)) {
    const text = failedOperand(draft, expr);
    if (text !== null) return text;
  }
  return null;
}

/** What of `expr` has no value, the innermost part; null if it has one. */
export function failedOperand(draft: Draft, expr: Expr): string | null {
  const raised = raisedBy(draft, expr);
  if (raised === null) return null;
  if (expr.kind === 'element' && raisedBy(draft, expr.base) === null)
    return elementText(draft, expr);
  for (const part of parts(expr)) {
    const text = failedOperand(draft, part);
    if (text !== null) return text;
  }
  if (expr.kind === 'binary')
    return `${operandValue(draft, expr.a)} ${expr.op} ${operandValue(draft, expr.b)}`;
  return raised.finding === 'null_dereference' ? 'NULL' : '?';
}

function raisedBy(draft: Draft, expr: Expr): RaisedFinding | null {
  try {
    operandValue(draft, expr);
    return null;
  } catch (error) {
    if (error instanceof RaisedFinding) return error;
    throw error;
  }
}

/** Parts of an expression that is being evaluated; of a conditional only the test always is. */
function parts(expr: Expr): readonly Expr[] {
  switch (expr.kind) {
    case 'const':
    case 'local':
    case 'object':
      return [];
    case 'unary':
      return [expr.a];
    case 'binary':
      return [expr.a, expr.b];
    case 'conditional':
      return [expr.test, expr.then, expr.else];
    case 'field':
      return [expr.base];
    case 'element':
      return [expr.base, expr.index];
  }
}

/** The name that an element of the array has, with an index that none has. */
function elementText(draft: Draft, expr: Extract<Expr, { readonly kind: 'element' }>): string {
  const base = operandValue(draft, expr.base);
  if (base === 0) return 'NULL';
  const index = failedOperand(draft, expr.index) ?? operandValue(draft, expr.index);
  const first = draft.cellName(base);
  const bracket =
    expr.length > 1
      ? commonLength(first, draft.cellName(base + expr.stride))
      : first.lastIndexOf('[') + 1;
  return `${first.slice(0, bracket)}${index}]`;
}

function commonLength(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length++;
  return length;
}
