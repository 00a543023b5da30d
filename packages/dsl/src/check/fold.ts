// SPDX-License-Identifier: MIT
/** Arithmetic at compile time, as the runtime would do it: truth values are 0 and 1, division truncates. */

import type { BinaryOperator, UnaryOperator } from '@hmmlab/runtime/program';

const binaryOperators: ReadonlySet<string> = new Set([
  '+',
  '-',
  '*',
  '/',
  '%',
  '&',
  '|',
  '^',
  '<<',
  '>>',
  '==',
  '!=',
  '<',
  '<=',
  '>',
  '>=',
  '&&',
  '||',
]);

export function isBinaryOperator(op: string): op is BinaryOperator {
  return binaryOperators.has(op);
}

/** Null for a division by zero. */
export function foldBinary(op: BinaryOperator, a: number, b: number): number | null {
  switch (op) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return b === 0 ? null : Math.trunc(a / b) + 0;
    case '%':
      return b === 0 ? null : (a % b) + 0;
    case '&':
      return a & b;
    case '|':
      return a | b;
    case '^':
      return a ^ b;
    case '<<':
      return a << b;
    case '>>':
      return a >> b;
    case '==':
      return Number(a === b);
    case '!=':
      return Number(a !== b);
    case '<':
      return Number(a < b);
    case '<=':
      return Number(a <= b);
    case '>':
      return Number(a > b);
    case '>=':
      return Number(a >= b);
    case '&&':
      return Number(a !== 0 && b !== 0);
    case '||':
      return Number(a !== 0 || b !== 0);
  }
}

export function foldUnary(op: UnaryOperator, a: number): number {
  switch (op) {
    case '-':
      return 0 - a;
    case '!':
      return Number(a === 0);
    case '~':
      return ~a;
  }
}
