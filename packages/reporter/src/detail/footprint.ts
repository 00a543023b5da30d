// SPDX-License-Identifier: MIT
/** What steps touch and write, and whether two of them get in each other's way. */

import type { StepRecord } from '@hmmlab/runtime';

/** `M.mmap_sem` and `M.ptes[0]` are parts of `M`. */
export function isPart(name: string, whole: string): boolean {
  if (!name.startsWith(whole)) return false;
  const behind = name[whole.length];
  return behind === undefined || behind === '.' || behind === '[';
}

/** Names that one writes and the other reads, writes, brings to life or ends; the finer name of the two. */
export function conflicts(a: StepRecord, b: StepRecord): readonly string[] {
  const found: string[] = [];
  addOverlaps(a, b, found);
  addOverlaps(b, a, found);
  return found.length < 2 ? found : [...new Set(found)];
}

/** Called for each two steps of a schedule: it makes nothing where there is nothing. */
function addOverlaps(writer: StepRecord, other: StepRecord, into: string[]): void {
  for (const own of writer.written)
    for (const names of [other.touched, other.written])
      for (const name of names) {
        if (isPart(name, own)) into.push(name);
        else if (isPart(own, name)) into.push(own);
      }
}
