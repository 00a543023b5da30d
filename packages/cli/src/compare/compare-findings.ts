// SPDX-License-Identifier: MIT
/** Which findings two verdicts have in common. A finding is the same if name, object and thread are. */

import type { Finding, Verdict } from '@hmmlab/runtime/program';

/** Each finding once, in the order of its verdict. */
export interface FindingChanges {
  readonly removed: readonly Finding[];
  readonly added: readonly Finding[];
  readonly kept: readonly Finding[];
}

/** What a change from the one verdict to the other removes and adds. */
export function compareFindings(before: Verdict, after: Verdict): FindingChanges {
  const [old, now] = [distinct(before.findings), distinct(after.findings)];
  return {
    removed: [...old].filter(([key]) => !now.has(key)).map(([, finding]) => finding),
    added: [...now].filter(([key]) => !old.has(key)).map(([, finding]) => finding),
    kept: [...now].filter(([key]) => old.has(key)).map(([, finding]) => finding),
  };
}

/** `unlock_not_held on M.mmap_sem in gpu_fault` */
export function findingText({ name, object, thread }: Finding): string {
  const on = object === null ? '' : ` on ${object}`;
  return `${name}${on}${thread === null ? '' : ` in ${thread}`}`;
}

function distinct(findings: readonly Finding[]): ReadonlyMap<string, Finding> {
  const found = new Map<string, Finding>();
  for (const finding of findings) {
    const key = findingText(finding);
    if (!found.has(key)) found.set(key, finding);
  }
  return found;
}
