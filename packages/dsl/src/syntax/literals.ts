// SPDX-License-Identifier: MIT
/** What the text of a number or a string stands for. */

const escapes: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ['\\', '\\'],
  ['n', '\n'],
  ['t', '\t'],
]);

/** Largest number that can be written. */
export const largestInt: number = 2 ** 31 - 1;

/** Longer digit strings are too big whatever they say. */
const longestInt = 64;

/** Value of a number's text; null if it is not written like a number, Infinity if it is far too long. */
export function intValue(image: string): number | null {
  if (image.length > longestInt) return Number.POSITIVE_INFINITY;
  if (/^0[xX][0-9a-fA-F]+$/.test(image)) return Number.parseInt(image.slice(2), 16);
  if (/^0[0-7]*$/.test(image)) return Number.parseInt(image, 8);
  return /^[1-9][0-9]*$/.test(image) ? Number.parseInt(image, 10) : null;
}

/** Whether `\` before this character is an escape. */
export function isEscape(character: string): boolean {
  return escapes.has(character);
}

/** Value of a string's text, with its quotes; unknown escapes have been reported and stand for themselves. */
export function stringValue(image: string): string {
  const inner = image.slice(1, -1);
  if (!inner.includes('\\')) return inner;
  return inner.replaceAll(
    /\\([^])/g,
    (whole, character: string) => escapes.get(character) ?? whole,
  );
}
