// SPDX-License-Identifier: MIT
/** Says at the statements themselves what each step of a schedule does: the UI shows it between the lines. */

import { type FindingReport, type StepRow, visible } from '@hmmlab/reporter';
import { type TraceStep, replay } from '@hmmlab/runtime';
import type { TestContext } from 'vitest';
import type { Judged } from './failure.ts';
import type { Places } from './module-data.ts';

/** Steps of one thread in one statement of the scenario's own file, one after the other. */
interface Stretch {
  readonly place: string;
  readonly thread: string;
  readonly lines: string[];
}

/**
 * One annotation for each stretch of the failing schedule that the report shows and that belongs to a
 * statement of the scenario's own file, in the order of the schedule.
 *
 * @param index of the finding that `report` is about
 */
export function annotateSteps(
  ctx: TestContext,
  { program, verdict }: Judged,
  index: number,
  report: FindingReport,
  places: Places,
): void {
  const schedule = verdict.findings[index]?.counterexample.schedule;
  const replayed = schedule === undefined ? null : replay(program, schedule);
  if (replayed?.kind !== 'trace') return;
  for (const { place, lines } of stretches(report, replayed.trace.steps))
    places[place]?.(() => void ctx.annotate(lines.join('\n'), 'schedule'));
}

function stretches(report: FindingReport, steps: readonly TraceStep[]): readonly Stretch[] {
  const all: Stretch[] = [];
  for (const row of report.rows) {
    if (row.kind === 'fold' || row.sign === '-') continue;
    const place = ownPlace(steps[row.number - 1]);
    const thread = report.threads[row.lane] ?? '?';
    if (place === null) continue;
    const last = all.at(-1);
    const line = lineOf(row, thread);
    if (last?.place === place && last.thread === thread) last.lines.push(line);
    else all.push({ place, thread, lines: [line] });
  }
  return all;
}

/** The innermost place of a step in the scenario's own file, as {@link Places} names it. */
function ownPlace(step: TraceStep | undefined): string | null {
  const own = step?.places.findLast(({ file }) => file === 0);
  return own === undefined ? null : `${own.line}:${own.column}`;
}

/** `12  A  down_read M.mmap_sem  M.mmap_sem: free -> read A  <- decides` */
function lineOf({ number, proc, text, changes, notes }: StepRow, thread: string): string {
  const did = proc === null ? text : `${proc}: ${text}`;
  const parts = [String(number), thread, did, ...changes, ...notes.map((note) => `<- ${note}`)];
  return parts.map((part) => visible(part)).join('  ');
}
