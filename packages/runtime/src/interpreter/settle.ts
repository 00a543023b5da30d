// SPDX-License-Identifier: MIT
/**
 * Ends a transition: runs threads to their borders, drops dead locals, reuses slots nobody refers to,
 * renumbers counters. The first two concern threads that have changed only, the others the whole state.
 */

import type { Draft } from './draft.ts';
import { currentInstruction } from './current.ts';
import type { Visit } from './execute.ts';
import { runLocally } from './execute.ts';
import type { Liveness } from './liveness.ts';
import { referencedSlots } from './references.ts';
import { renumberSequences } from './sequences.ts';
import type { Frame } from './state.ts';

/** Per proc; see liveness.ts. */
export type LivenessTable = readonly Liveness[];

/**
 * Runs the actor and every thread that moved with it, as after a grant to several, to their borders.
 * A thread that has not moved yet stays before its beginning if that shows a finding; see initial.ts.
 */
export function settleThreads(draft: Draft, liveness: LivenessTable, visit: Visit): void {
  const actor = draft.actor;
  for (const thread of [actor, ...others(draft, actor)]) {
    if (thread !== actor && !draft.hasMoved(thread)) continue;
    const instruction = currentInstruction(draft, thread);
    if (instruction !== null && !instruction.border) {
      draft.actor = thread;
      runLocally(draft, visit);
    }
    dropDeadLocals(draft, thread, liveness);
  }
  draft.actor = actor;
}

/** What the whole state decides. */
export function settleState(draft: Draft): void {
  reuseSlots(draft);
  renumberSequences(draft);
}

function others(draft: Draft, actor: number): number[] {
  const all = Array.from({ length: draft.threadCount }, (_, index) => index);
  return all.filter((index) => index !== actor);
}

function dropDeadLocals(draft: Draft, thread: number, liveness: LivenessTable): void {
  if (!draft.hasMoved(thread)) return;
  const { frames } = draft.thread(thread);
  const observed = draft.world.program.threads[thread]?.observed ?? [];
  const cleaned = frames.map((frame, i) =>
    cleanFrame(frame, frames[i + 1], { liveness, kept: i === 0 ? observed : [] }),
  );
  draft.changeThread(thread, { frames: cleaned });
}

/** @param kept slots that conditions may read at any time, also while a call is about to set them */
function cleanFrame(
  frame: Frame,
  callee: Frame | undefined,
  { liveness, kept }: { readonly liveness: LivenessTable; readonly kept: readonly number[] },
): Frame {
  const live = liveness[frame.proc]?.[frame.pc];
  const isLive = (slot: number): boolean =>
    kept.includes(slot) ||
    ((live?.has(slot) ?? false) && (callee === undefined || callee.to !== slot));
  if (frame.locals.every((value, slot) => value === 0 || isLive(slot))) return frame;
  return { ...frame, locals: frame.locals.map((value, slot) => (isLive(slot) ? value : 0)) };
}

/** A dead slot becomes free, and its cells zero, once nothing refers to it any more. */
function reuseSlots(draft: Draft): void {
  const { slots } = draft.world.layout;
  if (!slots.some((_, number) => draft.slot(number) === 'dead')) return;
  const referenced = referencedSlots(draft);
  slots.forEach((slot, number) => {
    if (draft.slot(number) !== 'dead' || referenced.has(number)) return;
    draft.setSlot(number, 'free');
    for (let address = slot.base; address < slot.base + slot.size; address++) {
      draft.poke(address, draft.initialValue(address));
    }
  });
}
