// SPDX-License-Identifier: MIT
/** The tokens and comments of a text in one row, with the line ends between them. */

import { scan } from '../syntax/scan.ts';
import { Newline } from '../syntax/tokens.ts';

/** A token or a comment. */
export interface Atom {
  readonly comment: boolean;
  readonly text: string;
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
  /** Line ends between it and the atom before it. */
  readonly newlines: number;
}

/** Everything in `text` that is not white space, in order. Linear. */
export function atomsOf(text: string): readonly Atom[] {
  const { tokens, comments } = scan(text);
  const spans = [
    ...tokens
      .filter(({ tokenType }) => tokenType !== Newline)
      .map(({ startOffset, endOffset }) => ({
        comment: false,
        start: startOffset,
        end: endOffset + 1,
      })),
    ...comments.map(({ start, end }) => ({ comment: true, start, end })),
  ].toSorted((a, b) => a.start - b.start);
  let last = 0;
  return spans.map(({ comment, start, end }) => {
    const newlines = lineEnds(text, last, start);
    last = end;
    return { comment, text: text.slice(start, end).trimEnd(), start, end, newlines };
  });
}

function lineEnds(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = text.indexOf('\n', from); at !== -1 && at < to; at = text.indexOf('\n', at + 1))
    count++;
  return count;
}
