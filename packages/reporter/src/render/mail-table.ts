// SPDX-License-Identifier: MIT
/** A schedule in the columns of a commit message: CPU0, CPU1, ... one step below the other. */

import type { FindingReport, Row, StepRow } from '../report.ts';
import { padded, proseLines, textWidth } from './text-width.ts';
import { visible } from './visible.ts';

/** Cells that the last column has at least. */
const LEAST = 26;
/** More columns than this do not fit: then each line names its thread. */
const MOST_LANES = 5;

/** What a lock operation changes is what it says. */
const LOCKS = /^(?:mutex|down|up|spin|read|write)_/;

function behind(row: StepRow): string {
  const changes = LOCKS.test(row.text) ? [] : row.changes;
  const notes = row.notes.length === 0 ? '' : `<- ${row.notes.join(', ')}`;
  const parts = [...changes.map((each) => `[${each}]`), notes];
  return visible(parts.filter(Boolean).join(' '));
}

interface Columns {
  readonly starts: readonly number[];
  readonly width: number;
  readonly margin: number;
}

/** The step in its column; what does not fit goes on below, further in. */
function stepLines(row: StepRow, text: string, { starts, width, margin }: Columns): string[] {
  const start = starts[row.lane] ?? margin;
  const label = padded(`${String(row.number).padStart(margin - 2)}  `, start);
  const lines = proseLines(text, width - start);
  const extra = behind(row);
  const last = lines.at(-1) ?? '';
  if (extra !== '' && start + textWidth(last) + 2 + textWidth(extra) <= width)
    lines.splice(-1, 1, `${last}  ${extra}`);
  else if (extra !== '')
    lines.push(...proseLines(extra, width - start - 2).map((line) => `  ${line}`));
  return lines.map((line, index) => (index === 0 ? label : ' '.repeat(start)) + line);
}

function columnsOf(lanes: number, margin: number, width: number): Columns {
  const apart = lanes < 2 ? 0 : Math.floor((width - LEAST - margin) / (lanes - 1));
  const step = Math.min(apart, Math.floor((width - margin) / Math.max(1, lanes)));
  return {
    starts: Array.from({ length: lanes }, (_, lane) => margin + lane * step),
    width,
    margin,
  };
}

function headLines(names: readonly string[], { starts, margin }: Columns): string[] {
  const heads = ['', ''];
  for (const [lane, name] of names.entries()) {
    const start = starts[lane] ?? margin;
    const title = `CPU${lane}`;
    const free = (starts[lane + 1] ?? start + LEAST) - start - 1;
    const full = `${title} (${name})`;
    const head = textWidth(full) <= free ? full : name;
    heads[0] = padded(heads[0] ?? '', start) + (textWidth(head) <= free ? head : title);
    heads[1] = `${padded(heads[1] ?? '', start)}----`;
  }
  return heads;
}

/** The failing schedule's rows; no line is wider than `width`. */
export function mailTable(report: FindingReport, width: number): string[] {
  const rows = report.rows.filter((row: Row) => row.sign !== '-');
  if (rows.length === 0) return [];
  const names = report.threads.map((name) => visible(name));
  const margin = String(report.steps).length + 4;
  const lanes = names.length <= MOST_LANES ? names.length : 1;
  const columns = columnsOf(lanes, margin, width);
  const named = lanes === names.length ? '' : null;
  const lines = rows.flatMap((row) => {
    if (row.kind === 'fold') return [`${' '.repeat(margin)}(${visible(row.text)})`];
    const deed = visible(row.proc === null ? row.text : `${row.proc}: ${row.text}`);
    const text = named ?? `${names[row.lane] ?? '?'}: `;
    return stepLines(row, text + deed, columns);
  });
  return [...(named === null ? [] : headLines(names, columns)), ...lines].flatMap((line) =>
    textWidth(line) <= width ? [line] : proseLines(line, width, margin),
  );
}
