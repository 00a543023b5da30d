// SPDX-License-Identifier: MIT
/**
 * Which locals may still be read from each instruction on. A state holds live locals only, so two states
 * that differ in values nobody will read are one state.
 *
 * Backward data flow over one proc's code; Aho, Lam, Sethi, Ullman, "Compilers", 2006, section 9.2.5.
 */

import type { Expr, Instruction, Proc, StateExpr } from '../program/index.ts';
import { successors } from '../program/successors.ts';
import { operands } from './operands.ts';

/** `live[pc]` holds the slots that are live before the instruction at `pc`. */
export type Liveness = readonly ReadonlySet<number>[];

/** @param always slots that stay live everywhere: locals of a thread's own proc that expectations read */
export function computeLiveness(proc: Proc, always: ReadonlySet<number>): Liveness {
  const live = proc.code.map(() => new Set(always));
  for (let changed = true; changed;) {
    changed = false;
    for (let pc = proc.code.length - 1; pc >= 0; pc--) {
      const instruction = proc.code[pc];
      const here = live[pc];
      if (instruction === undefined || here === undefined) continue;
      const before = here.size;
      addLiveIn(instruction, pc, live, here);
      changed ||= here.size !== before;
    }
  }
  return live;
}

function addLiveIn(
  instruction: Instruction,
  pc: number,
  live: readonly ReadonlySet<number>[],
  into: Set<number>,
): void {
  const written = writtenLocal(instruction);
  for (const next of successors(instruction, pc)) {
    for (const slot of live[next] ?? []) if (slot !== written) into.add(slot);
  }
  readLocals(instruction, into);
}

/** The local that an instruction sets, or null. */
function writtenLocal(instruction: Instruction): number | null {
  switch (instruction.op) {
    case 'let':
    case 'load':
    case 'choose':
    case 'alloc':
    case 'scope-begin':
      return instruction.to;
    case 'primitive':
    case 'call':
    case 'call-ops':
      return instruction.to;
    default:
      return null;
  }
}

function readLocals(instruction: Instruction, into: Set<number>): void {
  for (const expr of operands(instruction)) addLocals(expr, into);
  if (instruction.op === 'scope-end') into.add(instruction.slot);
  const waits = instruction.op === 'primitive' || instruction.op === 'await';
  if (waits && instruction.condition) addStateLocals(instruction.condition, into);
  if (instruction.op === 'await-any')
    for (const { condition } of instruction.ways) addStateLocals(condition, into);
}

function addLocals(expr: Expr, into: Set<number>): void {
  switch (expr.kind) {
    case 'const':
    case 'object':
      return;
    case 'local':
      into.add(expr.slot);
      return;
    case 'unary':
      addLocals(expr.a, into);
      return;
    case 'binary':
      addLocals(expr.a, into);
      addLocals(expr.b, into);
      return;
    case 'conditional':
      for (const part of [expr.test, expr.then, expr.else]) addLocals(part, into);
      return;
    case 'field':
      addLocals(expr.base, into);
      return;
    case 'element':
      addLocals(expr.base, into);
      addLocals(expr.index, into);
      return;
  }
}

function addStateLocals(expr: StateExpr, into: Set<number>): void {
  switch (expr.kind) {
    case 'const':
    case 'object':
    case 'thread-local':
    case 'finished':
      return;
    case 'local':
      into.add(expr.slot);
      return;
    case 'load':
    case 'inspect':
      addStateLocals(expr.address, into);
      return;
    case 'unary':
      addStateLocals(expr.a, into);
      return;
    case 'binary':
      addStateLocals(expr.a, into);
      addStateLocals(expr.b, into);
      return;
    case 'conditional':
      for (const part of [expr.test, expr.then, expr.else]) addStateLocals(part, into);
      return;
    case 'field':
      addStateLocals(expr.base, into);
      return;
    case 'element':
      addStateLocals(expr.base, into);
      addStateLocals(expr.index, into);
      return;
  }
}
