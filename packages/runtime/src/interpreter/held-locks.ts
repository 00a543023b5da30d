// SPDX-License-Identifier: MIT
/** The locks that one thread holds, in words. */

import type { World } from './draft.ts';
import { lockHolders } from './lock-holders.ts';
import type { State } from './state.ts';

/** `holding a and M.mmap_sem (read)`, or `holding no lock`. */
export function heldLocks({ layout }: World, state: State, thread: number): string {
  const held = state.memory.flatMap((value, address) => {
    const own = lockHolders(value).find((holder) => holder.thread === thread);
    const name = layout.cells[address]?.name ?? '';
    return own === undefined ? [] : [own.mode === 'read' ? `${name} (read)` : name];
  });
  return held.length === 0 ? 'holding no lock' : `holding ${held.join(' and ')}`;
}
