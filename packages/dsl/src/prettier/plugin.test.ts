// SPDX-License-Identifier: MIT
import { check, format, formatWithCursor, type Options } from 'prettier';
import { describe, expect, test } from 'vitest';
import * as plugin from './plugin.ts';

const hmm = (text: string, options: Options = {}): Promise<string> =>
  format(text, { parser: 'hmm', plugins: [plugin], ...options });

/** Formats `before`, and the result once more. */
async function expectFormat(before: string, after: string, options: Options = {}): Promise<void> {
  expect(await hmm(before, options)).toBe(after);
  expect(await hmm(after, options)).toBe(after);
}

const inScenario = (lines: string): string =>
  `scenario "x" {\n${lines.replaceAll(/^(?=.)/gm, '  ')}}\n`;

/** `before` and `after` are items of a scenario; `after` is written without indentation. */
const expectItems = (before: string, after: string, options: Options = {}): Promise<void> =>
  expectFormat(`scenario "x" {${before}}`, inScenario(after), options);

const inThread = (lines: string): string =>
  inScenario(`thread A {\n${lines.replaceAll(/^(?=.)/gm, '  ')}}\n`);
const expectStatements = (before: string, after: string, options: Options = {}): Promise<void> =>
  expectFormat(`scenario "x" { thread A {\n${before}\n} }`, inThread(after), options);

describe('spaces', () => {
  test.each([
    ['x=-1', 'x = -1'],
    ['x=- -1', 'x = - -1'],
    ['x=a-(-b)', 'x = a - (-b)'],
    ['x = ! ! done', 'x = !!done'],
    ['x = a&&& b', 'x = a && &b'],
    ['x=f( a,b ,block:true )', 'x = f(a, b, block: true)'],
    ['x = a?b:c', 'x = a ? b : c'],
    ['p -> q . r [ 3 ] = 1', 'p->q.r[3] = 1'],
    ['struct foo * p=kmalloc( foo )', 'struct foo *p = kmalloc(foo)'],
    ['int n in 0 .. 3=1,m', 'int n in 0..3 = 1, m'],
    ['reclaim heap [ 0 .. 2 )', 'reclaim heap[0..2)'],
    ['fault range R,( -1 )', 'fault range R, (-1)'],
    ['n ++', 'n++'],
    ['++ n', '++n'],
    ['x <<=1', 'x <<= 1'],
    ['return(x)', 'return (x)'],
    ['if(x)return', 'if (x) return'],
    ['for(;;){ }', 'for (;;) {}'],
    ['while(x) ;', 'while (x);'],
    ['for(int i=0;i<3;i ++ )f( i )', 'for (int i = 0; i < 3; i++) f(i)'],
    ['for(struct foo*f in l)g(f)', 'for (struct foo *f in l) g(f)'],
    ['for(struct foo*f,*n in l)g(f)', 'for (struct foo *f, *n in l) g(f)'],
    ['{ }', '{}'],
    ['x = 1;;; y = 2;', 'x = 1\ny = 2'],
  ])('%s', (before, after) => expectStatements(before, `${after}\n`));
});

test('the lists of a scenario stand apart from the words before them', () =>
  expectFormat(
    'scenario "x" for k in[1,2] under["tiny/1"] { int n; expect holds under["tiny/1"] }',
    'scenario "x" for k in [1, 2] under ["tiny/1"] {\n  int n\n  expect holds  under ["tiny/1"]\n}\n',
  ));

