// SPDX-License-Identifier: MIT
/** A failing schedule against the nearest passing one, for vitest's own line diff. */

import { type FindingReport, scheduleTexts } from '@hmmlab/reporter';

/** Properties of an error from which vitest makes its diff. */
export interface ScheduleDiff {
  readonly showDiff: true;
  readonly expected: string;
  readonly actual: string;
  readonly diffOptions: { readonly aAnnotation: string; readonly bAnnotation: string };
}

/** Both schedules in the columns of the report's table; null if there is none to compare with. */
export function scheduleDiff(report: FindingReport, width: number): ScheduleDiff | null {
  if (report.comparison.kind !== 'passing' || report.rows.length === 0) return null;
  const { passing, failing } = scheduleTexts(report, width);
  return {
    showDiff: true,
    expected: passing,
    actual: failing,
    diffOptions: { aAnnotation: 'passing schedule', bAnnotation: 'failing schedule' },
  };
}
