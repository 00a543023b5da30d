// SPDX-License-Identifier: MIT
/** Counters of references that stand above the number of their live holders: a reference is leaked. */

import type { CellPath, CellPlace, Counter, Holder } from '../program/index.ts';
import { isPresent, pteFrame } from '../program/page-table-entry.ts';
import type { Draft } from './draft.ts';
import type { Occurrence } from './machine.ts';
import { createOccurrence } from './occurrence.ts';

/** In a final state: one `leak` for each counter that counts more than its declaration accounts for. */
export function raisedCounters(draft: Draft): readonly Occurrence[] {
  return draft.world.program.counters.flatMap((counter) =>
    counter.cells.flatMap(({ at, owner }) =>
      placesOf(draft, at).flatMap((address) =>
        raised(draft, counter, address, address - at.cell + owner),
      ),
    ),
  );
}

function raised(
  draft: Draft,
  { holders, span }: Counter,
  address: number,
  owner: number,
): readonly Occurrence[] {
  const count = draft.cell(address);
  if (holders === null || typeof count !== 'number') return [];
  const found = holders.map((holder) => ({
    text: holder.text,
    count: heldBy(draft, holder, owner),
  }));
  const held = sum(found.map(({ count: n }) => n));
  if (count <= held) return [];
  const object = draft.cellName(address);
  const left =
    held === 0 ? 'no holder is left' : `only ${held} holder${held === 1 ? ' is' : 's are'} left`;
  const list = found.map(({ text, count: n }) => `${text} ${n}`).join(', ');
  const message = `${object} is ${count}, but ${left}: ${list}`;
  return [createOccurrence({ name: 'leak', thread: null, object, within: [], span, message })];
}

/** How many references this holder may hold to the object that begins at `owner`. */
function heldBy(draft: Draft, holder: Holder, owner: number): number {
  switch (holder.kind) {
    case 'number':
      return holder.count;
    case 'thread':
      return daemons(draft);
    case 'own':
      return sum(cellsAt(draft, holder, owner).map((address) => worth(draft, address)));
    case 'referrer': {
      const pfn = holder.pfn === null ? null : draft.cell(owner + holder.pfn);
      const starts = holder.from.flatMap((place) => placesOf(draft, place));
      const cells = starts.flatMap((start) => cellsAt(draft, holder, start));
      return sum(cells.map((address) => references(draft, address, owner, pfn)));
    }
  }
}

/** Threads that have not ended. Who works for a queue is idle here, and holds nothing. */
function daemons(draft: Draft): number {
  return draft.world.program.threads.filter(
    ({ kind }, thread) => kind !== 'worker' && !draft.isFinished(thread),
  ).length;
}

/** Addresses of a cell in all objects that live. */
function placesOf(draft: Draft, place: CellPlace): readonly number[] {
  const { objects, pools, slots } = draft.world.layout;
  if (place.kind === 'object') return [(objects[place.object] ?? 0) + place.cell];
  const first = pools[place.pool] ?? 0;
  const { capacity = 0 } = draft.world.program.pools[place.pool] ?? {};
  return slots
    .slice(first, first + capacity)
    .filter((_, i) => draft.slot(first + i) === 'live')
    .map(({ base }) => base + place.cell);
}

/** The cells at the end of a path; none if a pointer on it leads to nothing that lives. */
function cellsAt(draft: Draft, { hops, length }: CellPath, start: number): readonly number[] {
  let address = start;
  for (const [i, hop] of hops.entries()) {
    address += hop;
    if (i === hops.length - 1) break;
    const next = draft.cell(address);
    if (typeof next !== 'number' || !isLive(draft, next)) return [];
    address = next;
  }
  return Array.from({ length }, (_, i) => address + i);
}

/** What a cell of the owner itself accounts for. */
function worth(draft: Draft, address: number): number {
  const value = draft.cell(address);
  if (typeof value !== 'number')
    return value.kind === 'list' ? value.items.filter((item) => isLive(draft, item)).length : 0;
  switch (draft.cellType(address).kind) {
    case 'ref':
      return Number(isLive(draft, value));
    case 'pte':
      return Number(isPresent(value));
    default:
      return Math.max(0, value);
  }
}

/** How often a cell refers to the owner, or as a page table entry maps its frame. */
function references(
  draft: Draft,
  address: number,
  owner: number,
  pfn: ReturnType<Draft['cell']> | null,
): number {
  const value = draft.cell(address);
  if (typeof value !== 'number')
    return value.kind === 'list' ? value.items.filter((item) => item === owner).length : 0;
  if (pfn === null) return Number(value === owner);
  return Number(isPresent(value) && pteFrame(value) === pfn);
}

function isLive(draft: Draft, address: number): boolean {
  const slot = draft.world.layout.cells[address]?.slot ?? null;
  return address !== 0 && (slot === null || draft.slot(slot) === 'live');
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, n) => total + n, 0);
}
