// SPDX-License-Identifier: MIT
/** The table as a Mermaid sequence diagram: a lifeline per thread, a message to itself per step. */

import type { FindingReport, Row, StepRow } from '../report.ts';
import { visible } from './visible.ts';

/** Characters that Mermaid takes for its own, as its entities; a line break is `<br/>`. */
function inert(text: string): string {
  return visible(text).replace(/[#;<>"`%\\{}]/g, (mark) => `#${mark.codePointAt(0) ?? 0};`);
}

/** Everything that may stand over the whole width. */
function over({ threads }: FindingReport): string {
  return threads.length < 2 ? 'over T0' : `over T0,T${threads.length - 1}`;
}

function stepLines(row: StepRow): string[] {
  const proc = row.proc === null ? '' : `${row.proc}: `;
  const arrow = row.environment ? '-->>' : '->>';
  const lines = [`T${row.lane}${arrow}T${row.lane}: ${row.number}. ${inert(proc + row.text)}`];
  const said = [...row.changes, ...row.notes.map((note) => `(${note})`)].map((each) => inert(each));
  if (said.length > 0) lines.push(`Note right of T${row.lane}: ${said.join('<br/>')}`);
  return lines;
}

function rowLines(report: FindingReport, row: Row): string[] {
  if (row.kind === 'fold') return [`Note ${over(report)}: ${inert(row.text)}`];
  return stepLines(row);
}

function indented(lines: readonly string[]): string[] {
  return lines.map((line) => `  ${line}`);
}

/** Steps of the failing schedule from its loop on. */
function isLooped(row: Row, loopFrom: number): boolean {
  return (row.kind === 'step' ? row.number : row.from) >= loopFrom;
}

/** The failing rows, those of a lasso's loop in a box. */
function failingLines(report: FindingReport, rows: readonly Row[]): string[] {
  const { loopFrom } = report;
  const lines = (some: readonly Row[]): string[] => some.flatMap((row) => rowLines(report, row));
  if (loopFrom === null) return lines(rows);
  const before = rows.filter((row) => !isLooped(row, loopFrom));
  const loop = rows.filter((row) => isLooped(row, loopFrom));
  return [...lines(before), 'loop for ever', ...indented(lines(loop)), 'end'];
}

/** The diagram's text, line by line. Both ways on stand in one `alt` box where the schedules part. */
export function mermaidLines(report: FindingReport): string[] {
  const { threads, rows } = report;
  const common = rows.filter(({ sign }) => sign === ' ');
  const passing = rows.filter(({ sign }) => sign === '-');
  const failing = rows.filter(({ sign }) => sign === '+');
  const heads = threads.map((name, lane) => `participant T${lane} as ${inert(name)}`);
  if (failing.length === 0)
    return ['sequenceDiagram', ...indented([...heads, ...failingLines(report, common)])];
  return [
    'sequenceDiagram',
    ...indented([
      ...heads,
      ...common.flatMap((row) => rowLines(report, row)),
      `alt ${inert(report.name)}`,
      ...indented(failingLines(report, failing)),
      'else passes',
      ...indented(passing.flatMap((row) => rowLines(report, row))),
      'end',
    ]),
  ];
}
