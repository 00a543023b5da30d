// SPDX-License-Identifier: MIT
/**
 * A Report as plain text for a mail or a commit message: 72 columns, a column per CPU, nothing that a
 * mailer or git would change, and nothing that quoting would break.
 */

import type { FindingReport, Report, StepRow } from '../report.ts';
import { detailParagraphs } from './details.ts';
import { pictureLines } from './lock-picture.ts';
import { mailTable } from './mail-table.ts';
import { shellLines } from './shell-words.ts';
import { proseLines } from './text-width.ts';
import { visible } from './visible.ts';
import { waitLines } from './waits.ts';

/** Columns of a commit message; four levels of `> ` still fit a terminal. */
const WIDTH = 72;

function prose(text: string): string[] {
  return proseLines(visible(text), WIDTH, 0);
}

/** A finding says what is wrong by itself; a problem is told with its name. */
function headLines(report: Report): string[] {
  const { scenario, name, code, message, location } = report;
  const thread = report.kind === 'finding' && report.thread !== null ? ` in ${report.thread}` : '';
  const within =
    report.kind === 'finding' && report.within.length > 0 ? report.within.at(-1) : null;
  const where = `${location.file}:${location.line}${within === null ? '' : `, ${within}()`}`;
  return [
    ...prose(`${scenario}: ${name}${thread}`),
    '',
    ...prose(`${message} (${code}, ${where}).`),
    '',
  ];
}

/** What the nearest passing schedule does in place of the step that decides. */
function insteadLines({ rows, comparison, threads }: FindingReport): string[] {
  const passing = rows.find((row): row is StepRow => row.kind === 'step' && row.sign === '-');
  if (comparison.kind === 'none-passes') return [...prose('No schedule passes.'), ''];
  if (comparison.kind !== 'passing' || passing === undefined) return [];
  const proc = passing.proc === null ? '' : `${passing.proc}: `;
  const thread = threads[passing.lane] ?? '?';
  const text = `In the nearest schedule that passes step ${passing.number} is ${thread}: ${proc}${passing.text}`;
  return [...prose(text), ''];
}

function scheduleLines(report: FindingReport): string[] {
  const { picture, steps, loopFrom } = report;
  const drawn = picture === null ? null : pictureLines(picture, WIDTH, '   *** DEADLOCK ***');
  const loop = loopFrom === null ? '' : ` Steps ${loopFrom} to ${steps} repeat for ever.`;
  const intro =
    drawn === null
      ? `The schedule, ${steps} steps.${loop}`
      : 'Possible unsafe locking scenario (* waits for ever):';
  const lines = drawn ?? mailTable(report, WIDTH);
  return lines.length === 0 ? [] : [...prose(intro), '', ...lines, ''];
}

function findingLines(report: FindingReport): string[] {
  const waits = waitLines(report, WIDTH);
  const ends = report.waits.length > 0 ? 'At the end:' : 'Locks held at the end:';
  return [
    ...(report.trouble === null
      ? []
      : [...prose(`Less than usual is shown: ${report.trouble}`), '']),
    ...scheduleLines(report),
    ...insteadLines(report),
    ...detailParagraphs(report, WIDTH).flatMap((lines) => [...lines, '']),
    ...(waits.length === 0 ? [] : [ends, ...waits, '']),
  ];
}

/** What git or a mailer takes for something else moves one column in. */
function harmless(line: string): string {
  const ascii = line.replaceAll('…', '~').trimEnd();
  return /^(?:>|From |#|---|diff |Index: )/.test(ascii) ? ` ${ascii}`.slice(0, WIDTH) : ascii;
}

/** Paragraphs of at most 72 columns, joined by line feeds, without one at the end. */
export function renderMail(report: Report): string {
  const lines = [
    ...headLines(report),
    ...(report.kind === 'finding' ? findingLines(report) : []),
    ...prose(report.coverage),
    ...(report.kind === 'finding' && report.replay.length > 0
      ? ['', ...shellLines(report.replay, WIDTH, '  ')]
      : []),
  ];
  return lines.map((line) => harmless(line)).join('\n');
}
