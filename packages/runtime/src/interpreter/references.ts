// SPDX-License-Identifier: MIT
/** Which addresses a value, a cell or a thread refers to: for quarantine and for leaks. */

import type { CellType } from '../program/index.ts';
import type { Draft } from './draft.ts';
import type { Value } from './values.ts';

/** Addresses that a cell refers to. */
export function referencesOf(type: CellType, value: Value): readonly number[] {
  if (typeof value === 'number') return type.kind === 'ref' && value !== 0 ? [value] : [];
  switch (value.kind) {
    case 'list':
      return value.items;
    case 'workqueue':
      return [...value.items, ...value.running];
    default:
      return [];
  }
}

/** Addresses in the reference-typed locals of a thread. */
export function threadReferences(draft: Draft, thread: number): readonly number[] {
  return draft.thread(thread).frames.flatMap((frame) => {
    const locals = draft.world.program.procs[frame.proc]?.locals ?? [];
    return frame.locals.filter((value, slot) => value !== 0 && locals[slot]?.type.kind === 'ref');
  });
}

/**
 * Slots that something refers to: a cell outside free slots, or a thread's local. References inside a
 * dead slot count, since a holder of the slot could still follow them.
 */
export function referencedSlots(draft: Draft): ReadonlySet<number> {
  const { cells } = draft.world.layout;
  const found = new Set<number>();
  const add = (address: number): void => {
    const slot = cells[address]?.slot ?? null;
    if (slot !== null) found.add(slot);
  };
  cells.forEach((cell, address) => {
    if (address === 0 || (cell.slot !== null && draft.slotStatus(cell.slot) === 'free')) return;
    for (const target of referencesOf(cell.type, draft.peek(address))) {
      if (cells[target]?.slot !== cell.slot) add(target);
    }
  });
  for (let thread = 0; thread < draft.threadCount(); thread++) {
    threadReferences(draft, thread).forEach(add);
  }
  return found;
}
