// SPDX-License-Identifier: MIT
/** Arithmetic of the language, at compile time and at run time: truth values are 0 and 1, division truncates. */

import type { BinaryOperator, UnaryOperator } from './program.ts';

/** Value of an operator applied to numbers; null for a division by zero. */
export function applyBinary(op: BinaryOperator, a: number, b: number): number | null {
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

/** Value of an operator applied to a number. */
export function applyUnary(op: UnaryOperator, a: number): number {
  switch (op) {
    case '-':
      return 0 - a;
    case '!':
      return Number(a === 0);
    case '~':
      return ~a;
  }
}
