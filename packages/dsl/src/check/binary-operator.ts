// SPDX-License-Identifier: MIT
/** Which operators are arithmetic of the runtime's; the others are assignments and accesses. */

import type { BinaryOperator } from '@hmmlab/runtime/program';

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
