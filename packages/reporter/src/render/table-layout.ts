// SPDX-License-Identifier: MIT
/**
 * Where the columns of a table begin.
 *
 * One thread acts per row, so a long text may run on below the next threads' heads: columns stand as far
 * apart as there is room. A change that finds no room beside its step goes to a line below it.
 */

import type { Cells } from './table-cells.ts';
import { textWidth } from './text-width.ts';

export interface Layout {
  /** First cell of each thread's column, counted from the left edge. */
  readonly lanes: readonly number[];
  /** First cell of the column of changes, wide enough for each; the width itself if there is none. */
  readonly trail: number;
}

/** Cells between two columns. */
export const GAP = 2;
/** Cells that the last column must have left for its text. */
const LEAST_TEXT = 16;
/** How far columns are stretched from their narrowest to their natural width, best first. */
const STRETCHES = [1, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1, 0];

/** Lines that the narrowest columns must save. */
const CROWDING = 2;

/** Lines that a note outside its column is worth. */
const ASTRAY = 0.5;

/** The fullest wording that fits, else the shortest. */
export function wording(cells: Cells, room: number): string {
  const [full] = cells.texts;
  return cells.texts.find((text) => textWidth(text) <= room) ?? cells.texts.at(-1) ?? full;
}

/** The lines of one row: what stands beside the step, and what goes to lines below it. */
export interface Trail {
  readonly beside: string;
  /** First cell of `beside`. */
  readonly at: number;
  readonly below: readonly string[];
}

/** Places the changes and the note of a row whose text takes the cells up to `end`. */
export function placeTrail(cells: Cells, end: number, trail: number, width: number): Trail {
  const [first = '', ...others] = cells.changes;
  const { note } = cells;
  const fits = (text: string, at: number): boolean =>
    end + GAP <= at && at + textWidth(text) <= width;
  const both = [first, note].filter((text) => text !== '').join('  ');
  if (fits(both, trail)) return { beside: both, at: trail, below: others };
  const close = end + GAP;
  if (note !== '' && fits(note, close)) return { beside: note, at: close, below: cells.changes };
  const rest = note === '' ? others : [note, ...others];
  if (first !== '' && fits(first, trail)) return { beside: first, at: trail, below: rest };
  return { beside: '', at: trail, below: note === '' ? cells.changes : [note, ...cells.changes] };
}

function laneStarts(
  rows: readonly Cells[],
  heads: readonly string[],
  gutter: number,
  stretch: number,
): number[] {
  let start = gutter;
  return heads.map((name, lane) => {
    const here = start;
    const own = rows.filter((row) => row.lane === lane);
    const natural = Math.max(0, ...own.map((row) => textWidth(row.texts[0])));
    const least = textWidth(name) + GAP;
    start += least + Math.max(0, Math.floor(stretch * (natural + GAP - least)));
    return here;
  });
}

function textEnd(cells: Cells, lanes: readonly number[], gutter: number, width: number): number {
  const start = cells.lane === null ? gutter : (lanes[cells.lane] ?? gutter);
  return start + textWidth(wording(cells, width - start));
}

/** Lines that the table takes beyond one per row, and 100 for every text that must be cut or shortened. */
function cost(rows: readonly Cells[], layout: Layout, gutter: number, width: number): number {
  let total = 0;
  for (const row of rows) {
    const start = row.lane === null ? gutter : (layout.lanes[row.lane] ?? gutter);
    if (textWidth(row.texts[0]) > width - start) total += 100;
    const end = textEnd(row, layout.lanes, gutter, width);
    const { beside, at, below } = placeTrail(row, end, layout.trail, width);
    total += below.length + (beside !== '' && at !== layout.trail ? ASTRAY : 0);
  }
  return total;
}

/** Whether some action has no wording that fits behind the beginning of its column. */
function mustCut(rows: readonly Cells[], lanes: readonly number[], width: number): boolean {
  return rows.some((row) => {
    const start = row.lane === null ? null : lanes[row.lane];
    const shortest = row.texts.at(-1) ?? '';
    return start !== null && start !== undefined && start + textWidth(shortest) > width;
  });
}

/**
 * The layout with the fewest lines, wide columns being worth a line or two.
 *
 * @param gutter cells before the first column
 * @returns null when the threads are too many, or their actions too long, for columns of their own
 */
export function layOut(
  rows: readonly Cells[],
  heads: readonly string[],
  gutter: number,
  width: number,
): Layout | null {
  let best: Layout | null = null;
  let least = Infinity;
  for (const stretch of STRETCHES) {
    const lanes = laneStarts(rows, heads, gutter, stretch);
    const last = lanes.at(-1) ?? gutter;
    const text = Math.max(LEAST_TEXT, textWidth(heads.at(-1) ?? ''));
    if (last + text > width || (lanes.length > 1 && mustCut(rows, lanes, width))) continue;
    const first = last + textWidth(heads.at(-1) ?? '') + GAP;
    const room = width - Math.max(0, ...rows.flatMap((row) => row.changes.map(textWidth)));
    const ends = rows.map((row) => textEnd(row, lanes, gutter, width) + GAP);
    const trails = new Set([first, room, ...ends].filter((end) => end >= first && end <= room));
    for (const trail of [...[...trails].toSorted((a, b) => a - b), width]) {
      const price = cost(rows, { lanes, trail }, gutter, width) + CROWDING * (1 - stretch);
      if (price >= least) continue;
      best = { lanes, trail };
      least = price;
    }
  }
  return best;
}
