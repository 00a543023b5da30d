// SPDX-License-Identifier: MIT
/** Where two schedules of one Program part. */

import type { Trace, TraceStep } from '@hmmlab/runtime';

function sameChoice(a: TraceStep, b: TraceStep): boolean {
  return (
    a.transition.thread === b.transition.thread &&
    a.transition.alternative === b.transition.alternative &&
    a.transition.environment === b.transition.environment
  );
}

/** Number of steps that both schedules begin with: the same choices, hence the same states. */
export function commonSteps(a: Trace, b: Trace): number {
  let count = 0;
  for (const step of a.steps) {
    const other = b.steps[count];
    if (other === undefined || !sameChoice(step, other)) break;
    count += 1;
  }
  return count;
}
