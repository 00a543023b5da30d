// SPDX-License-Identifier: MIT
/** A stale mapping: what page table and device table said of the page, side by side, since when they differ. */

import { mirrorPages, type Named, snapshot, type Trace } from '@hmmlab/runtime';
import type { Finding, Program } from '@hmmlab/runtime/program';
import type { MirrorRow, MirrorWindow } from '../report.ts';
import { momentAt } from './moment.ts';

/** Rows shown before the last one. */
const EARLIER = 8;

const ENTRY = /^pfn (?<frame>\d+) (?<access>ro|rw)$/;

/** Whether the page table permits what the device's entry says. */
function permits(cpu: string, device: string): boolean {
  const wanted = ENTRY.exec(device)?.groups;
  if (wanted === undefined) return true;
  const granted = ENTRY.exec(cpu)?.groups;
  const isWeaker = wanted['access'] === 'rw' && granted?.['access'] === 'ro';
  return granted !== undefined && granted['frame'] === wanted['frame'] && !isWeaker;
}

function valueOf(cells: readonly Named[], name: string): string {
  return cells.find((cell) => cell.name === name)?.value ?? '?';
}

/** Null if the finding is about no page of a mirror. */
export function mirrorWindow(
  program: Program,
  finding: Finding,
  trace: Trace,
): MirrorWindow | null {
  const page = mirrorPages(program).find(({ device }) => device === finding.object);
  const cells = snapshot(program, finding.counterexample.schedule, 0)?.cells;
  if (page === undefined || cells === undefined) return null;
  let cpu = valueOf(cells, page.cpu);
  let device = valueOf(cells, page.device);
  const before = { cpu, device };
  const rows = trace.steps.flatMap((step, index): MirrorRow[] => {
    const changed = step.changes.filter(
      ({ object }) => object === page.cpu || object === page.device,
    );
    const isLast = index === trace.steps.length - 1;
    const moment = changed.length > 0 || isLast ? momentAt(program, trace, index) : null;
    if (moment === null) return [];
    for (const { object, after } of changed) {
      if (object === page.cpu) cpu = after;
      else device = after;
    }
    return [{ ...moment, cpu, device, stale: !permits(cpu, device) }];
  });
  return { cpu: page.cpu, device: page.device, before, rows: rows.slice(-EARLIER - 1) };
}
