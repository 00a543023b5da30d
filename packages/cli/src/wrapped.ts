// SPDX-License-Identifier: MIT
/** Sentences in lines of the terminal's width. */

import { proseLines, visible } from '@hmmlab/reporter';
import type { Console } from './console.ts';

/** No narrower and no wider than reports are. */
const [NARROWEST, WIDEST] = [60, 200];

/**
 * The text, made inert, in lines that fit, each after `indent`, the later ones two blanks further in. Nothing is
 * cut: a line with a longer word is longer.
 */
export function wrapped(
  text: string,
  { width }: Pick<Console, 'width'>,
  indent = '',
): readonly string[] {
  const inert = visible(text);
  const room = Math.min(WIDEST, Math.max(NARROWEST, width)) - indent.length;
  const longest = Math.max(0, ...inert.split(' ').map((word) => word.length));
  return proseLines(inert, Math.max(room, longest + 2)).map((line) => indent + line);
}
