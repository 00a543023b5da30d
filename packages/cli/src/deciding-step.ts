// SPDX-License-Identifier: MIT
/** The step of a schedule that decides: searches the scenario again, whose counterexample it is. */

import { reportFinding } from '@hmmlab/reporter';
import { createSearch } from '@hmmlab/runtime';
import type { Program } from '@hmmlab/runtime/program';

/** Transitions of one slice of the search. */
const SLICE = 50_000;

/** Number of the step, from 1; null if no finding has this schedule, or no schedule passes. */
export function decidingStep(program: Program, schedule: string): number | null {
  const search = createSearch(program);
  while (!search.advance(SLICE));
  const verdict = search.verdict();
  const index = verdict.findings.findIndex(
    ({ counterexample }) => counterexample.schedule === schedule,
  );
  if (index < 0) return null;
  const { comparison, steps } = reportFinding(program, verdict, index, new Map());
  return comparison.kind === 'passing' && comparison.common < steps ? comparison.common + 1 : null;
}
