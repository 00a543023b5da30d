// SPDX-License-Identifier: MIT
/** The source line of a place with its neighbours. */

import type { CodeFrame } from './report.ts';

/** Line and column start at 1; the end is exclusive. Spans and the places of diagnostics are such areas. */
export interface Area {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** @returns null when there is no such text or line: a missing source is never an error */
export function codeFrame(source: string | undefined, area: Area): CodeFrame | null {
  const first = Math.max(1, area.line - 1);
  const lines = linesOf(source ?? '', first, area.line + 1);
  const text = source === undefined ? undefined : lines[area.line - first]?.text;
  if (text === undefined) return null;
  const end = area.endLine > area.line ? text.length + 1 : area.endColumn;
  const from = Math.min(Math.max(1, area.column), text.length + 1);
  return { lines, at: area.line, from, to: Math.max(from + 1, Math.min(end, text.length + 1)) };
}

/** The lines numbered `first` to `last`, as far as there are any; nothing is made of the others. */
function linesOf(source: string, first: number, last: number): CodeFrame['lines'] {
  const lines: { number: number; text: string }[] = [];
  let start = 0;
  for (let number = 1; number <= last && start <= source.length; number++) {
    const newline = source.indexOf('\n', start);
    const end = newline === -1 ? source.length : newline;
    if (number >= first) lines.push({ number, text: source.slice(start, end).replace(/\r$/, '') });
    start = end + 1;
  }
  return lines;
}
