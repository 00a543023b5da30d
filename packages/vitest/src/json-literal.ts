// SPDX-License-Identifier: MIT
/** Data inside generated code: as one string literal, never as code. */

const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  "'": "\\'",
  '\u2028': '\\u2028',
  '\u2029': '\\u2029',
  '<': '\\x3c',
};

/**
 * A JavaScript string literal whose value is the JSON text of `value`.
 *
 * JSON text has no raw line breaks; quotes, line separators and `<` (of `</script>` and `<!--`) are
 * escaped. Read with JSON.parse, so that keys such as `__proto__` are keys like any other.
 */
export function jsonLiteral(value: unknown): string {
  return `'${JSON.stringify(value).replace(/[\\'\u2028\u2029<]/g, escape)}'`;
}

/** A JavaScript string literal whose value is `text`. */
export function textLiteral(text: string): string {
  return JSON.stringify(text).replace(/[\u2028\u2029<]/g, escape);
}

function escape(character: string): string {
  return ESCAPES[character] ?? character;
}
