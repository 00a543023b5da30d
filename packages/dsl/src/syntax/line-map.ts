// SPDX-License-Identifier: MIT
/** Offsets of a text to lines and columns. */

export interface LineMap {
  /**
   * @param offset in UTF-16 units; clamped to the text
   * @returns 1-based line and column, the column in UTF-16 units; a byte order mark has no column
   */
  at(offset: number): { readonly line: number; readonly column: number };
}

/** Indexes `text` once; a lookup is a binary search. Lines end in `\n` (`\r\n` is fine: `\r` is the line's last column). */
export function createLineMap(text: string): LineMap {
  const starts = [text.startsWith('\uFEFF') ? 1 : 0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  // Places are mostly asked for in order: the line of the last one is tried first.
  let last = 0;
  return {
    at(offset) {
      const place = Math.min(Math.max(offset, 0), text.length);
      const line = isOnLine(starts, last, place) ? last : lineOf(starts, place);
      last = line;
      return { line: line + 1, column: Math.max(place - (starts[line] ?? 0), 0) + 1 };
    },
  };
}

function isOnLine(starts: readonly number[], line: number, offset: number): boolean {
  return (starts[line] ?? 0) <= offset && offset < (starts[line + 1] ?? Infinity);
}

/** Index of the last line that starts at or before `offset`. */
function lineOf(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
