// SPDX-License-Identifier: MIT
/** A problem (an unmet expectation, a statement never reached) -> Report. */

import type { Program, Verdict } from '@hmmlab/runtime/program';
import { codeFrame } from './code-frame.ts';
import { coverageLine } from './coverage-line.ts';
import { locationOf } from './location.ts';
import type { ReportOptions } from './report-finding.ts';
import type { ProblemReport } from './report.ts';
import { scenarioName } from './scenario-name.ts';

/**
 * @param index into `verdict.problems`
 * @throws RangeError if there is no such problem
 */
export function reportProblem(
  program: Program,
  verdict: Verdict,
  index: number,
  sources: ReadonlyMap<string, string>,
  options: ReportOptions = {},
): ProblemReport {
  const problem = verdict.problems[index];
  if (problem === undefined) throw new RangeError(`no problem ${index}`);
  const location = locationOf(program, problem.span);
  return {
    kind: 'problem',
    scenario: options.scenario ?? scenarioName(program),
    code: problem.code,
    name: problem.name,
    message: problem.message,
    location,
    frame: codeFrame(sources.get(location.file), problem.span),
    coverage: coverageLine(verdict),
  };
}
