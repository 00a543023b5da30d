// SPDX-License-Identifier: MIT
/** Widths in terminal cells. All texts here are `visible` ones: one line, no controls. */

import { eastAsianWidth } from 'get-east-asian-width';

const ASCII = /^[ -~]*$/;
const MARK = /\p{M}/u;
const EMOJI = /\p{Emoji_Presentation}/u;

function cells(character: string): number {
  if (MARK.test(character)) return 0;
  return EMOJI.test(character) ? 2 : eastAsianWidth(character.codePointAt(0) ?? 0);
}

/** Cells that the text takes: 2 for a wide character, 0 for a combining mark, otherwise 1. */
export function textWidth(text: string): number {
  if (ASCII.test(text)) return text.length;
  let width = 0;
  for (const character of text) width += cells(character);
  return width;
}

/** The longest beginning of the text that takes at most `width` cells; never parts a letter from its marks. */
export function head(text: string, width: number): string {
  let used = 0;
  let end = 0;
  for (const character of text) {
    used += cells(character);
    if (used > width) break;
    end += character.length;
  }
  return text.slice(0, end);
}

/** The text itself if it fits, otherwise its beginning and an ellipsis. */
export function cut(text: string, width: number): string {
  if (textWidth(text) <= width) return text;
  return width < 1 ? '' : `${head(text, width - 1)}…`;
}

/** Filled with spaces on the right. */
export function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - textWidth(text)));
}

/**
 * Prose in lines of at most `width` cells, broken between words; a word that is longer is cut.
 *
 * @param hang spaces before the second and later lines
 */
export function proseLines(text: string, width: number, hang = 2): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (textWidth(longer) <= width) {
      line = longer;
    } else {
      if (line.trim() !== '') lines.push(line);
      line = cut(' '.repeat(lines.length === 0 ? 0 : hang) + word, width);
    }
  }
  return [...lines, line];
}
