// SPDX-License-Identifier: MIT
/** The rows of a report as texts to be placed: label, thread's cell, and what stands behind it. */

import type { Row, Sign } from '../report.ts';
import { visible } from './visible.ts';

export interface Cells {
  readonly sign: Sign;
  /** Part of the loop that a lasso repeats for ever. */
  readonly looped: boolean;
  /** `12`, `3-7`, or empty for steps without number. */
  readonly label: string;
  /** Null for a fold: its text belongs to no thread. */
  readonly lane: number | null;
  /** Wordings of the action, the fullest first. */
  readonly texts: readonly [full: string, ...shorter: string[]];
  /** Changes of the state, then at most one line of notes that begins with `<-`. */
  readonly changes: readonly string[];
  readonly note: string;
}

function label(row: Row): string {
  if (row.kind === 'step') return String(row.number);
  if (row.count < 2) return String(row.from);
  return `${row.from}-${row.from + row.count - 1}`;
}

/** Steps of the failing schedule from `loopFrom` on. */
function isLooped(row: Row, loopFrom: number | null): boolean {
  if (loopFrom === null || row.sign === '-') return false;
  return (row.kind === 'step' ? row.number : row.from) >= loopFrom;
}

/** The cells of a row, made inert. `loopFrom` is the step at which an endless loop begins, or null. */
export function cellsOf(row: Row, loopFrom: number | null): Cells {
  const common = { sign: row.sign, looped: isLooped(row, loopFrom), label: label(row) };
  if (row.kind === 'fold')
    return { ...common, lane: null, texts: [`... ${visible(row.text)}`], changes: [], note: '' };
  const text = visible(row.text);
  return {
    ...common,
    lane: row.lane,
    texts: row.proc === null ? [text] : [`${visible(row.proc)}: ${text}`, text],
    changes: row.changes.map((each) => visible(each)),
    note: row.notes.length === 0 ? '' : `<- ${visible(row.notes.join(', '))}`,
  };
}
