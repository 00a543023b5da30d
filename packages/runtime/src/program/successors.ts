// SPDX-License-Identifier: MIT
/** Control flow inside one activation of a proc. */

import type { Instruction } from './program.ts';

/** Where control may go on after `instruction` at `pc`; a call comes back to the instruction behind it. */
export function successors(instruction: Instruction, pc: number): readonly number[] {
  switch (instruction.op) {
    case 'jump':
      return [instruction.target];
    case 'branch':
      return [instruction.then, instruction.else];
    case 'await-any':
      return instruction.ways.map(({ target }) => target);
    case 'return':
      return [];
    default:
      return [pc + 1];
  }
}
