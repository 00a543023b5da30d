// SPDX-License-Identifier: MIT
/** One step of a schedule in words. */

import type { StepRecord } from '@hmmlab/runtime';

/** What a step does; the environment's doings in parentheses. */
export function stepText(step: StepRecord): string {
  return step.environment === null ? step.text : `(${step.text})`;
}

/** Innermost proc, or null in the thread's own body. */
export function stepProc(step: StepRecord): string | null {
  return step.within.length > 1 ? (step.within.at(-1) ?? null) : null;
}
