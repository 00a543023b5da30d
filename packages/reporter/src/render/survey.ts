// SPDX-License-Identifier: MIT
/** A survey as text: the outcomes of a scenario that passes, what of it is always, sometimes, never so, what ran. */

import type { Condition, Statement, Survey } from '@hmmlab/runtime';
import type { Program } from '@hmmlab/runtime/program';
import { quantity } from '../coverage-line.ts';
import { locationOf } from '../location.ts';
import { gridLines } from './grid.ts';
import { proseLines } from './text-width.ts';
import { visible } from './visible.ts';

/** Outcomes, and statements that never run, listed at most. */
const MOST = 20;

/** The litmus tests' word. */
function word({ yes, no }: Condition): string {
  if (yes === 0) return 'Never';
  return no === 0 ? 'Always' : 'Sometimes';
}

function outcomeLines({ observed, outcomes, finalStates }: Survey, width: number): string[] {
  if (outcomes.length === 0) return ['no final state'];
  const head = `${quantity(finalStates, 'final state')}:`;
  if (observed.length === 0) return [head.replace(':', '')];
  const rows = outcomes.slice(0, MOST).map(({ values, count }) => {
    const texts = values.map((value, index) => `${observed[index] ?? '?'} = ${value}`);
    return [String(count), texts.join('  ')];
  });
  const rest = outcomes.length - rows.length;
  const more = rest > 0 ? [`  and ${quantity(rest, 'other outcome')}`] : [];
  return [head, ...gridLines(rows, width), ...more];
}

function conditionLines({ conditions, finalStates }: Survey, width: number): string[] {
  if (finalStates === 0) return [];
  return gridLines(
    conditions.map((condition) => [
      word(condition),
      `${condition.yes} of ${condition.yes + condition.no}`,
      condition.text,
    ]),
    width,
  );
}

function ranOf(statements: readonly Statement[], origin: Statement['origin']): string {
  const own = statements.filter((each) => each.origin === origin);
  const ran = own.filter(({ schedule }) => schedule !== null);
  return `${ran.length} of ${quantity(own.length, 'statement')}`;
}

function coverageLines(program: Program, { statements }: Survey, width: number): string[] {
  const library = statements.some(({ origin }) => origin === 'library');
  const kernel = library ? `, ${ranOf(statements, 'library')} of what it uses` : '';
  const never = statements.filter(
    ({ origin, schedule }) => origin === 'scenario' && schedule === null,
  );
  const places = never.slice(0, MOST).map(({ span }) => {
    const { file, line, column } = locationOf(program, span);
    return `${file}:${line}:${column}`;
  });
  return [
    ...proseLines(`runs ${ranOf(statements, 'scenario')} of the scenario${kernel}`, width),
    ...(places.length === 0 ? [] : proseLines(visible(`never: ${places.join(', ')}`), width)),
  ];
}

/** Lines without line ends; a survey that is not complete says so first. */
export function renderSurvey(program: Program, survey: Survey, width: number): readonly string[] {
  const seen = quantity(survey.states, 'state');
  const limits = survey.complete ? [] : [`only the first ${seen} were looked at:`];
  const bounds =
    program.restriction === undefined || program.restriction === null
      ? []
      : ['of all schedules, also of those outside the bounds of the scenario:'];
  return [
    ...limits,
    ...bounds,
    ...outcomeLines(survey, width),
    ...(survey.findings === 0
      ? []
      : [`not counted is what lies behind ${quantity(survey.findings, 'step')} into a finding`]),
    ...conditionLines(survey, width),
    ...coverageLines(program, survey, width),
  ];
}
