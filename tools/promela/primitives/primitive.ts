// SPDX-License-Identifier: MIT
/** What a primitive is to the translator: ways on for a thread that may have to wait, or the statements of its one step. */

import type { Expr } from '@hmmlab/runtime/program';
import type { Frame } from '../frames.ts';
import type { Emitter } from '../emitter.ts';
import { constantOf, holds, readersOf } from '../expressions.ts';
import { Untranslatable } from '../untranslatable.ts';
import type { Model } from '../model.ts';

/** A thread at a primitive. `args` are the texts of its operands. */
export interface Call {
  readonly model: Model;
  readonly frame: Frame;
  readonly pc: number;
  readonly name: string;
  readonly exprs: readonly Expr[];
  readonly args: readonly string[];
  readonly thread: number;
}

/** One way on. */
export interface Way {
  /** When it is there, besides the thread standing at the primitive. */
  readonly guard: string;
  readonly act: readonly string[];
  /** The result with which the thread goes on; null if it stays. */
  readonly result: string | null;
  /** Other threads that the step lets go on too: each place number with the condition under which. */
  readonly grants?: (thread: number) => string;
}

export interface Waiting {
  readonly ways: (call: Call) => readonly Way[];
  /** For a timed wait: when its time may run out. */
  readonly expires?: (call: Call) => string;
}

/** Emits its statements; the text of its result, or null. */
export type OneStep = (steps: Emitter, call: Call) => string | null;

/** Number of the compound cell that operand `index` leads to: a constant, or a choice over all of its kind. */
export function numberOf(call: Call, kind: string, index = 0): string {
  const { memory } = call.model;
  const address = call.args[index] ?? '';
  const known = constantOf(address);
  if (known !== null) return `${memory.compounds.indexOf(known)}`;
  const all = memory.compounds.flatMap((cell, k) =>
    memory.cells[cell]?.type.kind === kind ? [{ cell, k }] : [],
  );
  const last = all.at(-1);
  if (last === undefined) throw new Untranslatable(`a ${kind} known by reference`);
  const others = all.slice(0, -1);
  return others.reduceRight(
    (rest, { cell, k }) => `(${address} == ${cell} -> ${k} : ${rest})`,
    `${last.k}`,
  );
}

/** The fields of a lock, as texts. */
export interface LockText {
  /** 1 + the owner or writer; 0 if there is none. */
  readonly own: string;
  /** 1: overtaken, 2: hand-off. */
  readonly flags: string;
  readonly queue: string;
  readonly empty: string;
}

export function lockText(k: string): LockText {
  return { own: `own[${k}]`, flags: `flags[${k}]`, queue: `q[${k}]`, empty: `len(q[${k}]) == 0` };
}

/** Read holds, as texts. */
export function readText(k: string, { model }: Call): { all: string; of: (t: number) => string } {
  const { threads } = model.program;
  return { all: readersOf(k, model.program), of: (thread) => holds(k, thread, threads.length) };
}
