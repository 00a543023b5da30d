// SPDX-License-Identifier: MIT
/** A verdict that does not pass, as the one error that its test throws. */

import {
  type FindingReport,
  type Report,
  renderSummary,
  renderTerminal,
  reportFinding,
  reportProblem,
} from '@hmmlab/reporter';
import {
  type Finding,
  type Program,
  type Span,
  type Verdict,
  runtimeCodes,
} from '@hmmlab/runtime/program';
import colors from 'tinyrainbow';
import { type StackPlace, locatedError } from './located-error.ts';
import type { SourceFile } from './module-data.ts';
import { type ScheduleDiff, scheduleDiff } from './schedule-diff.ts';

/** One instance of a scenario with its verdict. */
export interface Judged {
  readonly name: string;
  readonly program: Program;
  readonly verdict: Verdict;
  /** Whether it is one of a template, which no command can replay. */
  readonly embedded?: boolean;
}

/** The files that Programs point into, by name as in `Program.sources`. */
export type Sources = ReadonlyMap<string, SourceFile>;

const WIDTH = 100;

/** The error to throw, or null if the scenario passes. */
export function failureOf(judged: Judged, sources: Sources): Error | null {
  switch (judged.verdict.outcome) {
    case 'passed':
      return null;
    case 'failed':
      return failed(judged, sources);
    case 'inconclusive':
    case 'broken':
      return unsettled(judged, sources);
  }
}

/** The finding that an error is mostly about: the first that counts against the scenario. */
export function mainFinding(verdict: Verdict): Finding | undefined {
  return verdict.findings.find(isFailing);
}

function isFailing({ fails, expectedBy }: Finding): boolean {
  return fails && expectedBy === null;
}

function failed(judged: Judged, sources: Sources): Error {
  const reports = reportsOf(judged, sources);
  const [first] = reports;
  if (first === undefined) return unsettled(judged, sources);
  const error = locatedError(
    first.kind === 'finding' ? 'violated' : 'failed',
    reports.map((report, index) => reportText(report, index === 0)).join('\n\n'),
    placesOf(judged, mainFinding(judged.verdict), sources),
  );
  return Object.assign(error, first.kind === 'finding' ? diffOf(first) : null);
}

/**
 * The error that shows finding `index` and its schedule, as one that is not wanted whatever the scenario expects.
 *
 * @param note a sentence to begin with
 */
export function findingFailure(
  judged: Judged,
  index: number,
  sources: Sources,
  note?: string,
): Error {
  const report = { ...findingReport(judged, index, sources), expected: false };
  const places = placesOf(judged, judged.verdict.findings[index], sources);
  const text = reportText(report, true);
  const message = note === undefined ? text : `${note}\n\n${text}`;
  return Object.assign(locatedError('violated', message, places), diffOf(report));
}

/** An error about the scenario as a whole, at its keyword. */
export function scenarioError(judged: Judged, sources: Sources, message: string): Error {
  const { program, verdict } = judged;
  const place = { name: null, ...placeOf(program, program.span, sources) };
  return locatedError(verdict.kind, message, [place]);
}

/** What counts against the scenario: findings, then problems. */
function reportsOf(judged: Judged, sources: Sources): readonly Report[] {
  const { name, program, verdict } = judged;
  return [
    ...verdict.findings.flatMap((finding, index) =>
      isFailing(finding) ? [findingReport(judged, index, sources)] : [],
    ),
    ...verdict.problems.map((_, index) =>
      reportProblem(program, verdict, index, textsOf(sources), { scenario: name }),
    ),
  ];
}

/** The report of finding `index`; without a command where none can replay it. */
export function findingReport(
  { name, program, verdict, embedded }: Judged,
  index: number,
  sources: Sources,
): FindingReport {
  const options = { scenario: name };
  const report = reportFinding(program, verdict, index, textsOf(sources), options);
  return embedded === true ? { ...report, replay: [] } : report;
}

function textsOf(sources: Sources): ReadonlyMap<string, string> {
  return new Map([...sources].map(([file, { text }]) => [file, text]));
}

/** vitest's own diff, in the room that its signs leave. */
function diffOf(report: FindingReport): ScheduleDiff | null {
  return scheduleDiff(report, WIDTH - 1);
}

/** @param main whether vitest itself shows the code at its place and both schedules */
function reportText(report: Report, main: boolean): string {
  const color = colors.isColorSupported;
  const table = !(main && report.kind === 'finding' && diffOf(report) !== null);
  const shown = main ? { ...report, frame: null } : report;
  const text = renderTerminal(shown, { width: WIDTH, color, table });
  return color ? withoutRed(text) : text;
}

/** vitest prints messages in red, and takes up the red again after each colour that ends. */
function withoutRed(text: string): string {
  return `\u001b[0m${text.replaceAll('\u001b[39m', '\u001b[0m')}`;
}

/** The main finding's place, then those of the threads that wait, then the scenario's. */
function placesOf(
  { program, verdict }: Judged,
  main: Finding | undefined,
  sources: Sources,
): readonly StackPlace[] {
  const place = (name: string | null, span: Span): StackPlace => ({
    name,
    ...placeOf(program, span, sources),
  });
  if (main === undefined) return [place(null, verdict.problems[0]?.span ?? program.span)];
  const others = main.waiting.filter(({ thread }) => thread !== main.thread);
  return [
    place(main.thread, main.span),
    ...others.map(({ thread, span }) => place(thread, span)),
    place('scenario', program.span),
  ];
}

function placeOf(
  { sources: names }: Program,
  { file, line, column }: Span,
  sources: Sources,
): Omit<StackPlace, 'name'> {
  return { file: sources.get(names[file] ?? '?')?.path ?? '?', line, column };
}

/** Inconclusive or broken: the verdict in one line, then what of the model is to blame, if known. */
function unsettled(judged: Judged, sources: Sources): Error {
  const { program, verdict } = judged;
  const reports = reportsOf(judged, sources).map((report, index) =>
    reportText(report, index === 0),
  );
  const message = [renderSummary(program, verdict), ...reports].join('\n\n');
  return locatedError(
    unsettledCode(verdict),
    message,
    placesOf(judged, mainFinding(verdict), sources),
  );
}

/** `HMM5001`; a bound that the scenario asked for has no code. */
function unsettledCode({ kind, why }: Verdict): string {
  if (kind === 'broken') return 'HMM9001';
  return runtimeCodes.find(({ name }) => name === why)?.code ?? kind;
}
