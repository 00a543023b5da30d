// SPDX-License-Identifier: MIT
/** Where control can go in a Program, regardless of values: instructions, procs, positions of threads. */

import type { Machine } from '../interpreter/machine.ts';
import type { Instruction, Program } from '../program/index.ts';
import { successors } from '../program/successors.ts';

const POSITIONS_PER_PROC = 65_536;

/** A (proc, pc) pair as one number; the same numbering as `Machine.reached`. */
export function positionNumber(proc: number, pc: number): number {
  return proc * POSITIONS_PER_PROC + pc;
}

/** The (proc, pc) pair of a number. */
export function positionOf(number: number): readonly [proc: number, pc: number] {
  return [Math.floor(number / POSITIONS_PER_PROC), number % POSITIONS_PER_PROC];
}

/** Adds the positions of all threads in a state to a set of position numbers. */
export function rememberPositions<State>(
  machine: Machine<State>,
  state: State,
  into: Set<number>,
): void {
  for (const thread of machine.program.threads.keys()) {
    for (const [proc, pc] of machine.positions(state, thread)) into.add(positionNumber(proc, pc));
  }
}

/** Functions that some work item of the program may get: cells and INIT_WORK hold 1 + proc. */
function workFunctions(program: Program): readonly number[] {
  const initial = program.structs.flatMap(({ cells }) =>
    cells.flatMap((cell) => (cell.type.kind === 'work' ? [cell.initial] : [])),
  );
  const given = program.objects.flatMap((object) => object.initial.map(({ value }) => value));
  const set = program.procs.flatMap(({ code }) =>
    code.flatMap((instruction) => {
      if (instruction.op !== 'primitive' || instruction.name !== 'INIT_WORK') return [];
      const [, fn] = instruction.args;
      return fn?.kind === 'const' ? [fn.value] : [...program.procs.keys()].map((proc) => proc + 1);
    }),
  );
  return [...new Set([...initial, ...given, ...set])]
    .map((value) => value - 1)
    .filter((proc) => program.procs[proc]?.params === 1);
}

/** Procs that an instruction may call; through a table or a work item, all that could stand there. */
export function callees(program: Program, instruction: Instruction): readonly number[] {
  switch (instruction.op) {
    case 'call':
      return [instruction.proc];
    case 'call-ops': {
      const { ops, slot } = instruction;
      const tables = program.opsTables.filter((table) => table.ops === ops);
      return tables.flatMap(({ procs }) => procs[slot] ?? []);
    }
    case 'call-work':
      return workFunctions(program);
    case 'let':
    case 'load':
    case 'store':
    case 'primitive':
    case 'jump':
    case 'branch':
    case 'return':
    case 'scope-begin':
    case 'scope-end':
    case 'alloc':
    case 'free':
    case 'choose':
    case 'await':
    case 'await-any':
    case 'assert':
    case 'assume':
      return [];
  }
}

/** Position numbers that control can reach from `from` on, these included. */
export function reachableFrom(program: Program, from: Iterable<number>): ReadonlySet<number> {
  const seen = new Set(from);
  const open = [...seen];
  for (let number = open.pop(); number !== undefined; number = open.pop()) {
    const [proc, pc] = positionOf(number);
    const instruction = program.procs[proc]?.code[pc];
    if (instruction === undefined) continue;
    const onward = [
      ...successors(instruction, pc).map((target) => positionNumber(proc, target)),
      ...callees(program, instruction).map((callee) => positionNumber(callee, 0)),
    ];
    for (const position of onward) {
      if (seen.has(position)) continue;
      seen.add(position);
      open.push(position);
    }
  }
  return seen;
}
