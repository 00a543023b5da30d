// SPDX-License-Identifier: MIT
/** A thread that stands at a primitive: what it may do there. */

import type { Instruction } from '../program/index.ts';
import { opTable } from '../program/index.ts';
import type { Alternative, Call, Primitive } from '../primitives/primitive.ts';
import { primitives } from '../primitives/primitives.ts';
import { currentInstruction, operandValue } from './current.ts';
import type { Draft } from './draft.ts';
import { requireGuards } from './guards.ts';
import { RaisedFinding } from './raised.ts';

export interface AtPrimitive {
  readonly instruction: Extract<Instruction, { op: 'primitive' }>;
  readonly primitive: Primitive;
  readonly call: Call;
}

/** The primitive at which `draft.actor` stands, or null if it stands elsewhere. */
export function primitiveAt(draft: Draft): AtPrimitive | null {
  const instruction = currentInstruction(draft, draft.actor);
  if (instruction?.op !== 'primitive') return null;
  const primitive = primitives.get(instruction.name);
  if (primitive === undefined) throw new Error(`no primitive ${instruction.name}`);
  const args = instruction.args.map((expr) => operandValue(draft, expr));
  return { instruction, primitive, call: { thread: draft.actor, args } };
}

/** Ways on for `draft.actor` at its primitive; none if it waits. */
export function alternativesAt(draft: Draft, at: AtPrimitive): readonly Alternative[] {
  if (draft.thread(draft.actor).queued) return at.primitive.resume?.(draft, at.call) ?? [];
  requireMaySleep(draft, at.instruction.name);
  requireGuards(draft, at.instruction.name, at.call.args);
  return at.primitive.arrive(draft, at.call);
}

/** `might_sleep`: fires whether the operation would have to wait or not. */
function requireMaySleep(draft: Draft, name: string): void {
  if (opTable.get(name)?.sleeps !== true) return;
  const spinlock = draft.heldSpinlock(draft.actor);
  if (spinlock !== null) {
    const lock = draft.cellName(spinlock);
    throw new RaisedFinding('sleep_in_atomic', lock, `${name} may sleep, and ${lock} is held`);
  }
  if (draft.thread(draft.actor).nonBlock > 0) {
    const text = `${name} may sleep inside a non-blockable notifier`;
    throw new RaisedFinding('block_in_non_blockable', null, text);
  }
}

/** Runs a primitive that is no border: it has exactly one way on, or is the finding that it raises. */
export function runInvisible(draft: Draft): void {
  const at = primitiveAt(draft);
  if (at === null) return;
  const [way, ...others] = alternativesAt(draft, at);
  if (way === undefined || others.length > 0)
    throw new Error(
      `${at.instruction.name} inside a transition has ${others.length} other ways on`,
    );
  way.apply(draft);
}
