// SPDX-License-Identifier: MIT
/**
 * Chooses the steps of a schedule that are worth a row. Repetitions always fold; steps that change
 * nothing and touch nothing of interest fold only when there are too many rows.
 */

import type { TraceStep } from '@hmmlab/runtime';

export type Piece =
  | { readonly kind: 'step'; readonly index: number }
  /** `repeats`: how often the `period` steps before it happen again; null for steps left out. */
  | {
      readonly kind: 'fold';
      readonly from: number;
      readonly count: number;
      readonly repeats: { readonly period: number; readonly times: number } | null;
    };

export interface Interest {
  /** Has a note: never folded. */
  readonly noted: (index: number) => boolean;
  /** Touches an object that the finding is about. */
  readonly central: (index: number) => boolean;
}

/** Rows that one table may have before steps without interest fold. */
const ROWS = 18;
const LONGEST_PERIOD = 12;
/** Steps kept at either end of a schedule that is long whatever is folded. */
const ENDS = 6;

function deed(step: TraceStep): string {
  const { thread, environment, within, text, changes, span } = step;
  return JSON.stringify([thread, environment, within, text, changes, span.file, span.line]);
}

function sameDeed(a: TraceStep | undefined, b: TraceStep | undefined): boolean {
  return a !== undefined && b !== undefined && deed(a) === deed(b);
}

/** How often the `period` steps from `start` on happen again right behind, none of the repetitions noted. */
function repetitions(
  steps: readonly TraceStep[],
  start: number,
  period: number,
  noted: Interest['noted'],
): number {
  let again = start + period;
  while (again < steps.length && !noted(again) && sameDeed(steps[again], steps[again - period]))
    again += 1;
  return Math.floor((again - start) / period) - 1;
}

function foldRepetitions(
  steps: readonly TraceStep[],
  start: number,
  noted: Interest['noted'],
): Piece[] {
  const pieces: Piece[] = [];
  let index = start;
  while (index < steps.length) {
    let period = 1;
    let times = 0;
    for (; period <= LONGEST_PERIOD; period += 1) {
      times = repetitions(steps, index, period, noted);
      if (times * period >= 2) break;
    }
    const shown = times * period >= 2 ? period : 1;
    for (let each = 0; each < shown; each += 1) pieces.push({ kind: 'step', index: index + each });
    index += shown;
    if (times * period < 2) continue;
    const count = times * period;
    pieces.push({ kind: 'fold', from: index, count, repeats: { period, times } });
    index += count;
  }
  return pieces;
}

/** Replaces every run of two or more steps that may go by one fold. */
function foldRuns(pieces: readonly Piece[], mayGo: (index: number) => boolean): Piece[] {
  const result: Piece[] = [];
  let run: number[] = [];
  const flush = (): void => {
    const [from] = run;
    if (from !== undefined && run.length > 1)
      result.push({ kind: 'fold', from, count: run.length, repeats: null });
    else if (from !== undefined) result.push({ kind: 'step', index: from });
    run = [];
  };
  for (const piece of pieces) {
    if (piece.kind === 'step' && mayGo(piece.index)) {
      run.push(piece.index);
    } else {
      flush();
      result.push(piece);
    }
  }
  flush();
  return result;
}

/** Steps of a common beginning that are shown in any case, and how long one may be to be shown whole. */
const CONTEXT = 2;
const SHORT = 5;

/** The pieces of a beginning of `count` steps: its last steps and the noted ones, the others folded. */
export function foldBeginning(count: number, noted: Interest['noted']): readonly Piece[] {
  const all = Array.from({ length: count }, (_, index): Piece => ({ kind: 'step', index }));
  if (count <= SHORT) return all;
  return foldRuns(all, (index) => index < count - CONTEXT && !noted(index));
}

/** The pieces of `steps` from index `start` on, in order. */
export function foldSteps(
  steps: readonly TraceStep[],
  start: number,
  interest: Interest,
): readonly Piece[] {
  const { noted, central } = interest;
  const all = foldRepetitions(steps, start, noted);
  const edge = (index: number): boolean => index === start || index === steps.length - 1;
  const changes = (index: number): boolean => (steps[index]?.changes.length ?? 0) > 0;
  const middle = (index: number): boolean => index >= start + ENDS && index < steps.length - ENDS;
  const rules: readonly ((index: number) => boolean)[] = [
    (index) => !noted(index) && !edge(index) && !central(index) && !changes(index),
    (index) => !noted(index) && !edge(index) && !central(index),
    (index) => !noted(index) && (middle(index) || !central(index)),
  ];
  let pieces: readonly Piece[] = all;
  for (const mayGo of rules) {
    if (pieces.length <= ROWS) break;
    pieces = foldRuns(all, mayGo);
  }
  return pieces;
}
