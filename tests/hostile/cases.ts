// SPDX-License-Identifier: MIT
/** Files that nobody writes by hand, each with what must be said about it. */

/** A hostile file. */
export interface HostileCase {
  readonly name: string;
  readonly text: () => string;
  /** Code and place of the first diagnostic, `HMM1008 3:5`; null for a file that compiles. */
  readonly first: string | null;
  /** How many diagnostics; default 1, 51 being as many as are ever shown. */
  readonly count?: number;
}

const scenario = (items: string): string => `scenario "s" {\n${items}\n}\n`;
const thread = (body: string): string => scenario(`int x\nthread A {\n${body}\n}`);
const list = (count: number, item: (i: number) => string, between = '\n'): string =>
  Array.from({ length: count }, (_, i) => item(i)).join(between);

const megabytes = 1_000_000;
const deep = 10_000;
const ok = scenario('int x\nthread A: x = 1');

const characters: readonly HostileCase[] = [
  { name: '10 MB of NUL', text: () => '\0'.repeat(10 * megabytes), first: 'HMM1002 1:1' },
  {
    name: '5 million NULs with blanks',
    text: () => '\0 '.repeat(5 * megabytes),
    first: 'HMM1002 1:1',
    count: 51,
  },
  { name: '10 MB of tabs, then a file', text: () => '\t'.repeat(10 * megabytes) + ok, first: null },
  { name: '5 million empty lines', text: () => '\r\n'.repeat(5 * megabytes) + ok, first: null },
  { name: 'CRLF', text: () => ok.replaceAll('\n', '\r\n'), first: null },
  { name: 'a byte order mark', text: () => `\uFEFF${ok}`, first: null },
  { name: 'two byte order marks', text: () => `\uFEFF\uFEFF${ok}`, first: 'HMM1002 1:1' },
  {
    name: 'invalid UTF-8',
    text: () => new TextDecoder().decode(new Uint8Array([0x20, 0xc3, 0x28, 0xff])),
    first: 'HMM1002 1:2',
    count: 2,
  },
  { name: 'half a surrogate pair', text: () => thread('x = \uD800'), first: 'HMM1002 4:5' },
  { name: 'a line separator', text: () => thread('x\u2028= 1'), first: 'HMM1002 4:2' },
];

const sizes: readonly HostileCase[] = [
  {
    name: 'a name of 10 MB',
    text: () => thread(`x = ${'a'.repeat(10 * megabytes)}`),
    first: 'HMM1020 4:5',
  },
  {
    name: 'a string of 10 MB',
    text: () => `scenario "${'x'.repeat(10 * megabytes)}" { }`,
    first: 'HMM1020 1:10',
  },
  {
    name: 'a profile name of 10 MB',
    text: () => `use ${'a/'.repeat(5 * megabytes)}b\n${ok}`,
    first: 'HMM1020 1:5',
  },
  {
    name: 'a comment of 10 MB',
    text: () => `/*${'*'.repeat(10 * megabytes)}`,
    first: 'HMM1004 1:1',
  },
  {
    name: 'a line of 10 MB',
    text: () => thread('x = 1; '.repeat(1_500_000)),
    first: 'HMM1020 4:874981',
  },
  {
    name: 'a million lines',
    text: () => thread('x = 1\n'.repeat(megabytes)),
    first: 'HMM1020 125001:2',
  },
  { name: 'a million comments', text: () => '//\n'.repeat(megabytes), first: 'HMM1020 500000:3' },
  {
    name: 'a million wrong characters',
    text: () => '@\n'.repeat(megabytes),
    first: 'HMM1002 1:1',
    count: 51,
  },
  {
    name: '80,000 syntax errors',
    text: () => thread('x = = 1\n'.repeat(80_000)),
    first: 'HMM1001 4:5',
    count: 51,
  },
  {
    name: 'one unknown name, 100,000 times',
    text: () => thread('y = 1\n'.repeat(100_000)),
    first: 'HMM2001 4:1',
  },
  {
    name: 'unknown names among 20,000 known ones',
    text: () =>
      scenario(
        `${list(20_000, (i) => `int x${i}`)}\nthread A { ${list(10_000, (i) => `y${i} = 1`)} }`,
      ),
    first: 'HMM2001 20002:12',
    count: 51,
  },
  {
    name: 'a number of 10 MB',
    text: () => thread(`x = ${'9'.repeat(10 * megabytes)}`),
    first: 'HMM1007 4:5',
  },
  {
    name: 'a hexadecimal number of 10 MB',
    text: () => thread(`x = 0x${'f'.repeat(10 * megabytes)}`),
    first: 'HMM1007 4:5',
  },
  {
    name: 'a word of 50,000 words',
    text: () => thread(`f ${'a '.repeat(50_000)}`),
    first: 'HMM2005 4:1',
  },
  {
    name: 'a verb of 50,000 words',
    text: () => `verb ${'a '.repeat(50_000)}() { }\n${ok}`,
    first: 'HMM2019 1:6',
  },
  {
    name: '50,000 parameters',
    text: () => `proc f(${list(50_000, (i) => `int p${i}`, ', ')}) { }\n${thread('f(1)')}`,
    first: 'HMM3003 5:1',
  },
  {
    name: '50,000 arguments',
    text: () => `proc f(int a) { }\n${thread(`f(${'1, '.repeat(50_000)}1)`)}`,
    first: 'HMM3003 5:6',
    count: 1,
  },
];

