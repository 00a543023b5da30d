// SPDX-License-Identifier: MIT
/** Who waits for whom in a state where threads cannot go on. */

import type { Waiting } from '../program/index.ts';
import { primitiveAt } from './at-primitive.ts';
import { currentInstruction } from './current.ts';
import type { Draft } from './draft.ts';
import { activeProcs, placeOf } from './occurrence.ts';
import { heldBy } from './state-view.ts';

/** A thread that stands at a primitive or an await and has no way on. */
export interface Blocked {
  readonly thread: number;
  readonly waitsFor: readonly number[];
  /** Address of the object it waits on; null for an await. */
  readonly address: number | null;
  /** The primitive, or `await`. */
  readonly action: string;
  /** Name of the object, or the condition of the await. */
  readonly object: string;
}

/** What a thread waits for; null if it stands at nothing that may wait. */
export function blockedAt(draft: Draft, thread: number): Blocked | null {
  draft.actor = thread;
  const instruction = currentInstruction(draft, thread);
  if (instruction?.op === 'await') return awaiting(thread, instruction.text);
  if (instruction?.op === 'await-any')
    return awaiting(thread, instruction.ways.map(({ text }) => text).join(' or '));
  const at = primitiveAt(draft);
  if (at === null) return null;
  const waitsFor = at.primitive.waitsFor?.(draft, at.call) ?? [];
  const address = at.call.args[0] ?? 0;
  const object = draft.cellName(address);
  return { thread, waitsFor, address, action: at.instruction.name, object };
}

function awaiting(thread: number, object: string): Blocked {
  return { thread, waitsFor: [], address: null, action: 'await', object };
}

/** True for a daemon or worker that waits for something to do and holds nothing. */
export function isIdle(draft: Draft, thread: number): boolean {
  const kind = draft.world.program.threads[thread]?.kind ?? 'task';
  if (kind === 'task') return false;
  draft.actor = thread;
  if (!idles(draft)) return false;
  if (kind === 'worker' && draft.thread(thread).frames.length > 1) return false;
  const held = heldBy(thread);
  return !draft.world.locks.some((address) => draft.ask(address, held));
}

/** Whether `draft.actor` stands where an idle daemon waits. */
function idles(draft: Draft): boolean {
  const op = currentInstruction(draft, draft.actor)?.op;
  if (op === 'await' || op === 'await-any') return true;
  return primitiveAt(draft)?.primitive.idles === true;
}

/** In printable words. */
export function toWaiting(draft: Draft, entry: Blocked): Waiting {
  const { world } = draft;
  const { object } = entry;
  return {
    thread: world.printer.thread(entry.thread),
    action: `${entry.action} ${object}`,
    object,
    within: activeProcs(world, draft.thread(entry.thread)),
    span: placeOf(world, entry.thread, draft.thread(entry.thread)),
    waitsFor: entry.waitsFor.map((thread) => world.printer.thread(thread)),
  };
}
