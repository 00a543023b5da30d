// SPDX-License-Identifier: MIT
/** What is said about text that is wrong, and that nothing breaks the parser. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { exampleFiles } from '../testing/example-files.ts';
import { syntaxCodes } from './codes.ts';
import { createLineMap } from './line-map.ts';
import { deepestNesting } from './nesting.ts';
import { parse } from './parse.ts';

/** `HMM1001 3:5-3:6`, one per diagnostic. */
function errors(text: string): readonly string[] {
  return parse(text, 'test.hmm').diagnostics.map(
    ({ code, place }) =>
      `${code} ${place.line}:${place.column}-${place.endLine}:${place.endColumn}`,
  );
}

const inThread = (body: string): string => `scenario "s" {\nthread A {\n${body}\n}\n}`;

describe('statements', () => {
  test.each([
    ['x = = 1', ['HMM1001 3:5-3:6']],
    ['x = 1 2', ['HMM1001 3:7-3:8']],
    ['goto', ['HMM1001 3:5-3:5']],
    ['goto in', ['HMM1001 3:6-3:8']],
    ['if x y()', ['HMM1001 3:4-3:5']],
    ['do x++ while (x)', ['HMM1001 3:4-3:5']],
    ['x = @ 1', ['HMM1002 3:5-3:6']],
    ['x = 1 // a\rb', ['HMM1002 3:11-3:12']],
    ['x =\r1', ['HMM1002 3:4-3:5']],
    ['x = $$@ 1 @', ['HMM1002 3:5-3:8', 'HMM1002 3:11-3:12']],
    ['x = \u{1F600}\u{1F600}1', ['HMM1002 3:5-3:9']],
    ['x = \0\0\0', ['HMM1002 3:5-3:8']],
    ['x = "abc', ['HMM1003 3:5-3:9']],
    ['x = f("abc\r', ['HMM1003 3:7-3:11']],
    ['x = "a{\ny = 1', ['HMM1003 3:5-3:8']],
    ['x = 1 /* abc', ['HMM1004 3:7-3:9']],
    ['x = "\\q\\n\\z"', ['HMM1005 3:6-3:8', 'HMM1005 3:10-3:12']],
    ['x = 09 + 0x + 12ab', ['HMM1006 3:5-3:7', 'HMM1006 3:10-3:12', 'HMM1006 3:15-3:19']],
    ['x = 2147483647', []],
    ['x = 2147483648 + 0xfffffffff', ['HMM1007 3:5-3:15', 'HMM1007 3:18-3:29']],
    ['x = (1', ['HMM1011 3:5-3:6']],
    ['x = 1)', ['HMM1011 3:6-3:7']],
    ['x = a[(1]', ['HMM1011 3:7-3:8']],
    [
      'x = = 1\ny = = 2; z()\nif (= ) a()',
      ['HMM1001 3:5-3:6', 'HMM1001 4:5-4:6', 'HMM1001 5:5-5:6'],
    ],
    [
      'if (x) {\n= 1\nx = = 2\n} else foo bar - baz',
      ['HMM1001 4:1-4:2', 'HMM1001 5:5-5:6', 'HMM1001 6:16-6:17'],
    ],
  ])('%j', (text, expected) => {
    expect(errors(inThread(text))).toEqual(expected);
  });
});

describe('files', () => {
  test.each([
    ['', []],
    ['\uFEFFfoo', ['HMM1001 1:1-1:4']],
    ['\r\n\r\n  foo', ['HMM1001 3:3-3:6']],
    ['foo\nbar baz\nscenario "s" { expect }', ['HMM1001 1:1-1:4', 'HMM1001 3:23-3:24']],
    ['scenario "s"', ['HMM1001 1:13-1:13']],
    ['scenario "s" {\nthread A {\nx()\n', ['HMM1011 1:14-1:15', 'HMM1011 2:10-2:11']],
    [
      'scenario "s" {\nthread A {\nx()\nthread B: y()\n}\nscenario "t" {\nexpect = }',
      ['HMM1011 2:10-2:11', 'HMM1001 7:8-7:9'],
    ],
    ['scenario "s" {\nthread A {\nx()\n}\nscenario "t" {\n}', ['HMM1011 1:14-1:15']],
    ['scenario "s" {\n}\n}', ['HMM1011 3:1-3:2']],
    ['scenario "s" {\nthread A:\nx()\n}', ['HMM1001 2:10-2:10']],
    ['scenario "s" under [linux/5.3] {\n}', ['HMM1001 1:21-1:26']],
    ['driver a/b {\n}', ['HMM1001 1:12-1:13']],
    ['profile a/b extends {\n}', ['HMM1001 1:21-1:22']],
    ['enum e { A B }\nenum f { }', ['HMM1001 1:12-1:13', 'HMM1001 2:10-2:11']],
    ['proc f(int) {\n}\nstruct s { int\n}', ['HMM1001 1:11-1:12', 'HMM1001 3:15-3:15']],
  ])('%j', (text, expected) => {
    expect(errors(text)).toEqual(expected);
  });
});

