import { expect, test } from 'vitest';
import { visible } from './visible.ts';

test.each([
  ['M.mmap_sem: read A -> free', 'M.mmap_sem: read A -> free'],
  ['Grüße, 日本, e\u0301', 'Grüße, 日本, e\u0301'],
  ['a\nb\tc\r', 'a\\nb\\tc\\r'],
  ['\u001b[31mred', '\\x1b[31mred'],
  ['\u009b2J', '\\x9b2J'],
  ['\u202eevil\u2066', '\\u{202e}evil\\u{2066}'],
  ['a\u200db\ufeffc\u3164', 'a\\u{200d}b\\u{feff}c\\u{3164}'],
  ['a\u00a0b\u2028c', 'a\\xa0b\\u{2028}c'],
  ['\ud800', '\\u{d800}'],
  ['e\u0301\u0301\u0301', 'e\u0301\u0301\\u{301}'],
  ['__proto__', '__proto__'],
])('%j becomes %j', (text, shown) => {
  expect(visible(text)).toBe(shown);
});
