// SPDX-License-Identifier: MIT
/** Where a thread stands, and what its operands are worth there. */

import type { Expr, Instruction } from '../program/index.ts';
import type { Draft } from './draft.ts';
import { evaluate } from './evaluate.ts';

/** Value of an operand in the innermost frame of the acting thread. */
export function operandValue(draft: Draft, expr: Expr): number {
  const frame = draft.frame(draft.actor);
  return evaluate(expr, frame?.locals ?? [], draft.world.layout);
}

/** The instruction at which a thread stands, or null once it has finished. */
export function currentInstruction(draft: Draft, thread: number): Instruction | null {
  const frame = draft.frame(thread);
  if (frame === undefined) return null;
  const instruction = draft.world.program.procs[frame.proc]?.code[frame.pc];
  if (instruction === undefined) throw new Error(`proc ${frame.proc} runs off its end`);
  return instruction;
}