describe('statements', () => {
  test('bodies of control flow stand on lines of their own', () =>
    expectStatements(
      'if (a) { b() } else if (c) d() else { e() }\ndo { f() } while (g)\nif (a) b(); else c()',
      `if (a) {
  b()
} else if (c) d()
else {
  e()
}
do {
  f()
} while (g)
if (a) b()
else c()
`,
    ));

  test('a block does not come to belong to the word before it', () =>
    expectStatements(
      'relax; { x = 1 }\nrelax; // why\n// indeed\n{ y = 2 }\n{ z = 3 }',
      'relax;\n{\n  x = 1\n}\nrelax; // why\n// indeed\n{\n  y = 2\n}\n{\n  z = 3\n}\n',
    ));

  test('labels stand one level to the left', () =>
    expectFormat(
      'proc f() {\nx = 1\n\n\nout: y = 2\n}',
      'proc f() {\n  x = 1\n\nout:\n  y = 2\n}\n',
    ));

  test('also in a body that was on one line and does not fit', () =>
    expectFormat(
      'proc f() { x = 1; here: y = 2; out: }',
      'proc f() {\n  x = 1\nhere:\n  y = 2\nout:\n}\n',
      { printWidth: 22 },
    ));

  test('what hangs behind a condition moves down if it is too long', () =>
    expectFormat(
      'proc f() { if (first && second) return third; while (first || second && third) x() }',
      `proc f() {
  if (first && second)
    return third
  while (
    first ||
    second && third
  )
    x()
}
`,
      { printWidth: 22 },
    ));

  test('parameters fill their lines, strings stand one on each', async () => {
    await expectFormat(
      'proc f(int aaa, int bbb, int ccc, int ddd) -> errno { return 0 }',
      'proc f(\n  int aaa, int bbb, int ccc,\n  int ddd\n) -> errno { return 0 }\n',
      { printWidth: 30 },
    );
    await expectFormat(
      'scenario "x" for y in [1, 2] under ["linux/5.2", "linux/5.3"] { expect holds }',
      'scenario "x" for y in [1, 2] under [\n  "linux/5.2",\n  "linux/5.3"\n] {\n  expect holds\n}\n',
      { printWidth: 60 },
    );
  });

  test('an expression is broken after its loosest operators', () =>
    expectItems(
      'expect always aaaa == 1 && bbbb == 2 || cccc == 3 && dddd == 4',
      `expect always aaaa == 1 && bbbb == 2 ||
  cccc == 3 && dddd == 4
`,
      { printWidth: 44 },
    ));
});

describe('lists in braces', () => {
  test('stay on one line if they were written so and fit', async () => {
    await expectFormat('struct a{int x;mutex m}', 'struct a { int x; mutex m }\n');
    await expectFormat('struct a{int x\nmutex m}', 'struct a {\n  int x\n  mutex m\n}\n');
    await expectFormat('struct a { int x; mutex m }', 'struct a {\n  int x\n  mutex m\n}\n', {
      printWidth: 20,
    });
    await expectFormat('enum e { A,B, }', 'enum e { A, B }\n');
    await expectFormat(
      'enum e {\nA, // one\nB // two\n}',
      'enum e {\n  A, // one\n  B // two\n}\n',
    );
    await expectFormat('ops o t={a:b,\nc:d}', 'ops o t = {\n  a: b,\n  c: d\n}\n');
    await expectItems('int a[2]={1,2,},b', 'int a[2] = { 1, 2 }, b\n');
    await expectItems('int a[2]={1,\n2},b', 'int a[2] = {\n  1,\n  2\n}, b\n');
    await expectStatements(
      'await a{x()}or b{\ny() }\nor c {}',
      'await a { x() } or b {\n  y()\n} or c {}\n',
    );
  });

  test('keep one blank line where there are any, none at their ends', () =>
    expectItems('\n\n\nint x\n\n\n\nint y\n\n', 'int x\n\nint y\n'));
});

describe('one-line threads', () => {
  test('have their statements in one column', () =>
    expectItems(
      'thread A:x=1;y=2\nthread longer:if(x)y++\nthread B if c:z=1\ndaemon thread D:w=1\n\nthread E:x=2',
      `thread A:      x = 1; y = 2
thread longer: if (x) y++
thread B if c: z = 1
daemon thread D: w = 1

thread E: x = 2
`,
    ));

  test('become blocks if they do not fit', () =>
    expectItems(
      'thread A: mutex_lock a; mutex_unlock a',
      'thread A {\n  mutex_lock a\n  mutex_unlock a\n}\n',
      { printWidth: 39 },
    ));

  test('stay as they are if they just fit', () =>
    expectItems(
      'thread A: mutex_lock a; mutex_unlock a',
      'thread A: mutex_lock a; mutex_unlock a\n',
      {
        printWidth: 40,
      },
    ));

  test('have no columns where these would not fit', () =>
    expectItems(
      'thread A: x = 1; y = 2; z = 3\nthread much_longer: x = 1',
      'thread A: x = 1; y = 2; z = 3\nthread much_longer: x = 1\n',
      { printWidth: 35 },
    ));

  test('without a statement become an empty block', () =>
    expectItems('thread A: ;\nthread B: x = 1', 'thread A {}\nthread B: x = 1\n'));

  test('keep comments between their statements', () =>
    expectItems(
      'thread A: /* first */ x = 1; /* and */ y = 2 // end\n',
      'thread A: /* first */ x = 1; /* and */ y = 2 // end\n',
    ));
});

