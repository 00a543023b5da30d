// SPDX-License-Identifier: MIT
/** The report of last resort: the finding and its steps one by one, nothing computed about them. */

import type { Trace } from '@hmmlab/runtime';
import type { Program } from '@hmmlab/runtime/program';
import type { FindingHead } from './create-report.ts';
import { stepProc, stepText } from './diff/step-text.ts';
import { noDetails } from './detail/details.ts';
import { locationOf } from './location.ts';
import type { FindingReport, StepRow } from './report.ts';

/** @param trouble what went wrong, for the reader */
export function plainReport(
  head: FindingHead,
  program: Program,
  trace: Trace | null,
  trouble: string,
): FindingReport {
  const rows = (trace?.steps ?? []).map((step, index): StepRow => ({
    kind: 'step',
    sign: ' ',
    number: index + 1,
    lane: step.thread,
    proc: stepProc(step),
    depth: Math.max(0, step.within.length - 1),
    environment: step.environment !== null,
    text: stepText(step),
    changes: [],
    notes: [],
    location: locationOf(program, step.span),
  }));
  return {
    ...head,
    threads: program.threads.map((thread) => thread.name),
    comparison: { kind: 'unknown' },
    rows,
    steps: rows.length,
    locks: [],
    waits: [],
    ...noDetails,
    trouble,
  };
}
