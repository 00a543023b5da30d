// SPDX-License-Identifier: MIT
/**
 * Stale device mappings: an entry of a device's table that the CPU page table entry does not permit, or
 * that names another frame, while no covering invalidation still has to call the device.
 */

import type { Mirror, Program } from '../program/index.ts';
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
  if (permits(cpu, device)) return null;
  if (owedCounts && mirror.owed !== null && isOwed(view, place(mirror.owed), page)) return null;
  return { mirror, device, cpu, address };
}

const READ_ONLY = 1;
const READ_WRITE = 2;

/** A device entry needs the same frame, and write permission only where the CPU has it. */
function permits(cpu: number, device: number): boolean {
  const access = device % 4;
  if (access !== READ_ONLY && access !== READ_WRITE) return true;
  const granted = cpu % 4;
  const present = granted === READ_ONLY || granted === READ_WRITE;
  return present && granted >= access && Math.floor(cpu / 4) === Math.floor(device / 4);
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
