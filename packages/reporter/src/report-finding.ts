// SPDX-License-Identifier: MIT
/** A finding straight from a verdict: replays its schedules, then lays them out. A finding is never lost. */

import type { Trace } from '@hmmlab/runtime';
import { replay } from '@hmmlab/runtime';
import type { Finding, Program, ScheduleText, Verdict } from '@hmmlab/runtime/program';
import type { ReportInput } from './create-report.ts';
import { createReport, findingHead, findingOf } from './create-report.ts';
import { plainReport } from './plain-report.ts';
import type { FindingReport } from './report.ts';

export interface ReportOptions {
  /** Name of the instance, as `hmm replay --scenario` takes it; default title and parameters. */
  readonly scenario?: string;
}

type Replayed = { readonly trace: Trace } | { readonly trouble: string };

function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}

function replayed(program: Program, schedule: ScheduleText): Replayed {
  try {
    const result = replay(program, schedule);
    if (result.kind === 'trace') return { trace: result.trace };
    return { trouble: `${result.error.message} (${result.error.code})` };
  } catch (error) {
    return { trouble: `${messageOf(error)} (HMM9001)` };
  }
}

function passingTrace(program: Program, finding: Finding): Trace | null {
  const { nearestPassing } = finding.counterexample;
  if (nearestPassing === null) return null;
  const result = replayed(program, nearestPassing);
  return 'trace' in result ? result.trace : null;
}

/**
 * Reports finding `index` of a verdict.
 *
 * When a schedule cannot be replayed or the layout fails, the report still names the finding and its
 * place, lists the schedule plainly if it can, and says what went wrong in `trouble`.
 *
 * @param sources file name as in `program.sources` -> text
 * @throws RangeError if there is no such finding
 */
export function reportFinding(
  program: Program,
  verdict: Verdict,
  index: number,
  sources: ReadonlyMap<string, string>,
  options: ReportOptions = {},
): FindingReport {
  const finding = findingOf(verdict, index);
  const common = { program, verdict, sources, ...options };
  const head = findingHead(common, finding);
  const result = replayed(program, finding.counterexample.schedule);
  if ('trouble' in result)
    return plainReport(head, program, null, `its schedule cannot be replayed: ${result.trouble}`);
  const failing = result.trace;
  const input: ReportInput = {
    ...common,
    findingIndex: index,
    failing,
    passing: passingTrace(program, finding),
  };
  try {
    return createReport(input);
  } catch (error) {
    return plainReport(head, program, failing, `its layout failed: ${messageOf(error)} (HMM9001)`);
  }
}
