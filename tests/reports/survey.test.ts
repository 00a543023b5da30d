// SPDX-License-Identifier: MIT
/** Outcomes, coverage and schedules to a line, counted by hand. */

import { compile } from '@hmmlab/dsl';
import { createNodeHost } from '@hmmlab/dsl/node';
import { renderSchedule, renderSurvey } from '@hmmlab/reporter';
import { type Survey, Surveyor, replay } from '@hmmlab/runtime';
import type { Program } from '@hmmlab/runtime/program';
import { expect, test } from 'vitest';

function programOf(text: string): Program {
  const { scenarios, diagnostics } = compile(text, 'a.hmm', createNodeHost({ root: '/' }));
  const program = scenarios[0]?.instances[0]?.program;
  if (program === undefined) throw new Error(diagnostics.map(({ message }) => message).join());
  return program;
}

function surveyOf(program: Program, maxStates?: number): Survey {
  const surveyor = new Surveyor(program, maxStates);
  while (!surveyor.advance(1));
  return surveyor.survey();
}

/** Two increments: load and store each. Values that are dead are forgotten, so two states are final. */
const increments = programOf(`scenario "two increments" {
  int x in 0..2
  thread A: x++
  thread B: x++
  expect sometimes x == 1
  expect always x >= 1
  expect never x == 0
}
`);

test('the outcomes of a lost update, and how often each condition is true', () => {
  const { observed, outcomes, conditions, complete } = surveyOf(increments);
  expect(complete).toBe(true);
  expect(observed).toEqual(['x']);
  expect(outcomes).toEqual([
    { values: ['1'], count: 1 },
    { values: ['2'], count: 1 },
  ]);
  expect(conditions.map(({ kind, yes, no }) => [kind, yes, no])).toEqual([
    ['sometimes', 1, 1],
    ['always', 2, 0],
    ['never', 0, 2],
  ]);
});

test('words of the litmus tests, and what of the scenario runs', () => {
  const lines = renderSurvey(increments, surveyOf(increments), 80);
  expect(lines).toEqual([
    '2 final states:',
    '  1  x = 1',
    '  1  x = 2',
    '  Sometimes  1 of 2  x == 1',
    '  Always     2 of 2  x >= 1',
    '  Never      0 of 2  x == 0',
    'runs 2 of 2 statements of the scenario',
  ]);
});

const guarded = programOf(`scenario "a line behind a race" {
  bool a, b
  thread A: a = true
  thread B {
    if (!a) return
    if (b) {
      b = false
    }
    b = true
  }
}
`);

test('a schedule that reaches a line, the shortest; none for a line that nothing reaches', () => {
  const { statements } = surveyOf(guarded);
  const at = (line: number): string | null =>
    statements.find(({ span }) => span.line === line)?.schedule ?? null;
  expect(at(7)).toBeNull();
  const result = replay(guarded, at(9) ?? '');
  if (result.kind === 'error') throw new Error(result.error.message);
  expect(result.trace.steps.map(({ text }) => text)).toEqual([
    'store a = true',
    'load a -> true',
    'load b -> false',
    'store b = true',
  ]);
  const table = renderSchedule(guarded, result.trace, { width: 80, color: false });
  expect(table.at(-1)).toMatch(/^ {2}4 .*store b = true .*<- reaches it$/);
  expect(renderSurvey(guarded, surveyOf(guarded), 80)).toContain('never: a.hmm:7:7');
});

test('without conditions the plain variables are observed', () => {
  const { observed, outcomes } = surveyOf(guarded);
  expect(observed).toEqual(['a', 'b']);
  expect(outcomes.map(({ values }) => values.join())).toEqual(['true,false', 'true,true']);
});

test('a survey that had to give up says so', () => {
  const survey = surveyOf(increments, 3);
  expect(survey).toMatchObject({ complete: false, states: 3 });
  expect(renderSurvey(increments, survey, 80)[0]).toBe('only the first 3 states were looked at:');
});

test('what lies behind a finding is not counted, and that is said', () => {
  const broken = programOf(`scenario "s" {
  mutex m
  thread A: mutex_unlock m
}
`);
  const survey = surveyOf(broken);
  expect(survey).toMatchObject({ findings: 1, finalStates: 0 });
  expect(renderSurvey(broken, survey, 80).slice(0, 2)).toEqual([
    'no final state',
    'not counted is what lies behind 1 step into a finding',
  ]);
});
