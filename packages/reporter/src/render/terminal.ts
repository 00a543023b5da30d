// SPDX-License-Identifier: MIT
/** A Report as text for a terminal or a mail: lines that never exceed the width, the replay line last. */

import { quantity } from '../coverage-line.ts';
import type { FindingReport, Report } from '../report.ts';
import { renderCodeFrame } from './code-frame.ts';
import { detailParagraphs } from './details.ts';
import { pictureLines } from './lock-picture.ts';
import type { Paint } from './paint.ts';
import { createPaint } from './paint.ts';
import { shellLines } from './shell-words.ts';
import { tableLines } from './table.ts';
import { proseLines, textWidth } from './text-width.ts';
import { visible } from './visible.ts';
import { waitLines } from './waits.ts';

export interface TerminalOptions {
  /** Cells of a line; taken as 60 if less, as 200 if more. */
  readonly width: number;
  readonly color: boolean;
  /** Whether it tells how far the search went (the default): of several reports of one verdict, one need. */
  readonly coverage?: boolean;
  /** Whether it has the table of both schedules (the default); false where they are shown beside it. */
  readonly table?: boolean;
}

interface Page {
  readonly width: number;
  readonly color: boolean;
  readonly coverage: boolean;
  readonly table: boolean;
  readonly paint: Paint;
}

function prose(page: Page, text: string): string[] {
  return proseLines(visible(text), page.width);
}

/** The numbers on one line, what is assumed and not checked on the next if there is no room. */
function coverageLines(report: Report, page: Page): string[] {
  if (!page.coverage) return [];
  const text = visible(report.coverage);
  const semicolon = text.indexOf('; ') + 1;
  if (textWidth(text) <= page.width || semicolon === 0) return prose(page, text);
  return [text.slice(0, semicolon), text.slice(semicolon + 1)].flatMap((part) => prose(page, part));
}

function headLines(report: Report, page: Page): string[] {
  const { file, line, column } = report.location;
  const within =
    report.kind === 'finding' && report.within.length > 0 ? report.within.join(' > ') : '';
  const call = report.kind === 'finding' ? report.calledAt : null;
  const called = call !== null && `called at ${call.file}:${call.line}:${call.column}`;
  const expected = report.kind === 'finding' && report.expected ? ', as expected' : '';
  const where = [
    `at ${file}:${line}:${column}`,
    within && `in ${within}`,
    called,
    `of "${report.scenario}"`,
  ];
  const headline = prose(page, `${report.name} (${report.code})${expected}: ${report.message}`);
  return [
    ...headline.map((each) => page.paint('headline', each)),
    ...prose(page, where.filter(Boolean).join(' ')),
  ];
}

function lengthText(report: FindingReport): string {
  const parts = [quantity(report.steps, 'step'), quantity(report.preemptions, 'preemption')];
  if (!report.minimal) parts.push('not minimal');
  if (report.loopFrom !== null) parts.push(`repeats for ever from step ${report.loopFrom} on`);
  return parts.join(', ');
}

const NOTHING_TO_COMPARE = {
  'none-passes': 'no schedule passes: there is none to compare with',
  unknown: 'no schedule that passes is known yet',
};

/** What the signs of the table mean. */
function legend(report: FindingReport): string[] {
  const { comparison } = report;
  const length = lengthText(report);
  if (comparison.kind !== 'passing')
    return [NOTHING_TO_COMPARE[comparison.kind], `this schedule: ${length}`];
  const passing = quantity(comparison.passingSteps, 'step');
  return [`- the nearest schedule that passes: ${passing}`, `+ this schedule: ${length}`];
}

function endText(report: FindingReport): string {
  return report.waits.length > 0 ? 'who waits for whom at the end:' : 'locks held at the end:';
}

/** lockdep's picture, where the table has more than that. */
function pictureOf({ picture, steps }: FindingReport, { width }: Page): string[] {
  if (picture === null || steps <= picture.rows.length) return [];
  const lines = pictureLines(picture, Math.min(width, 100), '  *** DEADLOCK ***  (* waits)');
  return lines === null ? [] : ['the locks alone:', '', ...lines, ''];
}

function findingLines(report: FindingReport, page: Page): string[] {
  const table = page.table ? tableLines(report, page.width, page.paint) : [];
  const waits = waitLines(report, page.width);
  const intro = table.length === 0 ? [] : legend(report).flatMap((text) => prose(page, text));
  const paragraphs = detailParagraphs(report, page.width);
  return [
    ...(report.trouble === null ? [] : prose(page, `less than usual is shown: ${report.trouble}`)),
    ...intro,
    '',
    ...table,
    '',
    ...paragraphs.flatMap((lines) => [...lines, '']),
    ...pictureOf(report, page),
    ...(waits.length === 0 ? [] : [endText(report), ...waits, '']),
    ...(report.hidesSomething ? prose(page, 'what lies behind the finding is unexplored') : []),
  ];
}

function replayLines(report: Report, { width }: Page): readonly string[] {
  if (report.kind !== 'finding' || report.replay.length === 0) return [];
  return shellLines(report.replay, width, 'replay: ');
}

function rendered(report: Report, page: Page): string[] {
  const { frame } = report;
  const lines = [...headLines(report, page), ''];
  if (frame !== null) lines.push(...renderCodeFrame(frame, page), '');
  if (report.kind === 'finding') lines.push(...findingLines(report, page));
  lines.push(...coverageLines(report, page));
  lines.push(...replayLines(report, page));
  if (lines.at(-1) === '') lines.pop();
  return lines.filter((line, index) => line !== '' || lines[index - 1] !== '');
}

/** Everything that matters, without a table: for a report that the layout cannot take. */
function bare(report: Report, page: Page, thrown: unknown): string[] {
  const why = thrown instanceof Error ? thrown.message : String(thrown);
  const lines = [
    ...headLines(report, page),
    ...prose(page, `its layout failed: ${why} (HMM9001, please report)`),
  ];
  if (report.kind === 'finding') {
    for (const row of report.rows) {
      const thread = row.kind === 'step' ? `${report.threads[row.lane] ?? '?'}: ` : '... ';
      const number = row.kind === 'step' ? row.number : row.from;
      lines.push(...prose(page, `${row.sign} ${number} ${thread}${row.text}`));
    }
  }
  lines.push(...coverageLines(report, page));
  lines.push(...replayLines(report, page));
  return lines;
}

/**
 * The report as lines joined by line feeds, without one at the end. No line is wider than the width:
 * cells of the table are cut with an ellipsis, sentences go on in a next line, the command at the end
 * is broken so that it works when pasted. Foreign text is made inert.
 */
export function renderTerminal(report: Report, options: TerminalOptions): string {
  const width = Math.min(200, Math.max(60, Math.floor(options.width)));
  const { color, coverage = true, table = true } = options;
  const page: Page = { width, color, coverage, table, paint: createPaint(color) };
  try {
    return rendered(report, page).join('\n');
  } catch (error) {
    return bare(report, page, error).join('\n');
  }
}
