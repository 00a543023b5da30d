// SPDX-License-Identifier: MIT
/** A comment, to the byte as it was written. */

import { doc, type Doc } from 'prettier';
import type { Comment } from './layout.ts';

const { breakParent, join, literalline } = doc.builders;

/** A `//` comment breaks the groups around it; the line end after it is the caller's. */
export function printComment({ text }: Comment): Doc {
  if (text.startsWith('//')) return [text, breakParent];
  return printVerbatim(text);
}

/** Text of one or several lines, whose later lines keep their indentation. */
export function printVerbatim(text: string): Doc {
  return join(literalline, text.split('\n'));
}
