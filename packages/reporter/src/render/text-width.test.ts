import { expect, test } from 'vitest';
import { cut, head, padded, proseLines, textWidth } from './text-width.ts';

test.each([
  ['', 0],
  ['abc', 3],
  ['日本', 4],
  ['e\u0301', 1],
  ['🙂', 2],
  ['ｱ', 1],
  ['…', 1],
])('%j takes %i cells', (text, width) => {
  expect(textWidth(text)).toBe(width);
});

test('a cut text shows that it is cut and never half a character', () => {
  expect(cut('down_read', 9)).toBe('down_read');
  expect(cut('down_read', 8)).toBe('down_re…');
  expect(cut('日本語', 4)).toBe('日…');
  expect(cut('abc', 0)).toBe('');
  expect(head('e\u0301x', 1)).toBe('e\u0301');
});

test('padding counts cells', () => {
  expect(padded('日', 4)).toBe('日  ');
  expect(padded('long', 2)).toBe('long');
});

test('prose breaks between words and hangs', () => {
  expect(proseLines('one two three four', 9)).toEqual(['one two', '  three', '  four']);
  expect(proseLines('unbreakable word', 6)).toEqual(['unbre…', '  word']);
});