const nesting: readonly HostileCase[] = [
  ['parentheses', thread(`x = ${'('.repeat(deep)}1${')'.repeat(deep)}`), '4:103'],
  ['blocks', thread('{'.repeat(deep) + '}'.repeat(deep)), '4:99'],
  ['unary operators', thread(`x = ${'!'.repeat(deep)}1`), '4:103'],
  ['binary operators', thread(`x = ${'1+'.repeat(deep)}1`), '4:202'],
  ['if', thread(`${'if (x) '.repeat(deep)}x = 1`), '4:683'],
  ['else if', thread(`if (x) x = 1\n${'else if (x) x = 1\n'.repeat(deep)}`), '101:9'],
  ['either', thread('either { '.repeat(deep) + '} or { }'.repeat(deep)), '4:890'],
  ['array types', scenario(`int a${'[2]'.repeat(deep)}`), '2:303'],
  ['members', thread(`x${'->y'.repeat(deep)} = 1`), '4:296'],
  ['calls', thread(`f${'()'.repeat(deep)}`), '4:198'],
  ['calls in calls', thread(`${'f('.repeat(deep)}1${')'.repeat(deep)}`), '4:198'],
  ['conditionals', thread(`x = ${'x ? 1 : '.repeat(deep)}1`), '4:791'],
].map(([name = '', text = '', place = '']) => ({
  name: `10,000 deep: ${name}`,
  text: () => text,
  first: `HMM1008 ${place}`,
}));

const unbalanced: readonly HostileCase[] = [
  { name: '400,000 open brackets', text: () => '('.repeat(400_000), first: 'HMM1008 1:101' },
  {
    name: '400,000 closing brackets',
    text: () => ')'.repeat(400_000),
    first: 'HMM1011 1:1',
    count: 51,
  },
  {
    name: '100,000 scenarios without an end',
    text: () => 'scenario "s" {\n'.repeat(100_000),
    first: 'HMM1011 1:14',
    count: 51,
  },
];

const models: readonly HostileCase[] = [
  {
    name: '100,000 scenarios',
    text: () => list(100_000, (i) => `scenario "s${i}" { int x; thread A: x = 1 }`),
    first: 'HMM1020 35715:24',
  },
  {
    name: '30,000 scenarios',
    text: () => list(30_000, (i) => `scenario "s${i}" { int x; thread A: x = 1 }`),
    first: 'HMM2019 2001:10',
  },
  {
    name: '30,000 scenarios of one title',
    text: () => 'scenario "s" { int x; thread A: x = 1 }\n'.repeat(30_000),
    first: 'HMM2020 2:10',
    count: 51,
  },
  {
    name: '100,000 threads',
    text: () => scenario(`int x\n${list(100_000, (i) => `thread A${i}: x = 1`)}`),
    first: 'HMM1020 71430:17',
  },
  {
    name: '40,000 threads',
    text: () => scenario(`int x\n${list(40_000, (i) => `thread A${i}: x = 1`)}`),
    first: 'HMM2019 1026:8',
    count: 2,
  },
  {
    name: '2,000,000,000 threads',
    text: () => scenario('int x\nthread A[2000000000]: x = 1'),
    first: 'HMM2019 3:10',
  },
  {
    name: '2,000,000,000 workers',
    text: () => scenario('workqueue w: 2000000000 workers'),
    first: 'HMM2019 2:14',
  },
  {
    name: 'an array of 2,000,000,000',
    text: () => scenario('int a[2000000000]\nthread A: a[0] = 1'),
    first: 'HMM2019 2:7',
  },
  {
    name: 'arrays in arrays',
    text: () =>
      `struct s { int a[60000] }\n${scenario('struct s b[60000]\nthread A: b[0].a[0] = 1')}`,
    first: 'HMM2019 3:10',
  },
  {
    name: 'a pool of 2,000,000,000',
    text: () => `struct s { int a }\n${scenario('pool struct s: 2000000000')}`,
    first: 'HMM2019 3:16',
  },
  {
    name: '2,000,000,000 pages',
    text: () => `use linux/5.3\n${scenario('mm M\nvma h on M: 2000000000 pages rw anon present')}`,
    first: 'HMM2019 4:13',
  },
  {
    name: '100,000 worlds',
    text: () => scenario(list(100_000, (i) => `int x${i}`)),
    first: 'HMM2019 65538:5',
    count: 51,
  },
  {
    name: 'a choice among 2,000,000,000',
    text: () => thread('x = choose(0..2000000000)'),
    first: 'HMM2019 4:5',
  },
  {
    name: '10^40 instances',
    text: () => `scenario "s" ${list(40, (i) => `for p${i} in [0,1,2,3,4,5,6,7,8,9]`, ' ')} { }`,
    first: 'HMM2019 1:10',
  },
  {
    name: 'a list of 200,000 values',
    text: () => `scenario "s" for p in [${list(200_000, String, ',')}] { }`,
    first: 'HMM2019 1:10',
  },
  {
    name: '1,000 instances of 1,000 statements',
    text: () =>
      `scenario "s" ${list(3, (i) => `for p${i} in [0,1,2,3,4,5,6,7,8,9]`, ' ')} {\nint x in 0..99\nthread A {\n${'x = p0 + p1 + p2\n'.repeat(1_000)}} }`,
    first: 'HMM2019 1:10',
  },
  {
    name: '1,000 instances of 10,000 procs',
    text: () =>
      `${list(10_000, (i) => `proc q${i}() { q1() }`)}\nscenario "s" ${list(3, (i) => `for p${i} in [0,1,2,3,4,5,6,7,8,9]`, ' ')} { int x in 0..99; thread A: x = p0 + p1 + p2 }`,
    first: 'HMM2019 10001:10',
  },
  {
    name: '100,000 statements',
    text: () => thread('x = 1\n'.repeat(100_000)),
    first: 'HMM2019 1:10',
  },
];

