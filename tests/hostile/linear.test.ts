// SPDX-License-Identifier: MIT
/**
 * Twice the text is twice the work: parsing, checking and compiling are linear in everything that can be long.
 * What JavaScript does inside of one call (copying, searching) is not counted; hostile.test.ts is about that.
 */

import { afterAll, expect, test } from 'vitest';
import { OperationCounter } from './operations.ts';

const counter = new OperationCounter();
await counter.start();
afterAll(() => counter.stop());

const { compile } = await import('@hmmlab/dsl');
const { createNodeHost } = await import('@hmmlab/dsl/node');
const host = createNodeHost({ root: '.' });

const list = (count: number, item: (i: number) => string, between = '\n'): string =>
  Array.from({ length: count }, (_, i) => item(i)).join(between);
const scenario = (items: string): string => `scenario "s" {\n${items}\n}\n`;
const thread = (body: string): string => scenario(`int x in 0..9\nthread A {\n${body}\n}`);

/** A text that is `n` long in one way. */
const shapes: readonly (readonly [string, (n: number) => string])[] = [
  ['statements', (n) => thread('x = x + 1\n'.repeat(n))],
  ['statements on one line', (n) => thread('x = x + 1; '.repeat(n))],
  ['blocks', (n) => thread('if (x) { x = 1 } else { while (x) x-- }\n'.repeat(n))],
  ['labels', (n) => thread(list(n, (i) => `l${i}: if (x) goto l${(i * 7) % n}`))],
  ['locals', (n) => thread(list(n, (i) => `int l${i} = x; x = l${i}`))],
  [
    'waits',
    (n) => scenario(`int x\nwait_queue w\nthread A { ${'wait_event(w, x == 1)\n'.repeat(n)} }`),
  ],
  ['choices', (n) => thread('either { x = 1 } or { x = choose(0..3) }\n'.repeat(n))],
  [
    'procs',
    (n) =>
      `${list(n, (i) => `proc p${i}() { p${i + 1}() }`)}\nproc p${n}() { }\n${scenario('thread A: p0()')}`,
  ],
  [
    'procs that nobody calls',
    (n) => `${list(n, (i) => `proc p${i}(mutex *m) { mutex_lock(m) }`)}\n${thread('x = 1')}`,
  ],
  [
    'arguments',
    (n) =>
      `proc f(${list(n, (i) => `int p${i}`, ', ')}) { }\n${thread(`f(${list(n, String, ', ')})`)}`,
  ],
  [
    'worlds',
    (n) => scenario(`${list(n, (i) => `int x${i}`)}\nthread A { ${list(n, (i) => `x${i} = 1`)} }`),
  ],
  [
    'expectations',
    (n) => scenario(`int x\nthread A: x = 1\n${'expect sometimes x == 1\n'.repeat(n)}`),
  ],
  [
    'structs',
    (n) =>
      `${list(n, (i) => `struct s${i} { int a; mutex m }`)}\n${scenario(`${list(n, (i) => `struct s${i} w${i}`)}\nthread A: w0.a = 1`)}`,
  ],
  [
    'fields',
    (n) =>
      `struct s { ${list(n, (i) => `int a${i}`)} }\n${scenario(`struct s w\nthread A { ${list(n, (i) => `w.a${i} = 1`)} }`)}`,
  ],
  [
    'members',
    (n) =>
      `enum e { ${list(n, (i) => `E${i}`, ', ')} }\n${scenario(`enum e v\nthread A { ${list(n, (i) => `v = E${i}`)} }`)}`,
  ],
  [
    'constants',
    (n) => `${list(n, (i) => `const C${i} = ${i % 9}`)}\n${thread(list(n, (i) => `x = C${i}`))}`,
  ],
  [
    'verbs',
    (n) =>
      `${list(n, (i) => `verb do it ${i % 2 ? 'so' : 'thus'} w${i} (int y) { y = 1 }`)}\n${thread(list(n, (i) => `do it ${i % 2 ? 'so' : 'thus'} w${i} x`))}`,
  ],
  ['scenarios', (n) => list(n, (i) => `scenario "s${i}" { int x; thread A: x = 1 }`)],
  [
    'profiles',
    (n) => `${list(n, (i) => `profile p${i} { proc f${i}() { } }`)}\nuse p0\n${thread('x = 1')}`,
  ],
  [
    'values of a parameter',
    (n) => `scenario "s" for p in [${list(n, String, ', ')}] { int x; thread A: x = p }`,
  ],
  ['comments', (n) => `/* a */ // b\n${'/// c\n'.repeat(n)}${thread('x = 1 /* d */\n'.repeat(n))}`],
  ['strings', (n) => thread('unreached "a\\"b" x = 1\n'.repeat(n))],
  ['blanks', (n) => `${' \t\r\n'.repeat(n)}${thread('x = 1')}`],
  ['wrong characters', (n) => '@ '.repeat(n)],
  ['syntax errors', (n) => thread('x = = 1\n'.repeat(n))],
  ['open brackets', (n) => '(\n'.repeat(n)],
  ['closing brackets', (n) => ')\n'.repeat(n)],
  ['open scenarios', (n) => 'scenario "s" {\n'.repeat(n)],
  ['errors', (n) => thread('y = 1\n'.repeat(n))],
  ['unused names', (n) => scenario(`int x\nthread A: x = 1\n${list(n, (i) => `int y${i}`)}`)],
];

test.each(shapes)('%s', async (_, text) => {
  const work = (n: number): Promise<number> => {
    const file = text(n);
    return counter.count(() => compile(file, 'file.hmm', host));
  };
  await work(10);
  // V8 forgets what it has counted of code that it throws away in between: then it is counted again.
  const ratio = async (left: number): Promise<number> => {
    const [small, large] = [await work(300), await work(600)];
    expect(small).toBeGreaterThan(300);
    return large / small < 2.1 || left === 0 ? large / small : ratio(left - 1);
  };
  expect(await ratio(2)).toBeLessThan(2.1);
});
