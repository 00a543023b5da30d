// SPDX-License-Identifier: MIT
/** A thread at a primitive: the statements of its one step, or its ways on. */

import type { Instruction } from '@hmmlab/runtime/program';
import { opTable } from '@hmmlab/runtime/program';
import { localName } from './body.ts';
import type { Check } from './expressions.ts';
import { accessChecks, constantOf, printExpr } from './expressions.ts';
import type { Frame } from './frames.ts';
import type { Model } from './model.ts';
import { cellSteps } from './primitives/cells.ts';
import { listSteps } from './primitives/lists.ts';
import { lockSteps, lockWaits } from './primitives/mutex.ts';
import type { Call, OneStep, Waiting } from './primitives/primitive.ts';
import { rwsemSteps, rwsemWaits } from './primitives/rwsem.ts';
import { queueSteps, queueWaits } from './primitives/waits.ts';
import type { Emitter } from './emitter.ts';
import { Untranslatable } from './untranslatable.ts';

const waits: ReadonlyMap<string, Waiting> = new Map([...lockWaits, ...rwsemWaits, ...queueWaits]);
const oneStep: ReadonlyMap<string, OneStep> = new Map([
  ...lockSteps,
  ...rwsemSteps,
  ...queueSteps,
  ...cellSteps,
  ...listSteps,
]);

/** Where a primitive stands in the code of a frame. */
export interface AtPrimitive {
  readonly frame: Frame;
  readonly pc: number;
  readonly instruction: Extract<Instruction, { op: 'primitive' }>;
}

/** Whether a thread may have to wait there, or have a choice. */
export const waitingOf = (name: string): Waiting | null => waits.get(name) ?? null;

export function callOf(model: Model, { frame, pc, instruction }: AtPrimitive): Call {
  const local = (slot: number): string => localName(frame, slot);
  const scope = { program: model.program, memory: model.memory, local };
  const args = instruction.args.map((arg) => printExpr(arg, scope).text);
  const { name, args: exprs } = instruction;
  return { model, frame, pc, name, exprs, args, thread: frame.thread };
}

/** What evaluating the operands, reaching the object and being allowed to sleep can raise. */
export function checksOf(model: Model, at: AtPrimitive): readonly Check[] {
  const { frame, instruction } = at;
  const local = (slot: number): string => localName(frame, slot);
  const scope = { program: model.program, memory: model.memory, local };
  const row = opTable.get(instruction.name);
  if (row === undefined) throw new Error(`no primitive ${instruction.name}`);
  const operands = instruction.args.flatMap((arg) => printExpr(arg, scope).checks);
  const address = callOf(model, at).args[0];
  const reaches =
    row.operands.length > 0 && address !== undefined ? accessChecks(address, model.memory) : [];
  return [...operands, ...(row.sleeps ? sleepChecks(model, frame.thread) : []), ...reaches];
}

/** `might_sleep`, for a thread that does not sleep yet. */
function sleepChecks(model: Model, thread: number): readonly Check[] {
  const spins = model.compoundsOf('spinlock').map((k) => `own[${k}] == ${thread + 1}`);
  const fresh = `!qd[${thread}]`;
  const inAtomic = { bad: `${fresh} && (${spins.join(' || ')})`, finding: 'sleep_in_atomic' };
  const notifier = { bad: `${fresh} && nb[${thread}] > 0`, finding: 'block_in_non_blockable' };
  return [...(spins.length > 0 ? [inAtomic] : []), ...(model.usesNonBlock ? [notifier] : [])];
}

/** The statements of a primitive that has exactly one way on. */
export function primitiveSteps(steps: Emitter, at: AtPrimitive): void {
  const { name, to } = at.instruction;
  const run = oneStep.get(name);
  if (run === undefined) throw new Untranslatable(name);
  const call = callOf(steps.model, at);
  steps.body.failIfAny(checksOf(steps.model, at));
  const [first] = call.args;
  if (first !== undefined && constantOf(first) === 0) return;
  const result = run(steps, call);
  if (to !== null) steps.body.setLocal(at.frame, to, result ?? '0');
}
