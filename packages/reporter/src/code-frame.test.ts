import { expect, test } from 'vitest';
import { codeFrame } from './code-frame.ts';
import { renderCodeFrame } from './render/code-frame.ts';

const text = 'one\n\tdown_read mmap_sem\nthree\nfour\n';
const area = (line: number, column: number, endLine: number, endColumn: number) => ({
  line,
  column,
  endLine,
  endColumn,
});

function shown(source: string, ...place: [number, number, number, number]): string {
  const frame = codeFrame(source, area(...place));
  return frame === null ? 'none' : renderCodeFrame(frame, { width: 60, color: false }).join('\n');
}

test('the place is underlined between its neighbours, tabs or not', () => {
  expect(shown(text, 2, 2, 2, 11)).toBe(
    ['  1 | one', '  2 |   down_read mmap_sem', '    |   ^~~~~~~~~', '  3 | three'].join('\n'),
  );
});

test('a place over several lines is underlined to the end of its first', () => {
  expect(shown(text, 3, 2, 4, 3)).toBe(
    ['  2 |   down_read mmap_sem', '  3 | three', '    |  ^~~~', '  4 | four'].join('\n'),
  );
});

test('an empty place has a caret', () => {
  expect(shown('abc', 1, 4, 1, 4)).toBe(['  1 | abc', '    |    ^'].join('\n'));
});

test('a place far to the right stays in sight', () => {
  const line = `${'x'.repeat(70)} up_read ${'y'.repeat(70)}`;
  expect(shown(line, 1, 72, 1, 79)).toBe(
    [`  1 | …${'x'.repeat(10)} up_read ${'y'.repeat(33)}…`, `    | ${' '.repeat(12)}^~~~~~~`].join(
      '\n',
    ),
  );
});

test('no text or no such line: no frame', () => {
  expect(codeFrame(undefined, area(1, 1, 1, 2))).toBeNull();
  expect(codeFrame('one', area(9, 1, 9, 2))).toBeNull();
});

test('of a line without end only what is near the place is looked at', () => {
  const far = '\0'.repeat(1_000_000);
  const frame = shown(`${far}up_read${far}\n${far}`, 1, 1_000_001, 1, 1_000_008);
  expect(frame.split('\n')).toHaveLength(3);
  expect(frame).toContain('x00up_read\\x00');
  expect(shown(far, 1, 1, 1, 1_000_001).split('\n')[1]).toMatch(/^ {4}\| \^~+$/);
});

test('lines end where the language ends them', () => {
  expect(shown('a\r\nb\r\nc', 2, 1, 2, 2)).toBe('  1 | a\n  2 | b\n    | ^\n  3 | c');
});
