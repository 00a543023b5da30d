// SPDX-License-Identifier: MIT
/** A Program as a listing: one line per object, pool and instruction, for people and golden files. */

import { instructionText } from './instruction-text.ts';
import type { CellType, Proc, Program, StaticObject, Thread } from './program.ts';

/** Lines end in `\n`. `*` marks a border. Spans are left out, so that a listing says only what is meant. */
export function formatProgram(program: Program): string {
  const lines = [
    ...program.objects.map((object) => objectLine(program, object)),
    ...program.pools.map((pool) => {
      const struct = program.structs[pool.struct]?.name ?? '?';
      return `pool ${pool.name}: ${pool.capacity} ${struct}, ${pool.lifetime}`;
    }),
    ...program.procs.flatMap((proc) => procLines(program, proc)),
    ...(program.setup === null ? [] : [`set-up: ${procName(program, program.setup)}`]),
    ...program.threads.map((thread) => threadLine(program, thread)),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

function objectLine(program: Program, object: StaticObject): string {
  const { type } = object;
  const what =
    type.kind === 'struct'
      ? `struct ${program.structs[type.struct]?.name ?? '?'}`
      : cellText(program, type.cell);
  const initial = object.initial.map(({ cell, value }) => `[${cell}] = ${value}`).join(', ');
  return `object ${object.name}: ${what}${initial === '' ? '' : ` (${initial})`}`;
}

function cellText(program: Program, cell: CellType): string {
  switch (cell.kind) {
    case 'int':
      return `int ${cell.min}..${cell.max}`;
    case 'enum':
      return `enum ${program.enums[cell.enum]?.name ?? '?'}`;
    case 'list':
      return `list of ${program.structs[cell.of]?.name ?? '?'}`;
    default:
      return cell.kind;
  }
}

function procLines(program: Program, proc: Proc): readonly string[] {
  const locals = proc.locals.map((local, slot) => (local.name === '' ? `t${slot}` : local.name));
  const head = `proc ${proc.name}(${locals.slice(0, proc.params).join(', ')})`;
  return [
    `${head}: locals ${locals.slice(proc.params).join(' ') || 'none'}`,
    ...proc.code.map((instruction, pc) => {
      const mark = instruction.border ? '*' : ' ';
      return `${String(pc).padStart(4)} ${mark} ${instructionText(program, proc, instruction)}`;
    }),
  ];
}

function threadLine(program: Program, thread: Thread): string {
  const args = thread.args.join(', ');
  return `${thread.kind} ${thread.name}: ${procName(program, thread.proc)}(${args})`;
}

function procName(program: Program, index: number): string {
  return program.procs[index]?.name ?? `proc ${index}`;
}
