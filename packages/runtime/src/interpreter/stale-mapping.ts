// SPDX-License-Identifier: MIT
/**
 * Stale device mappings: an entry of a device's table that the CPU page table entry does not permit, or
 * that names another frame, while no covering invalidation still has to call the device.
 */

import type { Mirror, Program } from '../program/index.ts';
import type { Layout } from './layout.ts';
import type { State } from './state.ts';

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
  state: State,
  owedCounts: boolean,
): readonly StaleEntry[] {
  const found: StaleEntry[] = [];
  for (const mirror of program.mirrors) {
    const device = (layout.objects[mirror.device.object] ?? 0) + mirror.device.cell;
    const cpu = (layout.objects[mirror.pageTable.object] ?? 0) + mirror.pageTable.cell;
    const owed = mirror.owed && (layout.objects[mirror.owed.object] ?? 0) + mirror.owed.cell;
    for (let page = 0; page < mirror.pages; page++) {
      const entry = numberAt(state, device + page);
      const allowed = numberAt(state, cpu + page);
      if (permits(allowed, entry) || (owedCounts && isOwed(state, owed, page))) continue;
      found.push({ mirror, device: entry, cpu: allowed, address: device + page });
    }
  }
  return found;
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

function isOwed(state: State, address: number | null, page: number): boolean {
  const value = address === null ? undefined : state.memory[address];
  if (value === undefined || typeof value === 'number' || value.kind !== 'owed') return false;
  return value.ranges.some(([start, end]) => start <= page && page < end);
}

function numberAt(state: State, address: number): number {
  const value = state.memory[address];
  return typeof value === 'number' ? value : 0;
}
