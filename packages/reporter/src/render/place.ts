// SPDX-License-Identifier: MIT
/** Places and steps as short words. */

import type { Choice, FindingReport, HeldLock, Location, Moment } from '../report.ts';
import { visible } from './visible.ts';

/** `line 7` in the finding's own file, `mm.hmm:7` elsewhere, `linux/5.2/hmm.hmm:7` in the simulated kernel. */
export function place(report: FindingReport, location: Location): string {
  if (location.file === report.location.file) return `line ${location.line}`;
  return `${visible(location.file.replace(/^kernel\//, ''))}:${location.line}`;
}

/** `step 3, line 7`; without number where the step is not one of this schedule. */
export function stepPlace(report: FindingReport, { number, location }: Moment): string {
  const where = place(report, location);
  return number === null ? where : `step ${number}, ${where}`;
}

/** `hmm_range_fault: load R.valid -> false`. */
export function deed({ proc, text }: Moment): string {
  return visible(proc === null ? text : `${proc}: ${text}`);
}

/** `zap decides alone: down_read mmap_sem queues here, overtakes in the schedule that passes`. */
export function choiceText({ thread, here, there }: Choice): string {
  const colon = here.lastIndexOf(': ') + 2;
  const isShared = colon > 1 && there.startsWith(here.slice(0, colon));
  const text = isShared
    ? `${here.slice(0, colon - 2)} ${here.slice(colon)} here, ${there.slice(colon)}`
    : `"${here}" here, "${there}"`;
  return visible(`${thread} decides alone: ${text} in the schedule that passes`);
}

/** `mmap_sem for read and memory_lock`. */
export function lockNames(locks: readonly HeldLock[]): string {
  return locks
    .map(({ object, mode }) => visible(object) + (mode === 'exclusive' ? '' : ` for ${mode}`))
    .join(' and ');
}
