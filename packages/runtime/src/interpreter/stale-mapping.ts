// SPDX-License-Identifier: MIT
/**
 * Stale device mappings: an entry of a device's table that the CPU page table entry does not permit, or
 * that names another frame, while no covering invalidation still has to call the device.
 */

import type { Mirror, Program } from '../program/index.ts';
import { pteFrame, pteKind } from '../program/page-table-entry.ts';
import type { Layout } from './layout.ts';
import type { StateView } from './state-view.ts';

export interface StaleEntry {
  readonly mirror: Mirror;
  readonly device: number;
  readonly cpu: number;
  /** Address of the device's entry. */
  readonly address: number;
}

/**
 * Every stale entry of a state, in order of mirror and page: naming one only would let an expected one
 * hide another.
 *
 * @param owedCounts whether an invalidation that is still owed excuses an entry; not in a final state,
 *   where nobody is left to deliver it
 */
export function findStaleMappings(
  program: Program,
  layout: Layout,
  view: StateView,
  owedCounts: boolean,
): readonly StaleEntry[] {
  return program.mirrors.flatMap((mirror) =>
    Array.from({ length: mirror.pages }, (_, page) => page).flatMap(
      (page) => staleEntry(layout, view, { mirror, page, owedCounts }) ?? [],
    ),
  );
}

export interface MirrorPage {
  readonly mirror: Mirror;
  readonly page: number;
  readonly owedCounts: boolean;
}

/** The entry of one page if it is stale, else null. */
export function staleEntry(
  layout: Layout,
  view: StateView,
  { mirror, page, owedCounts }: MirrorPage,
): StaleEntry | null {
  const place = ({ object, cell }: Mirror['device']): number =>
    (layout.objects[object] ?? 0) + cell;
  const address = place(mirror.device) + page;
  const device = numberAt(view, address);
  const cpu = numberAt(view, place(mirror.pageTable) + page);
  if (permits(cpu, device, (frame) => isOwnFrame(layout, address, frame))) return null;
  if (owedCounts && mirror.owed !== null && isOwed(view, place(mirror.owed), page)) return null;
  return { mirror, device, cpu, address };
}

/** A device entry that gives access needs the same frame, and write permission only where there is one. */
function permits(cpu: number, device: number, isOwn: (frame: number) => boolean): boolean {
  const access = pteKind(device);
  if (access !== 'ro' && access !== 'rw') return true;
  if (pteFrame(cpu) !== pteFrame(device)) return false;
  switch (pteKind(cpu)) {
    case 'rw':
    case 'device exclusive ro':
    case 'device exclusive rw':
      return true;
    case 'ro':
      return access === 'ro';
    case 'device private ro':
    case 'device private rw':
      return isOwn(pteFrame(cpu));
    default:
      return false;
  }
}

/** Whether a frame is memory of the device itself: of a `frames` cell of the object that has its table. */
function isOwnFrame(layout: Layout, table: number, frame: number): boolean {
  const device = layout.cells[table]?.object;
  return [...layout.firstFrames].some(([address, first]) => {
    const cell = layout.cells[address];
    if (cell?.object !== device || cell?.type.kind !== 'frames') return false;
    return first <= frame && frame < first + cell.type.count;
  });
}

function isOwed(view: StateView, address: number, page: number): boolean {
  const value = view.cell(address);
  if (typeof value === 'number' || value.kind !== 'owed') return false;
  return value.ranges.some(([start, end]) => start <= page && page < end);
}

function numberAt(view: StateView, address: number): number {
  const value = view.cell(address);
  return typeof value === 'number' ? value : 0;
}
