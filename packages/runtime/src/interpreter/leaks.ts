// SPDX-License-Identifier: MIT
/**
 * What is left behind in a final state: heap objects that nothing leads to any more, dead objects that
 * are still on a list, such as a registration whose owner's scope has ended, counters above their
 * holders, and read holds of no thread.
 */

import type { Draft } from './draft.ts';
import type { Occurrence } from './machine.ts';
import { raisedCounters } from './raised-counters.ts';
import { createOccurrence } from './occurrence.ts';
import { mayRefer, referencesOf, threadReferences } from './references.ts';
import { heldBy } from './state-view.ts';
import { NON_OWNER } from './values.ts';

/** Leaks of a final state, each kind in order of address or declaration. */
export function leakOccurrences(draft: Draft): readonly Occurrence[] {
  return [...unreachableObjects(draft), ...staleRegistrations(draft), ...raisedCounters(draft)];
}

function unreachableObjects(draft: Draft): Occurrence[] {
  const { layout, program } = draft.world;
  const heap = layout.slots.filter(({ pool }) => program.pools[pool]?.lifetime === 'heap');
  if (!heap.some(({ number }) => draft.slot(number) === 'live')) return [];
  const reachable = reachableSlots(draft);
  return heap.flatMap((slot) => {
    const pool = program.pools[slot.pool];
    if (draft.slot(slot.number) !== 'live' || reachable.has(slot.number)) return [];
    return [
      createOccurrence({
        name: 'leak',
        thread: null,
        object: slot.name,
        within: [],
        span: pool?.span ?? program.span,
        message: `${slot.name} is still allocated, and nothing leads to it any more`,
      }),
    ];
  });
}

/** Slots that can be reached from static objects and from threads that still run. */
function reachableSlots(draft: Draft): ReadonlySet<number> {
  const { cells, slots } = draft.world.layout;
  const reached = new Set<number>();
  const open: number[] = [];
  const follow = (address: number): void => {
    const slot = cells[address]?.slot ?? null;
    if (slot === null || reached.has(slot) || draft.slot(slot) !== 'live') return;
    reached.add(slot);
    open.push(slot);
  };
  cells.forEach((cell, address) => {
    if (address > 0 && cell.slot === null && mayRefer(cell.type)) {
      referencesOf(cell.type, draft.cell(address)).forEach(follow);
    }
  });
  for (let thread = 0; thread < draft.threadCount; thread++) {
    threadReferences(draft.world, draft.thread(thread)).forEach(follow);
  }
  for (let number = open.pop(); number !== undefined; number = open.pop()) {
    const { base = 0, size = 0 } = slots[number] ?? {};
    cells.slice(base, base + size).forEach((cell, i) => {
      if (mayRefer(cell.type)) referencesOf(cell.type, draft.cell(base + i)).forEach(follow);
    });
  }
  return reached;
}

function staleRegistrations(draft: Draft): Occurrence[] {
  const { cells, slots } = draft.world.layout;
  return cells.flatMap((cell, address) => {
    const value = cell.type.kind === 'list' ? draft.cell(address) : 0;
    if (typeof value === 'number' || value.kind !== 'list') return [];
    return value.items.flatMap((item) => {
      const number = cells[item]?.slot ?? null;
      const slot = number === null ? undefined : slots[number];
      if (number === null || slot === undefined || draft.slot(number) === 'live') return [];
      const pool = draft.world.program.pools[slot.pool];
      return [
        createOccurrence({
          name: 'leak',
          thread: null,
          object: slot.name,
          within: [],
          span: pool?.span ?? draft.world.program.span,
          message: `${slot.name} is still on ${cell.name} although it is gone`,
        }),
      ];
    });
  });
}

/** Locks taken by `down_read_non_owner` that nobody has released: no thread's end can tell. */
export function orphanedHolds(draft: Draft): readonly Occurrence[] {
  const held = heldBy(NON_OWNER);
  return draft.world.locks.flatMap((address) => {
    if (!draft.ask(address, held)) return [];
    const name = draft.cellName(address);
    return [
      createOccurrence({
        name: 'lock_held_at_exit',
        thread: null,
        object: name,
        within: [],
        span: draft.world.program.span,
        message: `${name} is still held for reading, by no thread of its own, and all threads have ended`,
      }),
    ];
  });
}
