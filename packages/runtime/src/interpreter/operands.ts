// SPDX-License-Identifier: MIT
/** What an instruction evaluates. */

import type { Expr, Instruction } from '../program/index.ts';

/** Expressions that an instruction evaluates, in order. */
export function operands(instruction: Instruction): readonly Expr[] {
  switch (instruction.op) {
    case 'let':
      return [instruction.value];
    case 'load':
    case 'free':
      return [instruction.address];
    case 'store':
      return [instruction.address, instruction.value];
    case 'primitive':
    case 'call':
      return instruction.args;
    case 'call-ops':
      return [instruction.table, ...instruction.args];
    case 'call-work':
      return [instruction.work];
    case 'branch':
    case 'assert':
    case 'assume':
      return [instruction.test];
    case 'return':
      return instruction.value === null ? [] : [instruction.value];
    case 'jump':
    case 'scope-begin':
    case 'scope-end':
    case 'alloc':
    case 'choose':
    case 'await':
    case 'await-any':
      return [];
  }
}
