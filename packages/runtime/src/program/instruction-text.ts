// SPDX-License-Identifier: MIT
/** One instruction of a Program as a line of a listing. */

import type { Expr, Instruction, Proc, Program } from './program.ts';
import { ExpressionText } from './expression-text.ts';

/** `load t3 = M.users`, `down_read(&M.mmap_sem)`, `if (ret < 0) goto 12 else goto 9`. */
export function instructionText(program: Program, proc: Proc, instruction: Instruction): string {
  const text = new ExpressionText(program, proc);
  const args = (list: readonly Expr[]): string => list.map((arg) => text.value(arg)).join(', ');
  const result = (to: number | null): string => (to === null ? '' : `${text.local(to)} = `);
  switch (instruction.op) {
    case 'let':
      return `let ${text.local(instruction.to)} = ${text.value(instruction.value)}`;
    case 'load':
      return `load ${text.local(instruction.to)} = ${text.cell(instruction.address)}`;
    case 'store':
      return `store ${text.cell(instruction.address)} = ${text.value(instruction.value)}`;
    case 'primitive':
      return `${result(instruction.to)}${instruction.name}(${args(instruction.args)})`;
    case 'jump':
      return `${instruction.meant === true ? 'forever: ' : ''}goto ${instruction.target}`;
    case 'branch':
      return `if (${text.value(instruction.test)}) goto ${instruction.then} else goto ${instruction.else}`;
    case 'call':
      return `${result(instruction.to)}call ${procName(program, instruction.proc)}(${args(instruction.args)})`;
    case 'call-ops':
      return `${result(instruction.to)}call ${text.value(instruction.table)}->[${instruction.slot}](${args(instruction.args)})`;
    case 'call-work':
      return `call the function of work ${text.value(instruction.work)}`;
    case 'return':
      return instruction.value === null ? 'return' : `return ${text.value(instruction.value)}`;
    case 'scope-begin':
      return `${text.local(instruction.to)} = begin of ${poolName(program, instruction.pool)}`;
    case 'scope-end':
      return `end of ${text.local(instruction.slot)}`;
    case 'alloc':
      return `${text.local(instruction.to)} = kmalloc(${poolName(program, instruction.pool)})`;
    case 'free':
      return `kfree(${text.value(instruction.address)})`;
    case 'choose':
      return `${text.local(instruction.to)} = choose(${instruction.from}..${instruction.upTo})`;
    case 'await':
      return instruction.condition === null ? 'atomic' : `await ${instruction.text}`;
    case 'await-any':
      return `await ${instruction.ways.map((way) => way.text).join(' or ')}`;
    case 'assert':
      return `${instruction.contract === true ? 'contract' : 'assert'}(${text.value(instruction.test)})`;
    case 'assume':
      return `assume ${instruction.assumption.text}`;
  }
}

function procName(program: Program, index: number): string {
  return program.procs[index]?.name ?? `proc ${index}`;
}

function poolName(program: Program, index: number): string {
  return program.pools[index]?.name ?? `pool ${index}`;
}
