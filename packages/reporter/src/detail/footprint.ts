// SPDX-License-Identifier: MIT
/** What steps touch and write, and whether two of them get in each other's way. */

import type { StepRecord } from '@hmmlab/runtime';

/** `M.mmap_sem` and `M.ptes[0]` are parts of `M`. */
export function isPart(name: string, whole: string): boolean {
  return name === whole || name.startsWith(`${whole}.`) || name.startsWith(`${whole}[`);
}

/** Names that one writes and the other reads, writes, brings to life or ends; the finer name of the two. */
export function conflicts(a: StepRecord, b: StepRecord): readonly string[] {
  const found = [...overlaps(a, b), ...overlaps(b, a)];
  return [...new Set(found)];
}

function overlaps(writer: StepRecord, other: StepRecord): string[] {
  const theirs = new Set([...other.touched, ...other.written]);
  return writer.written.flatMap((own) =>
    [...theirs].flatMap((name) => {
      if (isPart(name, own)) return [name];
      return isPart(own, name) ? [own] : [];
    }),
  );
}
