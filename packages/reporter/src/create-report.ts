// SPDX-License-Identifier: MIT
/** A finding and its replayed schedules -> Report. Pure: what it prints is all in its arguments. */

import type { Trace } from '@hmmlab/runtime';
import type { Finding, Program, Verdict } from '@hmmlab/runtime/program';
import { codeFrame } from './code-frame.ts';
import type { DetailInput, Details } from './detail/details.ts';
import { detailsOf, noDetails } from './detail/details.ts';
import { isPart } from './detail/footprint.ts';
import { coverageLine } from './coverage-line.ts';
import { commonSteps } from './diff/divergence.ts';
import type { Interest } from './diff/fold.ts';
import { notesOf } from './diff/notes.ts';
import { rowsOf } from './diff/rows.ts';
import { locationOf } from './location.ts';
import type { Comparison, FindingReport, Location } from './report.ts';
import { scenarioName } from './scenario-name.ts';
import { heldLocks, waitsOf } from './waits.ts';

export interface ReportInput {
  readonly program: Program;
  readonly verdict: Verdict;
  /** Index into `verdict.findings`. */
  readonly findingIndex: number;
  /** The finding's own schedule, replayed. */
  readonly failing: Trace;
  /** Its nearest passing schedule, replayed; null if there is none. */
  readonly passing: Trace | null;
  /** File name as in `program.sources` -> text; a missing one costs the code frame, nothing else. */
  readonly sources: ReadonlyMap<string, string>;
  /** Name of the instance, as `hmm replay --scenario` takes it; default title and parameters. */
  readonly scenario?: string;
}

/** What a report says whether or not its schedule can be shown. */
export type FindingHead = Omit<
  FindingReport,
  'threads' | 'comparison' | 'rows' | 'steps' | 'locks' | 'waits' | 'trouble' | keyof Details
>;

/** Findings about final states, and about states from which exploration goes on. */
const NOTHING_BEHIND: ReadonlySet<string> = new Set([
  'outcome',
  'leak',
  'stalled_until_timeout',
  'partial_deadlock',
  'livelock',
  'starvation',
]);

/** A stuck state has a way on only if the environment may wake threads that nobody else will. */
function hidesSomething(program: Program, finding: Finding): boolean {
  const { signals, spuriousWakeups } = program.environment;
  if (finding.waiting.length > 0 && !signals && !spuriousWakeups) return false;
  return !NOTHING_BEHIND.has(finding.name);
}

/** The part of a report that needs no trace. */
export function findingHead(
  input: Omit<ReportInput, 'failing' | 'passing' | 'findingIndex'>,
  finding: Finding,
): FindingHead {
  const { program, verdict, sources } = input;
  const { schedule, minimal, preemptions, loop } = finding.counterexample;
  const location = locationOf(program, finding.span);
  const scenario = input.scenario ?? scenarioName(program);
  return {
    kind: 'finding',
    scenario,
    code: finding.code,
    name: finding.name,
    message: finding.message,
    location,
    frame: codeFrame(sources.get(location.file), finding.span),
    coverage: coverageLine(verdict),
    expected: finding.expectedBy !== null,
    thread: finding.thread,
    within: finding.within.slice(1),
    calledAt: null,
    hidesSomething: hidesSomething(program, finding),
    preemptions,
    minimal,
    loopFrom: loop === null ? null : loop + 1,
    replay: ['hmm', 'replay', program.sources[0] ?? '?', '--scenario', scenario, schedule],
  };
}

/** @throws RangeError if there is no such finding */
export function findingOf(verdict: Verdict, index: number): Finding {
  const finding = verdict.findings[index];
  if (finding === undefined) throw new RangeError(`no finding ${index}`);
  return finding;
}

function comparisonOf(input: ReportInput, finding: Finding, common: number): Comparison {
  if (input.passing !== null)
    return { kind: 'passing', common, passingSteps: input.passing.steps.length };
  const none = finding.counterexample.nearestPassing === null && input.verdict.coverage.exhaustive;
  return { kind: none ? 'none-passes' : 'unknown' };
}

/** Threads that act in the schedule, wait or hold a lock at its end, or act at once in the passing one. */
function takingPart(input: ReportInput, finding: Finding, common: number): readonly number[] {
  const { program, failing, passing } = input;
  const acting = new Set(failing.steps.map((step) => step.thread));
  const instead = passing?.steps[common];
  if (instead !== undefined) acting.add(instead.thread);
  for (const hold of failing.steps.at(-1)?.holds ?? []) acting.add(hold.thread);
  const waiting = new Set(finding.waiting.map((each) => each.thread));
  return program.threads.flatMap((thread, index) =>
    acting.has(index) || waiting.has(thread.name) ? [index] : [],
  );
}

function interestOf(
  finding: Finding,
  failing: Trace,
  notes: ReadonlyMap<number, readonly string[]>,
): Interest {
  const objects = finding.waiting.map((each) => each.object);
  if (finding.object !== null) objects.push(finding.object);
  const isCentral = (name: string): boolean => objects.some((object) => isPart(name, object));
  return {
    noted: (index) => notes.has(index),
    central: (index) => failing.steps[index]?.touched.some((name) => isCentral(name)) ?? false,
  };
}

/** The statement of the scenario's own file in which the finding's thread takes the last step, if it calls there. */
function callOf(program: Program, { span, thread }: Finding, { steps }: Trace): Location | null {
  const last = steps.at(-1);
  if (span.file === 0 || last === undefined) return null;
  if (program.threads[last.thread]?.name !== thread) return null;
  const own = last.places.findLast(({ file }) => file === 0);
  return own === undefined ? null : locationOf(program, own);
}

/**
 * Lays a finding out as an annotated diff against the nearest passing schedule.
 *
 * @throws RangeError if there is no such finding; {@link reportFinding} never throws for layout
 */
export function createReport(input: ReportInput): FindingReport {
  const { program, verdict, failing, passing } = input;
  const finding = findingOf(verdict, input.findingIndex);
  const common = passing === null ? 0 : commonSteps(failing, passing);
  const decides = passing !== null && common < failing.steps.length ? common : -1;
  const notes = notesOf(program, finding, failing, decides);
  const part = takingPart(input, finding, common);
  const lanes = new Map(part.map((thread, lane) => [thread, lane]));
  const locks = heldLocks(program, failing);
  const interest = interestOf(finding, failing, notes);
  const waits = waitsOf(program, finding, locks);
  return {
    ...findingHead(input, finding),
    calledAt: callOf(program, finding, failing),
    threads: part.map((thread) => program.threads[thread]?.name ?? '?'),
    comparison: comparisonOf(input, finding, common),
    rows: rowsOf({ program, failing, passing, common, lanes, notes, interest }),
    steps: failing.steps.length,
    locks,
    waits,
    ...explained({ program, finding, failing, passing, common, waits }),
  };
}

/** The details; a mistake in them costs the details, never the table. */
function explained(input: DetailInput): Details & Pick<FindingReport, 'trouble'> {
  try {
    return { ...detailsOf(input), trouble: null };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { ...noDetails, trouble: `its details failed: ${why} (HMM9001)` };
  }
}
