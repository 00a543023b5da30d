// SPDX-License-Identifier: MIT
/** The table of a finding as two texts: for tools that lay a line diff out themselves. */

import type { FindingReport, Sign } from '../report.ts';
import { createPaint } from './paint.ts';
import { tableLines } from './table.ts';

/** Both schedules in the columns of one table: what is the same in both is the same line. */
export interface ScheduleTexts {
  readonly passing: string;
  readonly failing: string;
}

/** @param width cells of a line, as for `renderTerminal` */
export function scheduleTexts(report: FindingReport, width: number): ScheduleTexts {
  const lines = signed(tableLines(report, width, createPaint(false)));
  const textOf = (sign: Sign): string =>
    lines
      .filter((line) => line.sign === ' ' || line.sign === sign)
      .map(({ text }) => text)
      .join('\n');
  return { passing: textOf('-'), failing: textOf('+') };
}

/** A line without a number goes on with the row above, or is the head. */
function signed(
  lines: readonly string[],
): readonly { readonly sign: Sign; readonly text: string }[] {
  let sign: Sign = ' ';
  return lines.map((line) => {
    const [first] = line;
    if (first === '+' || first === '-') sign = first;
    else if (/^ [ |]*\d/.test(line)) sign = ' ';
    return { sign, text: line.slice(1) };
  });
}
