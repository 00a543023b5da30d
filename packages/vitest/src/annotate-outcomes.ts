// SPDX-License-Identifier: MIT
/** Says of a scenario that passes how its schedules end, and how much of it they run. */

import { renderSurvey } from '@hmmlab/reporter';
import { Surveyor } from '@hmmlab/runtime';
import type { TestContext } from 'vitest';
import type { Judged } from './failure.ts';

const WIDTH = 100;

/** States up to which looking at all of them again takes no time that anybody notices. */
const FEW = 300;

/** One annotation; none for a scenario with more states, for which `hmm run --outcomes` has the answer. */
export function annotateOutcomes(ctx: TestContext, { program, verdict }: Judged): void {
  if (verdict.coverage.states > FEW) return;
  const surveyor = new Surveyor(program);
  while (!surveyor.advance(FEW));
  void ctx.annotate(renderSurvey(program, surveyor.survey(), WIDTH).join('\n'), 'outcomes');
}