const chains: readonly HostileCase[] = [
  {
    name: 'structs in each other',
    text: () =>
      `${list(deep, (i) => `struct s${i} { s${i + 1} f }`)}\nstruct s${deep} { int x }\n${scenario('struct s0 f\nint x\nthread A: x = 1')}`,
    first: 'HMM2019 65:8',
    count: 51,
  },
  {
    name: 'structs that double',
    text: () =>
      `${list(60, (i) => `struct s${i} { s${i + 1} f; s${i + 1} g }`)}\nstruct s60 { int x }\n${scenario('struct s0 f\nint x\nthread A: x = 1')}`,
    first: 'HMM2019 10:8',
    count: 3,
  },
  {
    name: 'structs in a circle',
    text: () =>
      `struct a { b f }\nstruct b { a f }\n${scenario('struct a f\nint x\nthread A: x = 1')}`,
    first: 'HMM3012 1:8',
  },
  {
    name: 'constants',
    text: () =>
      `${list(deep, (i) => `const A${i} = A${i + 1}`)}\nconst A${deep} = 1\n${thread('x = A0')}`,
    first: 'HMM2019 21:7',
    count: 51,
  },
  {
    name: 'constants that double',
    text: () =>
      `${list(15, (i) => `const A${i} = A${i + 1} + A${i + 1}`)}\nconst A15 = 0\n${thread('x = A0')}`,
    first: null,
  },
  {
    name: 'procs',
    text: () =>
      `${list(deep, (i) => `proc p${i}() { p${i + 1}() }`)}\nproc p${deep}() { }\n${scenario('thread A: p0()')}`,
    first: null,
  },
  {
    name: 'profiles',
    text: () =>
      `${list(deep, (i) => `profile p${i} extends p${i + 1} { }`)}\nprofile p${deep} { }\nuse p0\n${ok}`,
    first: 'HMM2019 64:21',
    count: 51,
  },
  {
    name: 'profiles in a circle',
    text: () => `profile a extends b { }\nprofile b extends a { }\nuse a\n${ok}`,
    first: 'HMM2015 2:19',
  },
  {
    name: 'gotos',
    text: () => thread(list(deep, (i) => `l${i}: if (x) goto l${(i * 7919) % deep}`)),
    first: null,
  },
  {
    name: '100,000 profiles in use',
    text: () => `use ${list(100_000, (i) => `a/b${i}`, ', ')}\n${ok}`,
    first: 'HMM2011 1:5',
    count: 2,
  },
];

const names: readonly HostileCase[] = [
  {
    name: 'names of JavaScript',
    text: () =>
      'struct __proto__ { int constructor; int __proto__ }\nenum toString { hasOwnProperty, valueOf }\nproc constructor() { }\n' +
      scenario(
        'struct __proto__ __proto__\nint prototype\nenum toString e = valueOf\nthread toString { __proto__.__proto__ = 1; constructor(); e = hasOwnProperty; prototype = 1 }\nthread __proto__: __proto__.constructor = 1\nexpect always __proto__.__proto__ == 1',
      ),
    first: null,
  },
  {
    name: 'an unknown __proto__',
    text: () => thread('__proto__ = 1; x = valueOf; x->__proto__ = 1'),
    first: 'HMM2001 4:1',
    count: 3,
  },
  { name: 'a profile called __proto__', text: () => `use __proto__\n${ok}`, first: 'HMM2011 1:5' },
  {
    name: 'an unknown thread called constructor',
    text: () => scenario('int x\nthread A: x = 1\nexpect deadlock in constructor'),
    first: 'HMM2004 4:20',
  },
];

export const hostileCases: readonly HostileCase[] = [
  ...characters,
  ...sizes,
  ...nesting,
  ...unbalanced,
  ...models,
  ...chains,
  ...names,
];