test('expectations have their conditions and suffixes in columns', () =>
  expectItems(
    `expect deadlock on lock in A if x under ["a"]
expect holds under ["b"]
expect never y == 1 if !x
expect sometimes y == 1 && z
expect sometimes z

expect holds if x`,
    `expect deadlock on lock in A  if x  under ["a"]
expect holds                        under ["b"]
expect never     y == 1       if !x
expect sometimes y == 1 && z
expect sometimes z

expect holds  if x
`,
  ));

describe('comments', () => {
  test('stay where they are, to the byte', async () => {
    const text = `// first

/// doc
///   indented
scenario "x" { // opens
  // alone
  int x // behind

  /* one line */
  /* two
 lines */
  int y in 0.. /* here */ 3
  thread A {
    f(
      a, // first
      // before b
      b /* c */
    )
    if (x) // why
      return
    // last
  }
  // very last
}
// end
`;
    await expectFormat(text, text);
  });

  test('a file of comments, and an empty one', async () => {
    await expectFormat('\n\n// a\n\n\n// b', '// a\n\n// b\n');
    await expectFormat('  \n ', '');
    await expectFormat(' \n;;', '');
  });

  test('between the parts of a statement keep their lines', async () => {
    const text = `proc f() // head
{
  if (a) {
    x()
  } // then
  else {
    y()
  }
  if (a) x() // then
  // or
  else y()
  do {
    z()
  } /* until */ while (z)
}
`;
    await expectFormat(text, text);
  });

  test('a comma never ends up in a comment', () =>
    expectStatements('f(a // first\n, b)', 'f(\n  a, // first\n  b\n)\n'));

  test('two never become one when the mark between them moves or goes', async () => {
    await expectStatements('f(a // 1\n, // 2\nb)', 'f(\n  a, // 1\n  // 2\n  b\n)\n');
    await expectStatements('x() // 1\n; // 2\ny()', 'x() // 1\n// 2\n\ny()\n');
  });

  test('a doc comment above a stray semicolon does not get to another item', () =>
    expectItems('\n/// about nothing\n;\nint x', '/// about nothing\n\nint x\n'));
});

describe('prettier-ignore', () => {
  test('leaves an element alone, in lists of every kind', () =>
    expectFormat(
      '// prettier-ignore\nstruct  a { int   x }\nstruct  b { int   x }\nproc f() {\n// prettier-ignore\nx  =  1\n}',
      '// prettier-ignore\nstruct  a { int   x }\nstruct b { int x }\nproc f() {\n  // prettier-ignore\n  x  =  1\n}\n',
    ));

  test('keeps the lines of what it leaves alone', async () => {
    const text = 'scenario "x" {\n  // prettier-ignore\n  expect holds  under [\n"a",   "b"]\n}\n';
    await expectFormat(text, text);
  });
});

