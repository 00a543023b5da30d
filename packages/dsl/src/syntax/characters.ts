// SPDX-License-Identifier: MIT
/** Classes of characters, by UTF-16 unit. */

/** `a-z`, `A-Z`, `_` */
export function isWordStart(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95;
}

/** `0-9` */
export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** A character of a name after its first one. */
export function isWordPart(code: number): boolean {
  return isWordStart(code) || isDigit(code);
}

/** Blank, tab and carriage return. */
export function isSpace(code: number): boolean {
  return code === 32 || code === 9 || code === 13;
}

/** Whether a message can show this code point itself. */
export function isPrintable(codePoint: number): boolean {
  return !/[\p{C}\p{Z}\p{M}]/u.test(String.fromCodePoint(codePoint));
}
