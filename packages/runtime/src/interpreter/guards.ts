// SPDX-License-Identifier: MIT
/** `guarded_by`: an access to a guarded cell is made by a thread that holds the lock. */

import { opTable } from '../program/index.ts';
import type { Draft } from './draft.ts';
import { heldLocks } from './held-locks.ts';
import { lockHolders } from './lock-holders.ts';
import { RaisedFinding } from './raised.ts';

/**
 * Checks one access of `draft.actor`. A read hold is enough to read. The set-up is alone and needs no lock.
 *
 * @throws RaisedFinding `unguarded_access`
 */
export function requireGuard(draft: Draft, address: number, write: boolean): void {
  const { world, actor } = draft;
  const guard = world.guarded ? world.layout.cells[address]?.guard : undefined;
  if (guard === undefined || guard === null || actor >= world.program.threads.length) return;
  const lock = lockOf(draft, address);
  const holds = lock === 0 ? [] : lockHolders(draft.cell(lock));
  if (holds.some(({ thread, mode }) => thread === actor && !(write && mode === 'read'))) return;
  const cell = draft.cellName(address);
  const name = lock === 0 ? 'a lock behind NULL' : draft.cellName(lock);
  const action = write ? 'changed' : 'read';
  const held = heldLocks(world, draft.base, actor);
  const message = `${cell} is ${action} without ${name}, which guards it, by ${world.printer.thread(actor)} ${held}`;
  throw new RaisedFinding('unguarded_access', cell, message);
}

/**
 * The same for the cells that a primitive changes or takes an entry from. Atomic operations on plain cells
 * are marked accesses, and so are those that only look: list_empty and its like use READ_ONCE.
 */
export function requireGuards(draft: Draft, name: string, args: readonly number[]): void {
  if (!draft.world.guarded) return;
  const row = opTable.get(name);
  for (const [index, kind] of (row?.operands ?? []).entries()) {
    const written = row?.writes.includes(index) ?? false;
    const taken = row?.result === 'item' && row.reads.includes(index);
    const address = args[index] ?? 0;
    if (kind !== 'cell' && (written || taken) && address !== 0)
      requireGuard(draft, address, written);
  }
}

/** Address of the lock that guards a cell; 0 if a pointer on the way is NULL. */
function lockOf(draft: Draft, address: number): number {
  const { cells, objects } = draft.world.layout;
  const guard = cells[address]?.guard;
  if (guard === undefined || guard === null) return 0;
  const { from, path } = guard;
  const [first = 0, ...hops] = path;
  const start = from.kind === 'cell' ? address - from.back : (objects[from.object] ?? 0);
  let lock = start + first;
  for (const hop of hops) {
    const pointer = draft.cell(lock);
    if (typeof pointer !== 'number' || pointer === 0) return 0;
    lock = pointer + hop;
  }
  return lock;
}
