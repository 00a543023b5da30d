// SPDX-License-Identifier: MIT
/** Which addresses a value, a cell or a thread refers to: for quarantine and for leaks. */

import type { CellType } from '../program/index.ts';
import type { Draft, World } from './draft.ts';
import { lockHolders } from './lock-holders.ts';
import type { ThreadState } from './state.ts';
import type { Value } from './values.ts';

/** Whether cells of this type can refer to anything. */
export function mayRefer({ kind }: CellType): boolean {
  return kind === 'ref' || kind === 'list' || kind === 'workqueue';
}

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
export function threadReferences({ program }: World, thread: ThreadState): readonly number[] {
  return thread.frames.flatMap((frame) => {
    const locals = program.procs[frame.proc]?.locals ?? [];
    return frame.locals.filter((value, slot) => value !== 0 && locals[slot]?.type.kind === 'ref');
  });
}

/**
 * Slots that something refers to: a cell that can be read, a thread's local, or a hold of a lock inside,
 * which must not be forgotten before its thread ends. References inside a dead slot do not count: whoever
 * follows one accesses the dead slot first, and that is the finding.
 */
export function referencedSlots(draft: Draft): ReadonlySet<number> {
  const { cells } = draft.world.layout;
  const found = new Set<number>();
  const add = (address: number): void => {
    const slot = cells[address]?.slot ?? null;
    if (slot !== null) found.add(slot);
  };
  cells.forEach((cell, address) => {
    if (address === 0) return;
    const value = draft.cell(address);
    if (lockHolders(value).length > 0) add(address);
    if (cell.slot === null || draft.slot(cell.slot) === 'live') {
      referencesOf(cell.type, value).forEach(add);
    }
  });
  for (let thread = 0; thread < draft.threadCount; thread++) {
    threadReferences(draft.world, draft.thread(thread)).forEach(add);
  }
  return found;
}