describe('one item does not hide the next', () => {
  test.each([
    [
      'a line that ends with an operator',
      ['scenario "s" {', '  int x in 0..', '  int y = = 2', '  thread A { x = }', '}'],
      ['HMM1001 2:15-2:15', 'HMM1001 3:11-3:12', 'HMM1001 4:18-4:19'],
    ],
    [
      'a value that is missing',
      [
        'scenario "s" {',
        '  int x =',
        '  thread A { x = = 1 }',
        '}',
        'const N =',
        'proc p() { x = }',
      ],
      ['HMM1001 2:10-2:10', 'HMM1001 3:18-3:19', 'HMM1001 5:10-5:10', 'HMM1001 6:16-6:17'],
    ],
    [
      'an open bracket',
      [
        'proc p( { x() }',
        'proc q() { x = }',
        'scenario "s" {',
        '  thread A: f(',
        '  thread B: y = = 1',
        '}',
      ],
      ['HMM1011 1:7-1:8', 'HMM1001 2:16-2:17', 'HMM1011 4:14-4:15', 'HMM1001 5:17-5:18'],
    ],
    [
      'a proc in a proc',
      ['proc p() {', '  x()', 'proc q() { y = }'],
      ['HMM1011 1:10-1:11', 'HMM1001 3:16-3:17'],
    ],
  ])('%s', (_, lines, expected) => {
    expect(errors(lines.join('\n'))).toEqual(expected);
  });

  test('an operator goes on in the next line', () => {
    const body = 'int n =\n1\nn = n +\nwork\nn =\nrange x\nn = list *\n-seq';
    expect(errors(inThread(body))).toEqual([]);
  });
});

describe('the `{` that is never closed, by how lines are indented', () => {
  const within = (...lines: readonly string[]): string =>
    ['scenario "s" {', '  int x', ...lines, '}', 'scenario "t" {', '  thread A { y() }', '}'].join(
      '\n',
    );
  test.each([
    [
      ['  thread A {', '    if (x) {', '      y()', '  }', '  thread B: y()'],
      ['HMM1011 4:12-4:13'],
    ],
    [['  thread A {', '    while (x) { y()', '    z()', '  }'], ['HMM1011 4:15-4:16']],
    [['  thread A { y()', '  expect holds'], ['HMM1011 3:12-3:13']],
    [
      ['  thread A {', '    if (x) {', '      while (x) {', '        y()', '    }', '  }'],
      ['HMM1011 5:17-5:18'],
    ],
    // Nothing is missing: however it is indented, it is no mistake.
    [['  thread A {', '    if (x) {', '      y()', '  }', '    }'], []],
    [['  thread A { if (x) {', 'y() } }'], []],
    // The lines say nothing: the outer one.
    [['thread A {', 'if (x) {', 'y()', '}', 'thread B: y()'], ['HMM1011 3:10-3:11']],
  ])('%j', (lines, expected) => {
    expect(errors(within(...lines))).toEqual(expected);
  });
});

