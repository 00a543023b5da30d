// SPDX-License-Identifier: MIT
/** What `hmm run --outcomes` and `--reach FILE:LINE` add to a result. */

import { renderSchedule, renderSurvey, shellLines, visible } from '@hmmlab/reporter';
import { type Statement, type Survey, Surveyor, replay } from '@hmmlab/runtime';
import type { Program } from '@hmmlab/runtime/program';

/** What is asked for; nothing by default. */
export interface SurveyRequest {
  readonly outcomes: boolean;
  /** A place whose file is named by its end. */
  readonly reach: { readonly file: string; readonly line: number } | null;
}

/** One instance, and how wide its text may be. */
export interface Surveyed {
  readonly file: string;
  readonly name: string;
  readonly program: Program;
  readonly width: number;
  readonly color: boolean;
}

/** States opened between two looks at whether somebody said stop. */
const SLICE = 500;

function surveyOf(program: Program, interrupted: () => boolean): Survey {
  const surveyor = new Surveyor(program);
  while (!surveyor.advance(SLICE) && !interrupted());
  return surveyor.survey();
}

/** Statements that begin in the line; the file may be named by its end. */
function reached(
  program: Program,
  { statements }: Survey,
  place: NonNullable<SurveyRequest['reach']>,
): readonly Statement[] {
  return statements.filter(
    ({ span }) =>
      span.line === place.line &&
      `/${program.sources[span.file] ?? ''}`.endsWith(`/${place.file.replace(/^\.?\//, '')}`),
  );
}

function reachLines(
  { file, name, program, width, color }: Surveyed,
  survey: Survey,
  place: NonNullable<SurveyRequest['reach']>,
): readonly string[] {
  const there = `${place.file}:${place.line}`;
  const statements = reached(program, survey, place);
  if (statements.length === 0) return [`${visible(there)}: no statement of this scenario is there`];
  const first = statements.find(({ schedule }) => schedule !== null);
  if (first?.schedule === undefined || first.schedule === null) {
    const all = survey.complete
      ? 'no schedule gets past it'
      : 'none of those looked at gets past it';
    return [`${visible(there)}: ${all}, of ${survey.states} states`];
  }
  const result = replay(program, first.schedule);
  if (result.kind === 'error') return [`${visible(there)}: ${result.error.message}`];
  const { steps } = result.trace;
  return [
    `${visible(there)} (${visible(first.proc)}) is reached in ${steps.length} step${steps.length === 1 ? '' : 's'}:`,
    '',
    ...renderSchedule(program, result.trace, { width, color }),
    '',
    ...shellLines(['hmm', 'replay', file, '--scenario', name, first.schedule], width, 'replay: '),
  ];
}

/** Lines to be printed below the verdict; none if nothing is asked for. */
export function surveyLines(
  surveyed: Surveyed,
  { outcomes, reach }: SurveyRequest,
  interrupted: () => boolean,
): readonly string[] {
  if (!outcomes && reach === null) return [];
  const survey = surveyOf(surveyed.program, interrupted);
  return [
    ...(outcomes ? renderSurvey(surveyed.program, survey, surveyed.width - 4) : []),
    ...(reach === null ? [] : reachLines(surveyed, survey, reach)),
  ];
}
