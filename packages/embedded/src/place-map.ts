// SPDX-License-Identifier: MIT
/** From places in a template's text to places in the file that it is written in. */

import { lineStarts } from './line-starts.ts';
import type { LocatedLiteral } from './locate.ts';
import type { Piece, PlaceMap } from './template-source.ts';

/** @param pieces of `text`, in order */
export function createPlaceMap(
  text: string,
  pieces: readonly Piece[],
  literal: LocatedLiteral,
): PlaceMap {
  const [from, to] = [lineStarts(text), lineStarts(literal.source)];
  const begin = beginnings(literal);
  const start = (offset: number): number => {
    const piece = pieces[lastBy(pieces, (each) => each.start, offset)];
    if (piece === undefined) return literal.start;
    return piece.from === null
      ? (literal.holes[piece.index]?.start ?? literal.start)
      : (begin[piece.index] ?? literal.start) + piece.from + offset - piece.start;
  };
  const end = (offset: number): number => {
    if (offset === 0) return literal.start;
    const piece = pieces[lastBy(pieces, (each) => each.start, offset - 1)];
    if (piece === undefined || piece.from !== null) return start(offset - 1) + 1;
    return literal.holes[piece.index]?.end ?? literal.start;
  };
  return ({ line, column, endLine, endColumn }) => {
    const first = offsetOf(from, line, column);
    const last = offsetOf(from, endLine, endColumn);
    const began = start(first);
    const [a, b] = [placeOf(to, began), placeOf(to, last > first ? end(last) : began)];
    return { line: a.line, column: a.column, endLine: b.line, endColumn: b.column };
  };
}

/** Offset in the file of each raw text. */
function beginnings({ start, holes }: LocatedLiteral): readonly number[] {
  return [start, ...holes.map(({ end }) => end)];
}

function offsetOf(starts: readonly number[], line: number, column: number): number {
  return (starts[line - 1] ?? 0) + column - 1;
}

function placeOf(starts: readonly number[], offset: number): { line: number; column: number } {
  const index = lastBy(starts, (each) => each, offset);
  return { line: index + 1, column: offset - (starts[index] ?? 0) + 1 };
}

/** Index of the last of the sorted `items` that is not above `wanted`; 0 if all are. */
function lastBy<T>(items: readonly T[], by: (item: T) => number, wanted: number): number {
  let low = 0;
  let high = items.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    const item = items[middle];
    if (item !== undefined && by(item) <= wanted) low = middle;
    else high = middle - 1;
  }
  return low;
}
