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
  const texts = source?.split(/\r\n|\n|\r/) ?? [];
  const text = texts[area.line - 1];
  if (text === undefined) return null;
  const end = area.endLine > area.line ? text.length + 1 : area.endColumn;
  const from = Math.min(Math.max(1, area.column), text.length + 1);
  const first = Math.max(1, area.line - 1);
  const lines = texts
    .slice(first - 1, area.line + 1)
    .map((each, index) => ({ number: first + index, text: each }));
  return { lines, at: area.line, from, to: Math.max(from + 1, Math.min(end, text.length + 1)) };
}
