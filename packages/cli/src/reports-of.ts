// SPDX-License-Identifier: MIT
/** What there is to report about one instance: findings, then problems. */

import { type Report, reportFinding, reportProblem } from '@hmmlab/reporter';
import type { InstanceResult } from './run-scenario.ts';

/** @param witnesses whether findings that the scenario expects are told as well */
export function reportsOf(
  { name, program, verdict, sources }: InstanceResult,
  witnesses: boolean,
): readonly Report[] {
  const options = { scenario: name };
  return [
    ...verdict.findings.flatMap(({ fails, expectedBy }, index) =>
      (fails && expectedBy === null) || (witnesses && expectedBy !== null)
        ? [reportFinding(program, verdict, index, sources, options)]
        : [],
    ),
    ...verdict.problems.map((_, index) => reportProblem(program, verdict, index, sources, options)),
  ];
}