describe('messages', () => {
  test.each([
    [inThread('x = 1 +'), 'found `}`, expected an expression'],
    [inThread('else x()'), 'found `else`, expected a statement'],
    ['use', 'found the end of the file, expected the name of a profile'],
    [
      'scenario "s" { foo }',
      'found `foo`, expected a world, a thread, a definition or an expectation',
    ],
    [
      'a'.repeat(200),
      `found \`${'a'.repeat(28)}...\`, expected a scenario, a definition, a profile, \`use\` or \`import\``,
    ],
  ])('%#', (text, message) => {
    expect(parse(text, 'test.hmm').diagnostics[0]?.message).toBe(message);
  });

  test('say what may have been meant', () => {
    const helps = [inThread('goto in'), inThread('f a -1'), 'scenario "s" { pool foo: 3 }'].map(
      (text) => parse(text, 'test.hmm').diagnostics[0]?.help,
    );
    expect(helps).toEqual([
      '`in` is a reserved word; choose another name',
      'a statement ends with `;` or its line; in a command `-1` and the like stand in parentheses',
      'write `pool struct foo: 4`',
    ]);
  });
});

test('many errors: the first 50, and how many more', () => {
  const { ast, diagnostics } = parse('@\n'.repeat(1000), 'test.hmm');
  expect(ast).toBeNull();
  expect(diagnostics).toHaveLength(51);
  expect(diagnostics[50]?.place.line).toBe(51);
  expect(diagnostics[50]?.help).toMatch(/^949 more errors from here on/);
});

test('files do not influence each other', () => {
  const broken = ['foo', inThread('x = = 1'), inThread('x = 1\nelse'), '((', '"'];
  const alone = broken.map(errors);
  for (let i = 0; i < broken.length; i++)
    for (const other of broken) {
      errors(other);
      expect(errors(broken[i] ?? '')).toEqual(alone[i]);
    }
  expect(errors('scenario "s" { expect holds }')).toEqual([]);
});

test('a parser that gives up says so', () => {
  const { diagnostics } = parse(inThread('x = = 1\n'.repeat(5000)), 'test.hmm');
  expect(diagnostics[50]?.help).toMatch(/^at least \d+ more errors/);
});

describe('hostile text', () => {
  const deep = 10_000;
  test.each([
    ['(', inThread(`x = ${'('.repeat(deep)}1${')'.repeat(deep)}`)],
    ['{', inThread('{'.repeat(deep) + '}'.repeat(deep))],
    ['unclosed {', '{'.repeat(deep)],
    ['unary', inThread(`x = ${'!'.repeat(deep)}1`)],
    ['binary', inThread(`x = ${'1+'.repeat(deep)}1`)],
    ['conditional', inThread(`x = ${'a ? b : '.repeat(deep)}c`)],
    ['else-if', inThread(`if (x) a()\n${'else if (x) a()\n'.repeat(deep)}`)],
    ['if', inThread(`${'if (x) '.repeat(deep)}a()`)],
    ['unreached', inThread(`${'unreached "x" '.repeat(deep)}a()`)],
    ['member', inThread(`x${'->y'.repeat(deep)} = 1`)],
    ['index', inThread(`x${'[0]'.repeat(deep)} = 1`)],
    ['call', inThread(`x${'()'.repeat(deep)}`)],
  ])('deep: %s', (_, text) => {
    expect(parse(text, 'test.hmm').diagnostics.map(({ code }) => code)).toEqual(['HMM1008']);
  });

  test('the deepest nesting that is allowed parses, long rows are not deep', () => {
    const brackets = deepestNesting - 2;
    expect(errors(inThread(`x = ${'('.repeat(brackets)}1${')'.repeat(brackets)}`))).toEqual([]);
    expect(
      errors(inThread(`x = ${'('.repeat(brackets + 1)}1${')'.repeat(brackets + 1)}`)),
    ).toHaveLength(1);
    expect(errors(inThread('if (x) { a() }\n'.repeat(1000)))).toEqual([]);
    expect(errors(inThread(`f(${'a + b, '.repeat(1000)}c)`))).toEqual([]);
    expect(errors(inThread(`f ${'a.b '.repeat(90)}`))).toEqual([]);
  });

  test('large', () => {
    expect(errors('\0'.repeat(1_000_000))).toEqual(['HMM1002 1:1-1:1000001']);
    expect(errors('1'.repeat(1_000_000))[0]).toBe('HMM1007 1:1-1:1000001');
    expect(errors(`scenario "${'x'.repeat(1_000_000)}" { }`)).toEqual(['HMM1020 1:10-1:1000012']);
    expect(errors('/**/'.repeat(250_000))).toEqual([]);
    expect(errors(inThread('__proto__ = constructor\n'.repeat(20_000)))).toEqual([]);
  });
});

