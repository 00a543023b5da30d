// SPDX-License-Identifier: MIT
/** Who waits for whom in a state where threads cannot go on. */

import type { Waiting } from '../program/index.ts';
import { primitiveAt } from './at-primitive.ts';
import type { Draft } from './draft.ts';
import { lockHolders } from './lock-holders.ts';
import { placeOf } from './occurrence.ts';

/** A thread that stands at a primitive and has no way on. */
export interface Blocked {
  readonly thread: number;
  readonly waitsFor: readonly number[];
  /** Address of the object it waits on. */
  readonly address: number;
  readonly primitive: string;
  readonly timed: boolean;
}

/** What a thread waits for; null if it does not stand at a primitive. */
export function blockedAt(draft: Draft, thread: number): Blocked | null {
  draft.actor = thread;
  const at = primitiveAt(draft);
  if (at === null) return null;
  const waitsFor = at.primitive.waitsFor?.(draft, at.call) ?? [];
  const address = at.call.args[0] ?? 0;
  const { name } = at.instruction;
  return { thread, waitsFor, address, primitive: name, timed: at.primitive.timed === true };
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

/**
 * The first cycle of the wait-for graph, from the lowest thread on; empty if there is none.
 *
 * @param blocked all threads that cannot go on; edges to others lead nowhere
 */
export function findCycle(blocked: readonly Blocked[]): readonly Blocked[] {
  const byThread = new Map(blocked.map((entry) => [entry.thread, entry]));
  const cleared = new Set<number>();
  for (const start of blocked) {
    const cycle = cycleFrom(start, byThread, cleared);
    if (cycle.length > 0) return cycle;
  }
  return [];
}

function cycleFrom(
  start: Blocked,
  byThread: ReadonlyMap<number, Blocked>,
  cleared: Set<number>,
): readonly Blocked[] {
  const path: Blocked[] = [];
  const visit = (entry: Blocked): readonly Blocked[] => {
    const at = path.indexOf(entry);
    if (at >= 0) return path.slice(at);
    if (cleared.has(entry.thread)) return [];
    path.push(entry);
    for (const next of entry.waitsFor) {
      const target = byThread.get(next);
      const cycle = target === undefined ? [] : visit(target);
      if (cycle.length > 0) return cycle;
    }
    path.pop();
    cleared.add(entry.thread);
    return [];
  };
  return visit(start);
}

/** Turns a cycle so that its lowest thread comes first. */
export function rotateToLowest(cycle: readonly Blocked[]): readonly Blocked[] {
  const lowest = Math.min(...cycle.map((entry) => entry.thread));
  const at = cycle.findIndex((entry) => entry.thread === lowest);
  return at <= 0 ? cycle : [...cycle.slice(at), ...cycle.slice(0, at)];
}

/** In printable words. */
export function toWaiting(draft: Draft, entry: Blocked): Waiting {
  const { world } = draft;
  const object = draft.cellName(entry.address);
  return {
    thread: world.printer.thread(entry.thread),
    action: `${entry.primitive} ${object}`,
    object,
    span: placeOf(world, entry.thread, draft.thread(entry.thread)),
    waitsFor: entry.waitsFor.map((thread) => world.printer.thread(thread)),
  };
}
