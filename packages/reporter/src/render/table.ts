// SPDX-License-Identifier: MIT
/** The table of a finding: one column per thread, the changes behind. */

import type { FindingReport } from '../report.ts';
import type { Paint, Tone } from './paint.ts';
import type { Cells } from './table-cells.ts';
import { cellsOf } from './table-cells.ts';
import type { Layout } from './table-layout.ts';
import { GAP, layOut, placeTrail, wording } from './table-layout.ts';
import { cut, padded, textWidth } from './text-width.ts';
import { visible } from './visible.ts';

/** A column head longer than this is cut. */
const LONGEST_HEAD = 24;

interface Sheet {
  readonly layout: Layout;
  /** Cells of the sign, the numbers and the gap behind them. */
  readonly gutter: number;
  readonly labels: number;
  readonly width: number;
  readonly paint: Paint;
}

function tone(cells: Cells): Tone | null {
  if (cells.sign === '+') return 'failing';
  if (cells.sign === '-') return 'passing';
  return cells.lane === null ? 'quiet' : null;
}

function paintTrail(paint: Paint, line: string): string {
  const at = line.lastIndexOf('<- ');
  return at < 0 ? line : line.slice(0, at) + paint('note', line.slice(at));
}

function stepLines(cells: Cells, sheet: Sheet): string[] {
  const { layout, gutter, labels, width, paint } = sheet;
  const start = cells.lane === null ? gutter : (layout.lanes[cells.lane] ?? gutter);
  const text = cut(wording(cells, width - start), width - start);
  const lead =
    padded(`${cells.sign}${cells.looped ? '|' : ' '}${cells.label.padStart(labels)}`, start) + text;
  const kind = tone(cells);
  const painted = kind === null ? lead : paint(kind, lead);
  const end = start + textWidth(text);
  const { beside, at, below } = placeTrail(cells, end, layout.trail, width);
  const filler = ' '.repeat(Math.max(0, at - end));
  const lines = [beside === '' ? painted : painted + filler + paintTrail(paint, beside)];
  for (const line of below) {
    const column = layout.trail < width ? layout.trail : start + GAP;
    lines.push(' '.repeat(column) + paintTrail(paint, cut(line, width - column)));
  }
  return lines;
}

function headLine(heads: readonly string[], hasChanges: boolean, sheet: Sheet): string {
  let line = '';
  for (const [lane, name] of heads.entries())
    line = padded(line, sheet.layout.lanes[lane] ?? sheet.gutter) + name;
  const { trail } = sheet.layout;
  if (hasChanges && textWidth(line) + GAP <= trail && trail + 6 <= sheet.width)
    line = `${padded(line, trail)}change`;
  return sheet.paint('headline', line);
}

/** Rows for when the threads are too many for columns: the thread's name before each action. */
function inOneColumn(cells: Cells, heads: readonly string[]): Cells {
  if (cells.lane === null) return cells;
  const name = heads[cells.lane] ?? '?';
  const width = Math.max(...heads.map((head) => textWidth(head))) + GAP;
  const [full, ...shorter] = cells.texts;
  const named = (text: string): string => padded(name, width) + text;
  return { ...cells, lane: 0, texts: [named(full), ...shorter.map((text) => named(text))] };
}

/** The table's lines, none wider than `width`. */
export function tableLines(
  report: Pick<FindingReport, 'rows' | 'threads' | 'loopFrom'>,
  width: number,
  paint: Paint,
): string[] {
  if (report.rows.length === 0) return [];
  const rows = report.rows.map((row) => cellsOf(row, report.loopFrom));
  const heads = report.threads.map((name) => cut(visible(name), LONGEST_HEAD));
  const labels = Math.max(...rows.map((row) => row.label.length));
  const gutter = 2 + labels + GAP;
  const sheet = { gutter, labels, width, paint };
  const hasChanges = rows.some((row) => row.changes.length > 0);
  const layout = layOut(rows, heads, gutter, width);
  if (layout !== null) {
    const columns = { ...sheet, layout };
    return [
      headLine(heads, hasChanges, columns),
      ...rows.flatMap((row) => stepLines(row, columns)),
    ];
  }
  const listed = rows.map((row) => inOneColumn(row, heads));
  const list = {
    ...sheet,
    layout: layOut(listed, [''], gutter, width) ?? { lanes: [gutter], trail: width },
  };
  return [headLine(['thread'], hasChanges, list), ...listed.flatMap((row) => stepLines(row, list))];
}
