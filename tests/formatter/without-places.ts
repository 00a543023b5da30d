// SPDX-License-Identifier: MIT
/** Plain data without what depends on where things stand in the text. */

const places: ReadonlySet<string> = new Set([
  'start',
  'end',
  'span',
  'line',
  'column',
  'endLine',
  'endColumn',
]);

/** A copy of `value` in which numbers and places under those names are null, quoted source text without its blanks. */
export function withoutPlaces(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (key, inner: unknown) => {
      if (key === 'text' && typeof inner === 'string') return inner.replaceAll(/\s+/g, '');
      const isPlace = places.has(key) && (typeof inner === 'number' || key === 'span');
      return isPlace ? null : inner;
    }),
  );
}
