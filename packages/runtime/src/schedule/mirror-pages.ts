// SPDX-License-Identifier: MIT
/** Which entry of a device's table mirrors which entry of a page table, by the names of their cells. */

import { createLayout } from '../interpreter/layout.ts';
import type { Mirror, Program } from '../program/index.ts';

/** One page of a mirror. */
export interface MirrorPage {
  /** Name of the device's entry, and of the CPU's. */
  readonly device: string;
  readonly cpu: string;
  /** Name of the cell of invalidations that still have to call the device, or null if none is kept. */
  readonly owed: string | null;
}

/** Every page of every mirror, in order. */
export function mirrorPages(program: Program): readonly MirrorPage[] {
  const layout = createLayout(program);
  const nameAt = ({ object, cell }: Mirror['device'], page: number): string =>
    layout.cells[(layout.objects[object] ?? 0) + cell + page]?.name ?? '?';
  return program.mirrors.flatMap(({ device, pageTable, owed, pages }) =>
    Array.from({ length: pages }, (_, page) => ({
      device: nameAt(device, page),
      cpu: nameAt(pageTable, page),
      owed: owed === null ? null : nameAt(owed, 0),
    })),
  );
}
