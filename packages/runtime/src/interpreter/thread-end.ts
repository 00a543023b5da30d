// SPDX-License-Identifier: MIT
/** What must be true of a thread when it ends, and what it leaves behind for expectations. */

import type { Draft } from './draft.ts';
import { lockHolders } from './lock-holders.ts';

/** Address of the first lock that the thread holds, or null. */
export function heldLock(draft: Draft, thread: number): number | null {
  for (let address = 1; address < draft.world.layout.cells.length; address++) {
    const held = lockHolders(draft.peek(address)).some((holder) => holder.thread === thread);
    if (held) return address;
  }
  return null;
}

/** Values of the observed locals of a thread that is about to finish. */
export function freezeObserved(draft: Draft, thread: number): readonly number[] {
  const locals = draft.thread(thread).frames[0]?.locals ?? [];
  const observed = draft.world.program.threads[thread]?.observed ?? [];
  return observed.map((slot) => locals[slot] ?? 0);
}
