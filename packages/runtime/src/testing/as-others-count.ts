// SPDX-License-Identifier: MIT
/**
 * Programs as other explorers see them. A finding ends a schedule before the state it happens in, so such
 * states are not stored; others store them, and stop there. And locals that nobody will read again are
 * dropped; others keep them.
 */

import type { Machine } from '../interpreter/machine.ts';
import type { Instruction, Proc, Program } from '../program/index.ts';

/** A program whose threads keep all locals of their own procs to the end. */
export function withDeadLocals(program: Program): Program {
  const threads = program.threads.map((thread) => ({
    ...thread,
    observed: [...(program.procs[thread.proc]?.locals.keys() ?? [])],
  }));
  return { ...program, threads };
}

/** Where a thread stands once an assertion of it has failed. */
function failure({ span }: Instruction): Instruction {
  const condition = { kind: 'const', value: 0 } as const;
  return { op: 'await', condition, text: 'failed', span, border: true };
}

/** Assertions branch to failures behind the proc's code, so that no other position changes. */
function failing(proc: Proc): Proc {
  const failures: Instruction[] = [];
  const code = proc.code.map((instruction, pc): Instruction => {
    if (instruction.op !== 'assert') return instruction;
    const { test, span, border } = instruction;
    const target = proc.code.length + failures.length;
    failures.push(failure(instruction));
    return { op: 'branch', test, then: pc + 1, else: target, span, border };
  });
  return { ...proc, code: [...code, ...failures] };
}

/**
 * A machine for which a failed assertion is a state in which nothing goes on.
 *
 * @param make makes the machine of a program
 */
export function stopsAtFailures<State>(
  program: Program,
  make: (program: Program) => Machine<State>,
): Machine<State> {
  const machine = make({ ...program, procs: program.procs.map(failing) });
  const isFailure = ([proc, pc]: readonly [number, number]): boolean =>
    pc >= (program.procs[proc]?.code.length ?? 0);
  const enabled = (state: State): ReturnType<typeof machine.enabled> => {
    const threads = [...program.threads.keys()];
    const failed = threads.some((thread) => machine.positions(state, thread).some(isFailure));
    return failed ? [] : machine.enabled(state);
  };
  return { ...machine, enabled };
}
