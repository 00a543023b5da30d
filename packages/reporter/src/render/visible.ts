// SPDX-License-Identifier: MIT
/** Makes foreign text inert: nothing in it may move the cursor, hide, reorder or merge characters. */

/**
 * Controls, formats (bidi marks, joiners), lone surrogates, unassigned and private characters, line
 * separators, blanks that look like a space and are none, characters that show nothing, and the
 * third and later mark stacked on one letter.
 */
const UNSAFE =
  /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]|(?! )\p{Zs}|(?<=\p{M}{2})\p{M}/gu;

const SHORT: ReadonlyMap<string, string> = new Map([
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
]);

function escaped(character: string): string {
  const short = SHORT.get(character);
  if (short !== undefined) return short;
  const code = character.codePointAt(0) ?? 0;
  const hex = code.toString(16);
  return code < 0x100 ? `\\x${hex.padStart(2, '0')}` : `\\u{${hex}}`;
}

/** The text on one line, each unsafe character spelt out: `\n`, `\x1b`, `\u{202e}`. */
export function visible(text: string): string {
  return text.replace(UNSAFE, escaped);
}
