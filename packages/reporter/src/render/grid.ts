// SPDX-License-Identifier: MIT
/** Lines of aligned columns, the last of them prose. */

import { cut, padded, proseLines, textWidth } from './text-width.ts';
import { visible } from './visible.ts';

/** Cells that the last column has at least; the others are cut for it. */
const LEAST = 24;

/**
 * @param texts rows of equally many texts each; the last is broken between words, below itself
 * @param width cells of a line; lines begin with two blanks
 */
export function gridLines(texts: readonly (readonly string[])[], width: number): string[] {
  const rows = texts.map((row) => row.map((text) => visible(text)));
  const count = Math.max(0, ...rows.map((row) => row.length)) - 1;
  const room = Math.floor((width - 2 - LEAST) / Math.max(1, count)) - 2;
  const widths = Array.from({ length: Math.max(0, count) }, (_, column) =>
    Math.max(0, ...rows.map((row) => textWidth(row[column] ?? ''))),
  );
  const fits = widths.reduce((sum, each) => sum + each + 2, 2) <= width - LEAST;
  const columns = widths.map((each) => (fits ? each : Math.min(each, Math.max(4, room))));
  const start = columns.reduce((sum, each) => sum + each + 2, 2);
  return rows.flatMap((row) => {
    const lead = columns.map((each, column) => `${padded(cut(row[column] ?? '', each), each)}  `);
    const lines = proseLines(row.at(-1) ?? '', width - start);
    return lines.map((line, index) =>
      (index === 0 ? `  ${lead.join('')}${line}` : ' '.repeat(start) + line).trimEnd(),
    );
  });
}
