// SPDX-License-Identifier: MIT
/** What must be true of a thread when it ends, and what it leaves behind for expectations. */

import type { Draft } from './draft.ts';
import { RaisedFinding } from './raised.ts';
import { heldBy } from './state-view.ts';

/** @throws RaisedFinding `lock_held_at_exit` for each lock that the thread still holds */
export function requireNoLocks(draft: Draft, thread: number): void {
  const who = draft.world.printer.thread(thread);
  const held = heldBy(thread);
  const [first, ...others] = draft.world.locks.flatMap((address) => {
    if (!draft.ask(address, held)) return [];
    const name = draft.cellName(address);
    return [new RaisedFinding('lock_held_at_exit', name, `${who} ends while it holds ${name}`)];
  });
  if (first === undefined) return;
  throw new RaisedFinding(first.finding, first.object, first.message, others);
}

/** Values of the observed locals of a thread that is about to finish. */
export function freezeObserved(draft: Draft, thread: number): readonly number[] {
  const locals = draft.thread(thread).frames[0]?.locals ?? [];
  const observed = draft.world.program.threads[thread]?.observed ?? [];
  return observed.map((slot) => locals[slot] ?? 0);
}
