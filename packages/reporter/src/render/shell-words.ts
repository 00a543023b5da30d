// SPDX-License-Identifier: MIT
/** A command for people to copy: quoted for bash and zsh, and broken so that it still works when pasted. */

import { textWidth } from './text-width.ts';
import { visible } from './visible.ts';

interface Quoted {
  readonly open: string;
  readonly close: string;
  /** What may not be broken. */
  readonly pieces: readonly string[];
}

function hexEscape(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return `\\U${code.toString(16).padStart(8, '0')}`;
}

function ansiPiece(character: string): string {
  if (character === '\n') return '\\n';
  if (character === '\t') return '\\t';
  if (character === '\\' || character === "'") return `\\${character}`;
  return visible(character) === character ? character : hexEscape(character);
}

function quote(word: string): Quoted {
  const characters = Array.from(word);
  if (/^[\w@%+=:,./-]+$/.test(word)) return { open: '', close: '', pieces: characters };
  if (visible(word) !== word)
    return { open: "$'", close: "'", pieces: characters.map((each) => ansiPiece(each)) };
  if (!/["$`\\!]/.test(word)) return { open: '"', close: '"', pieces: characters };
  return {
    open: "'",
    close: "'",
    pieces: characters.map((each) => (each === "'" ? `'\\''` : each)),
  };
}

/**
 * The command in lines of at most `width` cells. Lines that go on end in a backslash; a word is
 * broken only if it does not fit a line of its own, and then continues in the first column.
 *
 * @param lead text before the command, part of the first line
 */
export function shellLines(words: readonly string[], width: number, lead: string): string[] {
  const lines: string[] = [];
  let line = lead;
  let fresh = true;
  const room = width - 2;
  for (const word of words) {
    const { open, close, pieces } = quote(word);
    const whole = open + pieces.join('') + close;
    const separator = fresh ? '' : ' ';
    fresh = false;
    if (textWidth(line + separator + whole) <= room) {
      line += separator + whole;
      continue;
    }
    if (separator !== '') {
      lines.push(`${line} \\`);
      line = '  ';
    }
    line += open;
    for (const piece of pieces) {
      if (textWidth(line + piece + close) > room) {
        lines.push(`${line}${close}\\`);
        line = open;
      }
      line += piece;
    }
    line += close;
  }
  return [...lines, line];
}
