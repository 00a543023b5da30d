// SPDX-License-Identifier: MIT
/** The table: the end of the common beginning, the step that would have been fine, the steps taken. */

import type { Trace, TraceStep } from '@hmmlab/runtime';
import type { Program } from '@hmmlab/runtime/program';
import { quantity } from '../coverage-line.ts';
import { locationOf } from '../location.ts';
import type { FoldRow, Row, Sign, StepRow } from '../report.ts';
import { changeText } from './change-text.ts';
import type { Interest } from './fold.ts';
import { foldBeginning, foldSteps } from './fold.ts';
import { stepProc, stepText } from './step-text.ts';

export interface RowsInput {
  readonly program: Program;
  readonly failing: Trace;
  /** Null when there is nothing to compare with. */
  readonly passing: Trace | null;
  readonly common: number;
  /** Thread index -> lane. */
  readonly lanes: ReadonlyMap<number, number>;
  readonly notes: ReadonlyMap<number, readonly string[]>;
  readonly interest: Interest;
}

function stepRow(input: RowsInput, sign: Sign, trace: Trace, index: number): StepRow[] {
  const step = trace.steps[index];
  if (step === undefined) return [];
  return [
    {
      kind: 'step',
      sign,
      number: index + 1,
      lane: input.lanes.get(step.thread) ?? 0,
      proc: stepProc(step),
      depth: Math.max(0, step.within.length - 1),
      environment: step.environment !== null,
      text: stepText(step),
      changes: step.changes.map((each) => changeText(each)),
      notes: trace === input.failing ? (input.notes.get(index) ?? []) : [],
      location: locationOf(input.program, step.span),
    },
  ];
}

function names(program: Program, steps: readonly TraceStep[]): string {
  const acting = new Set(steps.map((step) => step.thread));
  return program.threads
    .filter((_thread, index) => acting.has(index))
    .map((thread) => thread.name)
    .join(', ');
}

function foldRow(input: RowsInput, sign: Sign, trace: Trace, from: number, count: number): FoldRow {
  const folded = trace.steps.slice(from, from + count);
  const text = `${quantity(count, 'step')} of ${names(input.program, folded)}`;
  return { kind: 'fold', sign, from: from + 1, count, text };
}

function foldedRows(input: RowsInput, sign: Sign, start: number): Row[] {
  const { failing } = input;
  return foldSteps(failing.steps, start, input.interest).flatMap((piece): Row[] => {
    if (piece.kind === 'step') return stepRow(input, sign, failing, piece.index);
    if (piece.repeats === null) return [foldRow(input, sign, failing, piece.from, piece.count)];
    const { period, times } = piece.repeats;
    const what = period === 1 ? 'the same step' : `the same ${period} steps`;
    const text = `${what} ${times === 1 ? 'once more' : `${times} times more`}`;
    return [{ kind: 'fold', sign, from: piece.from + 1, count: piece.count, text }];
  });
}

function commonRows(input: RowsInput): Row[] {
  const { common, failing, interest } = input;
  return foldBeginning(common, interest.noted).flatMap((piece): Row[] => {
    if (piece.kind === 'step') return stepRow(input, ' ', failing, piece.index);
    const fold = foldRow(input, ' ', failing, piece.from, piece.count);
    return [{ ...fold, text: `${fold.text}, the same in both` }];
  });
}

function passingRows(input: RowsInput, passing: Trace): Row[] {
  const { common } = input;
  const rest = passing.steps.length - common - 1;
  if (rest < 0) return [{ kind: 'fold', sign: '-', from: common + 1, count: 0, text: 'ends here' }];
  const first = stepRow(input, '-', passing, common);
  if (rest === 0) return first;
  if (rest === 1) return [...first, ...stepRow(input, '-', passing, common + 1)];
  const fold = foldRow(input, '-', passing, common + 1, rest);
  return [...first, { ...fold, text: `${fold.text}, then it ends well` }];
}

/** All rows of a report's table, top to bottom. */
export function rowsOf(input: RowsInput): readonly Row[] {
  const { passing, common } = input;
  if (passing === null) return foldedRows(input, ' ', 0);
  if (common === input.failing.steps.length)
    return [...foldedRows(input, ' ', 0), ...passingRows(input, passing)];
  return [...commonRows(input), ...passingRows(input, passing), ...foldedRows(input, '+', common)];
}
