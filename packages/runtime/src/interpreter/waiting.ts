// SPDX-License-Identifier: MIT
/** Who waits for whom in a state where threads cannot go on. */

import type { Waiting } from '../program/index.ts';
import { primitiveAt } from './at-primitive.ts';
import type { Draft } from './draft.ts';
import { lockHolders } from './lock-holders.ts';
import { activeProcs, placeOf } from './occurrence.ts';

/** A thread that stands at a primitive and has no way on. */
export interface Blocked {
  readonly thread: number;
  readonly waitsFor: readonly number[];
  /** Address of the object it waits on. */
  readonly address: number;
  readonly primitive: string;
}

/** What a thread waits for; null if it does not stand at a primitive. */
export function blockedAt(draft: Draft, thread: number): Blocked | null {
  draft.actor = thread;
  const at = primitiveAt(draft);
  if (at === null) return null;
  const waitsFor = at.primitive.waitsFor?.(draft, at.call) ?? [];
  const address = at.call.args[0] ?? 0;
  return { thread, waitsFor, address, primitive: at.instruction.name };
}

/** True for a daemon or worker that waits for something to do and holds nothing. */
export function isIdle(draft: Draft, thread: number): boolean {
  const kind = draft.world.program.threads[thread]?.kind ?? 'task';
  if (kind === 'task') return false;
  draft.actor = thread;
  const at = primitiveAt(draft);
  if (at === null || at.primitive.idles !== true) return false;
  if (kind === 'worker' && draft.thread(thread).frames.length > 1) return false;
  return !draft.base.memory.some((value) => lockHolders(value).some((h) => h.thread === thread));
}

/** In printable words. */
export function toWaiting(draft: Draft, entry: Blocked): Waiting {
  const { world } = draft;
  const object = draft.cellName(entry.address);
  return {
    thread: world.printer.thread(entry.thread),
    action: `${entry.primitive} ${object}`,
    object,
    within: activeProcs(world, draft.thread(entry.thread)),
    span: placeOf(world, entry.thread, draft.thread(entry.thread)),
    waitsFor: entry.waitsFor.map((thread) => world.printer.thread(thread)),
  };
}
