// SPDX-License-Identifier: MIT
/** Locals that may still be read before each instruction: the model sets all others to 0, as a state leaves them out. */

import type { Expr, Instruction, Proc, StateExpr } from '@hmmlab/runtime/program';

type Slots = ReadonlySet<number>;

/** By pc. `kept` are read at any time, by conditions over final states. */
export function liveLocals({ code }: Proc, kept: Slots): readonly Slots[] {
  const live: Set<number>[] = code.map(() => new Set(kept));
  const before = (pc: number): Slots => {
    const instruction = code[pc];
    if (instruction === undefined) return new Set();
    const after = new Set(nextOf(instruction, pc).flatMap((next) => [...(live[next] ?? [])]));
    if ('to' in instruction && instruction.to !== null && !kept.has(instruction.to))
      after.delete(instruction.to);
    return new Set([...after, ...readBy(instruction)]);
  };
  const open = [...code.keys()];
  for (let pc = open.pop(); pc !== undefined; pc = open.pop()) {
    const now = before(pc);
    const known = live[pc];
    if (known === undefined || [...now].every((slot) => known.has(slot))) continue;
    for (const slot of now) known.add(slot);
    const here = pc;
    for (const [other, instruction] of code.entries())
      if (nextOf(instruction, other).includes(here)) open.push(other);
  }
  return live;
}

/** Where control may be next in the same proc. */
function nextOf(instruction: Instruction, pc: number): readonly number[] {
  if (instruction.op === 'jump') return [instruction.target];
  if (instruction.op === 'branch') return [instruction.then, instruction.else];
  if (instruction.op === 'await-any') return instruction.ways.map(({ target }) => target);
  return instruction.op === 'return' ? [] : [pc + 1];
}

/** Every `{ kind: 'local', slot }` in an instruction's operands and condition, and the slot of `scope-end`. */
function readBy(instruction: Instruction): readonly number[] {
  const found: number[] = instruction.op === 'scope-end' ? [instruction.slot] : [];
  const visit = (part: Expr | StateExpr): void => {
    if (part.kind === 'local') found.push(part.slot);
    for (const value of Object.values(part) as unknown[]) if (isExpression(value)) visit(value);
  };
  if (instruction.op === 'await-any') instruction.ways.forEach((way) => visit(way.condition));
  for (const value of Object.values(instruction) as unknown[]) {
    for (const part of Array.isArray(value) ? (value as unknown[]) : [value])
      if (isExpression(part)) visit(part);
  }
  return found;
}

function isExpression(value: unknown): value is Expr | StateExpr {
  return typeof value === 'object' && value !== null && 'kind' in value;
}