describe('a range', () => {
  const text = `scenario  "x" {
    int  x
    int  y

    thread A:   x  = 1
    thread long:   y  = 1
    thread B {
            x  =  2
            y  =  2
    }
}
scenario  "y"  {}
`;
  const ranged = (part: string): Promise<string> => {
    const rangeStart = text.indexOf(part);
    return hmm(text, { rangeStart, rangeEnd: rangeStart + part.length });
  };
  const replaced = (...changes: readonly (readonly [string, string])[]): string =>
    changes.reduce((result, [before, after]) => result.replace(before, after), text);

  test('is the elements that it touches', async () => {
    expect(await ranged('int  y')).toBe(replaced(['    int  y', '  int y']));
    expect(await ranged('y  =  2')).toBe(replaced(['            y  =  2', '    y = 2']));
    expect(await ranged('"y"')).toBe(replaced(['scenario  "y"  {}', 'scenario "y" {}']));
  });

  test('takes those in that share its columns', async () => {
    expect(await ranged('x  = 1')).toBe(
      replaced(
        ['    thread A:   x  = 1', '  thread A:    x = 1'],
        ['    thread long:   y  = 1', '  thread long: y = 1'],
      ),
    );
  });

  test('may touch nothing, or be in a file with errors', async () => {
    expect(await hmm(text, { rangeStart: text.length - 1, rangeEnd: text.length })).toBe(text);
    await expect(hmm('scenario {', { rangeStart: 1, rangeEnd: 3 })).rejects.toThrow('HMM1011');
  });
});

test('fences in Markdown, also indented ones; one with an error is left alone', async () => {
  const markdown = (code: string): string => `Text\n\n- item\n\n  \`\`\`hmm ok\n${code}  \`\`\`\n`;
  const options: Options = { parser: 'markdown' };
  await expectFormat(
    markdown('  scenario  "x" {\n  int  x }\n'),
    markdown('  scenario "x" {\n    int x\n  }\n'),
    options,
  );
  await expectFormat(markdown('  scenario  {\n'), markdown('  scenario  {\n'), options);
});

test('a syntax error has a place', async () => {
  const error: unknown = await hmm('scenario "x" {\n  thread A: x = = 1\n}\n').catch(
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(SyntaxError);
  expect(error).toMatchObject({ loc: { start: { line: 2, column: 17 } } });
  expect(String(error)).toContain('HMM1001');
});

test('options: tabs, line ends, width', async () => {
  const text = 'scenario "x" {\n  thread A {\n    x = 1\n  }\n}\n';
  expect(await hmm(text, { useTabs: true })).toBe(text.replaceAll('  ', '\t'));
  expect(await hmm(text, { tabWidth: 4 })).toBe(text.replaceAll('  ', '    '));
  expect(await hmm(text, { endOfLine: 'crlf' })).toBe(text.replaceAll('\n', '\r\n'));
  expect(await hmm(text.replaceAll('\n', '\r\n'))).toBe(text);
  expect(await hmm(`\uFEFF${text}`)).toBe(`\uFEFF${text}`);
  const long = `expect holds  under ["${'x'.repeat(30)}", "${'y'.repeat(33)}"]`;
  await expectItems(long, `${long}\n`);
});

test('the file name decides, and editors can ask', async () => {
  expect(await check('int', { filepath: 'a.txt', plugins: [plugin] }).catch(String)).toContain(
    'No parser',
  );
  expect(await check('struct a {}\n', { filepath: 'a.hmm', plugins: [plugin] })).toBe(true);
  const { formatted } = await formatWithCursor('struct  a {}', {
    cursorOffset: 8,
    parser: 'hmm',
    plugins: [plugin],
  });
  expect(formatted).toBe('struct a {}\n');
});

describe('which schedules are searched', () => {
  test('spaces', () =>
    expectItems(
      `bound   preemptions 2,steps n+1
assume A . here   before reader [1] . there
schedule A * 3,reader[ 1 ]  way 2 , B timeout *2
schedule   "h1:12345678:0"
sample 1000   seed 7`,
      `bound preemptions 2, steps n + 1
assume A.here before reader[1].there
schedule A*3, reader[1] way 2, B timeout*2
schedule "h1:12345678:0"
sample 1000 seed 7
`,
    ));

  test('expectations', () =>
    expectItems(
      `expect eventually   finished(A) within preemptions 2,steps 9 if x
expect always x within steps 9
expect a==1 leads   to b`,
      `expect eventually finished(A) within preemptions 2, steps 9  if x
expect always     x within steps 9
expect a == 1 leads to b
`,
    ));
});
