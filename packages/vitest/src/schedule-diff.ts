// SPDX-License-Identifier: MIT
/** A failing schedule against the nearest passing one, for vitest's own line diff. */

import { type FindingReport, type Row, type Sign, visible } from '@hmmlab/reporter';

/** Properties of an error from which vitest makes its diff. */
export interface ScheduleDiff {
  readonly showDiff: true;
  readonly expected: string;
  readonly actual: string;
  readonly diffOptions: { readonly aAnnotation: string; readonly bAnnotation: string };
}

/** The rows of the report as two texts; null if there is no passing schedule to compare with. */
export function scheduleDiff(report: FindingReport): ScheduleDiff | null {
  if (report.comparison.kind !== 'passing') return null;
  return {
    showDiff: true,
    expected: linesOf(report, '-'),
    actual: linesOf(report, '+'),
    diffOptions: { aAnnotation: 'passing schedule', bAnnotation: 'failing schedule' },
  };
}

/** Without numbers, so that a step that only moved is still the same line. */
function linesOf({ rows, threads }: FindingReport, sign: Sign): string {
  const width = Math.max(0, ...threads.map((name) => visible(name).length));
  const line = (row: Row): string => {
    if (row.kind === 'fold') return `... ${visible(row.text)}`;
    const proc = row.proc === null ? '' : `${row.proc}: `;
    return `${visible(threads[row.lane] ?? '?').padEnd(width)}  ${visible(proc + row.text)}`;
  };
  return rows
    .filter((row) => row.sign === ' ' || row.sign === sign)
    .map(line)
    .join('\n');
}
