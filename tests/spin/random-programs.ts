// SPDX-License-Identifier: MIT
/** Random programs for SPIN: those that the brute force knows, some of them made endless. */

import type { Instruction, Program } from '@hmmlab/runtime/program';
import { compileAbstract, fromTape, randomProgram, topicNames } from '@hmmlab/runtime/testing';
import fc from 'fast-check';

/** The same for the same seed. Topics take turns; in every third program, threads go round for ever. */
export function randomPrograms(count: number, seed: number): readonly Program[] {
  const tape = fc.array(fc.noBias(fc.nat(0xffff)), { minLength: 40, maxLength: 120 });
  return fc.sample(tape, { numRuns: count, seed }).map((numbers, i) => {
    const choose = fromTape(numbers);
    const topic = topicNames[i % topicNames.length] ?? 'everything';
    const program = compileAbstract(randomProgram(topic, choose));
    return i % 3 === 2 ? endless(program, choose) : program;
  });
}

/** Threads begin again where they would end: all, or all but the first. */
function endless(program: Program, choose: (count: number) => number): Program {
  const first = choose(2);
  const procs = program.procs.map((proc, i) =>
    i < first ? proc : { ...proc, code: proc.code.map(again) },
  );
  return { ...program, procs };
}

function again(instruction: Instruction): Instruction {
  const { span } = instruction;
  return instruction.op === 'return' ? { op: 'jump', target: 0, border: false, span } : instruction;
}