/** Nodes are inside their parents. */
function checkSpans(node: unknown, start: number, end: number): void {
  if (typeof node !== 'object' || node === null) return;
  let [from, to] = [start, end];
  if ('start' in node && 'end' in node) {
    [from, to] = [Number(node.start), Number(node.end)];
    if (!(start <= from && from <= to && to <= end))
      throw new Error(`${from}-${to} outside ${start}-${end}: ${JSON.stringify(node)}`);
  }
  for (const child of Object.values(node)) checkSpans(child, from, to);
}

function checkResult(text: string): void {
  const { ast, diagnostics } = parse(text, 'test.hmm');
  expect(ast === null).toBe(diagnostics.length > 0);
  if (ast !== null) checkSpans(ast, 0, text.length);
  const end = createLineMap(text).at(text.length);
  const known = new Set<string>(syntaxCodes.map(({ code }) => code));
  let last = 0;
  for (const { code, message, help, place } of diagnostics) {
    expect(known).toContain(code);
    expect(message.length * (help ?? '').length).toBeGreaterThan(0);
    expect(message).not.toMatch(/undefined|\[object|-->|something else/);
    const [from, to] = [place.line * 1e6 + place.column, place.endLine * 1e6 + place.endColumn];
    expect(from).toBeGreaterThanOrEqual(last);
    expect(to).toBeGreaterThanOrEqual(from);
    expect(to).toBeLessThanOrEqual(end.line * 1e6 + end.column);
    last = from;
  }
}

describe('any text gives a tree or located errors', () => {
  const file = fc.constantFrom(...exampleFiles);
  const piece = fc.oneof(
    fc.constantFrom(
      '{',
      '}',
      '(',
      ')',
      '[',
      ']',
      ';',
      ':',
      ',',
      '.',
      '=',
      '*',
      '&',
      '!',
      '"',
      '\\',
      '\n',
      '@',
      '..',
      '->',
      '/*',
      '*/',
      '//',
      '///',
      'else',
      'in ',
      'thread ',
    ),
    fc.constantFrom(
      'while',
      'do {',
      'scenario "x" {',
      'use a/b',
      ' 0..2]',
      '++',
      '0x',
      'struct ',
      '\uFEFF',
    ),
    fc.string({ unit: 'binary', maxLength: 5 }),
  );
  const cut = fc.double({ min: 0, max: 1, noNaN: true });
  const at = (text: string, where: number): number => Math.floor(where * text.length);

  test('valid files', () => {
    for (const text of exampleFiles) checkResult(text);
  });

  test('pieces put in or over', () => {
    fc.assert(
      fc.property(
        file,
        fc.array(fc.tuple(cut, piece, fc.nat(8)), { minLength: 1, maxLength: 6 }),
        (text, edits) => {
          let edited = text;
          for (const [where, put, over] of edits)
            edited =
              edited.slice(0, at(edited, where)) + put + edited.slice(at(edited, where) + over);
          checkResult(edited);
        },
      ),
      { numRuns: 1500 },
    );
  });

  test('truncated and spliced', () => {
    fc.assert(
      fc.property(file, file, cut, cut, (a, b, first, second) => {
        checkResult(a.slice(0, at(a, first)));
        checkResult(a.slice(0, at(a, first)) + b.slice(at(b, second)));
      }),
      { numRuns: 700 },
    );
  });

  test('pieces alone', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        checkResult(pieces.join(''));
      }),
      { numRuns: 700 },
    );
  });
});

test('a line map knows line ends, a byte order mark and UTF-16 columns', () => {
  const lines = createLineMap('\uFEFFa\r\n\u{1F600}b\n\nc');
  expect(
    [0, 1, 2, 3, 4, 6, 7, 8, 9, 10, 99].map((offset) => Object.values(lines.at(offset)).join(':')),
  ).toEqual(['1:1', '1:1', '1:2', '1:3', '2:1', '2:3', '2:4', '3:1', '4:1', '4:2', '4:2']);
});
