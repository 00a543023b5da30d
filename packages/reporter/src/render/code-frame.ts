// SPDX-License-Identifier: MIT
/** A code frame as text: numbered lines, the place underlined. */

import type { CodeFrame } from '../report.ts';
import type { Paint } from './paint.ts';
import { createPaint } from './paint.ts';
import { cut, head, textWidth } from './text-width.ts';
import { visible } from './visible.ts';

/** Cells kept before the place when a long line must begin with an ellipsis. */
const LEAD = 12;

/** Characters looked at before and after the place: far more than any terminal is wide. */
const LOOK = 1_000;

/** The same frame without the far ends of very long lines. */
function near({ lines, at, from, to }: CodeFrame): CodeFrame {
  const start = Math.max(0, from - 1 - LOOK);
  return {
    at,
    from: from - start,
    to: Math.min(to - start, from - start + LOOK),
    lines: lines.map(({ number, text }) => ({
      number,
      text: number === at ? text.slice(start, from + LOOK) : text.slice(0, LOOK),
    })),
  };
}

const inert = (text: string): string => visible(text.replaceAll('\t', '  '));

/** The line without its first `skip` cells, an ellipsis in their place. */
function behind(text: string, skip: number): string {
  return skip === 0 ? text : `…${text.slice(head(text, skip + 1).length)}`;
}

/**
 * @param options.width cells of a line, at least 20
 * @returns lines without line ends
 */
export function renderCodeFrame(
  whole: CodeFrame,
  options: { readonly width: number; readonly color: boolean },
): string[] {
  const frame = near(whole);
  const paint: Paint = createPaint(options.color);
  const digits = Math.max(...frame.lines.map((line) => String(line.number).length));
  const room = options.width - digits - 5;
  const pointed = frame.lines.find((line) => line.number === frame.at)?.text ?? '';
  const before = textWidth(inert(pointed.slice(0, frame.from - 1)));
  const marked = textWidth(inert(pointed.slice(frame.from - 1, frame.to - 1)));
  const skip = before + marked > room ? Math.max(0, before - LEAD) : 0;
  const lines: string[] = [];
  for (const { number, text } of frame.lines) {
    const gutter = paint('quiet', `  ${String(number).padStart(digits)} |`);
    const shown = cut(number === frame.at ? behind(inert(text), skip) : inert(text), room);
    lines.push(shown.trim() === '' ? gutter : `${gutter} ${shown}`);
    if (number !== frame.at) continue;
    const column = before - skip;
    const length = Math.max(1, Math.min(marked, room - column));
    const caret = ' '.repeat(column) + paint('failing', `^${'~'.repeat(length - 1)}`);
    lines.push(`${paint('quiet', `  ${' '.repeat(digits)} |`)} ${caret}`);
  }
  return lines;
}
