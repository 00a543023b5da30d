// SPDX-License-Identifier: MIT
/** The locks that one thread holds, in words. */

import type { World } from './draft.ts';
import { lockHolders } from './lock-holders.ts';
import type { StateView } from './state-view.ts';

/** `holding a and M.mmap_sem (read)`, or `holding no lock`. */
export function heldLocks({ layout, locks }: World, view: StateView, thread: number): string {
  const held = locks.flatMap((address) => {
    const own = lockHolders(view.cell(address)).find((holder) => holder.thread === thread);
    const name = layout.cells[address]?.name ?? '';
    return own === undefined ? [] : [own.mode === 'read' ? `${name} (read)` : name];
  });
  return held.length === 0 ? 'holding no lock' : `holding ${held.join(' and ')}`;
}
