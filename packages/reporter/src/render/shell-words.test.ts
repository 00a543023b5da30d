import fc from 'fast-check';
import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { shellLines } from './shell-words.ts';
import { textWidth } from './text-width.ts';

/** What bash hands to a command when the lines are pasted. */
function pasted(lines: readonly string[]): string[] {
  const script = `printf '%s\\0' ${lines.join('\n')}`;
  const env = { PATH: '/usr/bin:/bin', LC_ALL: 'C.UTF-8' };
  return execFileSync('bash', ['--norc', '-c', script], { env, encoding: 'utf8' })
    .split('\0')
    .slice(0, -1);
}

test.each([
  ['plain/file.hmm', 'plain/file.hmm'],
  ['a title', '"a title"'],
  ['it\'s "5$"', `'it'\\''s "5$"'`],
  ['', '""'],
  ['wow!', "'wow!'"],
  ['two\nlines', "$'two\\nlines'"],
  ['\u202eabc', "$'\\U0000202eabc'"],
])('%j is quoted %s', (word, quoted) => {
  expect(shellLines([word], 80, '')).toEqual([quoted]);
});

test('a word that fits no line goes on in the first column', () => {
  expect(shellLines(['hmm', 'a'.repeat(30)], 20, '> ')).toEqual([
    '> hmm \\',
    `  ${'a'.repeat(16)}\\`,
    'a'.repeat(14),
  ]);
});

test('bash reads back every word, however narrow the lines', () => {
  const word = fc.string({ unit: 'binary', maxLength: 60 }).filter((text) => !text.includes('\0'));
  const words = fc.array(word, { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(words, fc.integer({ min: 20, max: 100 }), (given, width) => {
      const lines = shellLines(given, width, '');
      for (const line of lines) expect(textWidth(line)).toBeLessThanOrEqual(width);
      expect(pasted(lines)).toEqual(given);
    }),
    { numRuns: 60 },
  );
});
