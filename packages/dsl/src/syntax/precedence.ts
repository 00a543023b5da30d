// SPDX-License-Identifier: MIT
/** Groups a flat row of operands and operators as C does. */

import type { Expr } from './ast.ts';

/** C's levels, loosest first; all group to the left. */
const levels: readonly (readonly string[])[] = [
  ['||'],
  ['&&'],
  ['|'],
  ['^'],
  ['&'],
  ['==', '!='],
  ['<', '<=', '>', '>='],
  ['<<', '>>'],
  ['+', '-'],
  ['*', '/', '%'],
];

const levelOf: ReadonlyMap<string, number> = new Map(
  levels.flatMap((operators, level) => operators.map((operator) => [operator, level] as const)),
);

/** @param operators one fewer than `operands`, each standing after the operand of the same index */
export function groupBinary(operands: readonly Expr[], operators: readonly string[]): Expr | null {
  const left: Expr[] = [];
  const waiting: string[] = [];
  for (let i = 0; i < operands.length; i++) {
    const operand = operands[i];
    if (operand !== undefined) left.push(operand);
    const operator = operators[i];
    const level = operator === undefined ? -1 : (levelOf.get(operator) ?? 0);
    while (waiting.length > 0 && (levelOf.get(waiting.at(-1) ?? '') ?? 0) >= level)
      join(left, waiting);
    if (operator !== undefined) waiting.push(operator);
  }
  return left[0] ?? null;
}

function join(operands: Expr[], waiting: string[]): void {
  const [op, right, left] = [waiting.pop(), operands.pop(), operands.pop()];
  if (op === undefined || left === undefined || right === undefined) return;
  operands.push({ kind: 'binary', op, left, right, start: left.start, end: right.end });
}
