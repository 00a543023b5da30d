// SPDX-License-Identifier: MIT
/** A failing schedule against the nearest passing one, for vitest's own line diff. */

import { scheduleLines } from '@hmmlab/reporter';
import { replay } from '@hmmlab/runtime';
import type { Finding, Program, ScheduleText } from '@hmmlab/runtime/program';

/** Properties of an error from which vitest makes its diff. */
export interface ScheduleDiff {
  readonly showDiff: true;
  readonly expected: string;
  readonly actual: string;
  readonly diffOptions: {
    readonly aAnnotation: string;
    readonly bAnnotation: string;
    /** False: only the lines around a difference. */
    readonly expand: false;
    readonly contextLines: number;
  };
}

/** Null if no schedule passes, or one of the two cannot be replayed. */
export function scheduleDiff(program: Program, { counterexample }: Finding): ScheduleDiff | null {
  const { schedule, nearestPassing } = counterexample;
  if (nearestPassing === null) return null;
  const expected = linesOf(program, nearestPassing);
  const actual = linesOf(program, schedule);
  if (expected === null || actual === null) return null;
  return {
    showDiff: true,
    expected,
    actual,
    diffOptions: {
      aAnnotation: 'passing schedule',
      bAnnotation: 'failing schedule',
      expand: false,
      contextLines: 3,
    },
  };
}

function linesOf(program: Program, schedule: ScheduleText): string | null {
  const result = replay(program, schedule);
  return result.kind === 'trace' ? scheduleLines(program, result.trace).join('\n') : null;
}
