// SPDX-License-Identifier: MIT
import { expect, test } from 'vitest';
import { parseArguments } from './arguments.ts';

const parse = (line: string): unknown => {
  const parsed = parseArguments(line.split(' ').filter(Boolean));
  return parsed.kind === 'error' ? parsed.error : parsed.invocation;
};

test('a full run', () => {
  expect(
    parse(
      'run a.hmm --json --scenario=x --strategy naive --checks=safety --max-states 5 --max-memory 1.5 --time-limit 2 b.hmm',
    ),
  ).toEqual({
    kind: 'run',
    files: ['a.hmm', 'b.hmm'],
    json: true,
    target: null,
    witnesses: false,
    survey: { outcomes: false, reach: null },
    choice: { scenario: 'x', tags: [] },
    allowOnly: false,
    limits: {
      search: { strategy: 'naive', checks: 'safety', maxStates: 5, maxBytes: 1_572_864 },
      timeMs: 2000,
    },
    checkpoints: { file: null, everyMs: 60_000, resume: null },
  });
});

test('a bound on preemptions may be 0', () => {
  expect(parse('run a.hmm --preemptions 0')).toMatchObject({
    limits: { search: { preemptions: 0 } },
  });
});

test('defaults', () => {
  expect(parse('run a.hmm')).toEqual({
    kind: 'run',
    files: ['a.hmm'],
    json: false,
    target: null,
    witnesses: false,
    survey: { outcomes: false, reach: null },
    choice: { scenario: null, tags: [] },
    allowOnly: false,
    limits: { search: { strategy: 'exhaustive', checks: 'all' }, timeMs: null },
    checkpoints: { file: null, everyMs: 60_000, resume: null },
  });
});

test('the form of the reports: as asked, or as the name of the file says', () => {
  const target = (words: string): unknown =>
    (parse(`run a.hmm ${words}`) as { readonly target: unknown }).target;
  expect(target('--format mail')).toEqual({ format: 'mail', file: null, theme: 'light' });
  expect(target('-o x.svg --theme dark')).toEqual({ format: 'svg', file: 'x.svg', theme: 'dark' });
  expect(target('--output=x.md')).toMatchObject({ format: 'markdown' });
  expect(target('--format json -o x.md')).toMatchObject({ format: 'json' });
  expect(parse('run a.hmm -o x')).toMatchObject({ code: 'HMM7003' });
  expect(parse('run a.hmm --format pdf')).toMatchObject({ code: 'HMM7005' });
  expect(parse('run a.hmm --format mail --json')).toMatchObject({ code: 'HMM7005' });
});

test('checkpoints', () => {
  expect(parse('run a.hmm --checkpoint b --checkpoint-every 0.5 --resume c')).toMatchObject({
    checkpoints: { file: 'b', everyMs: 500, resume: 'c' },
  });
  expect(parse('run a.hmm --checkpoint-every 5')).toMatchObject({ code: 'HMM7003' });
});

test('several tags', () => {
  expect(parse('run a.hmm --tag slow --tag=!vfio --allow-only')).toMatchObject({
    choice: { tags: ['slow', '!vfio'] },
    allowOnly: true,
  });
});

test.each([
  ['check a b', { kind: 'check', files: ['a', 'b'] }],
  ['check -- -a', { kind: 'check', files: ['-a'] }],
  [
    'replay f --scenario n h1:1',
    { kind: 'replay', file: 'f', schedule: 'h1:1', scenario: 'n', way: null, depth: null },
  ],
  [
    'replay f --step h1:1',
    { kind: 'replay', file: 'f', schedule: 'h1:1', scenario: null, way: 'step', depth: null },
  ],
  ['ops f', { kind: 'ops', file: 'f', scenario: null }],
  ['explain HMM4101', { kind: 'explain', code: 'HMM4101' }],
  ['fmt', { kind: 'fmt', paths: [], check: false }],
  ['fmt --check a b', { kind: 'fmt', paths: ['a', 'b'], check: true }],
  ['show', { kind: 'show', file: null, profile: null, driver: null }],
  [
    'show --profile linux/5.3 --driver=nouveau/5.3 f',
    { kind: 'show', file: 'f', profile: 'linux/5.3', driver: 'nouveau/5.3' },
  ],
  ['diff a b', { kind: 'diff', before: 'a', after: 'b', file: null }],
  ['diff a b f', { kind: 'diff', before: 'a', after: 'b', file: 'f' }],
  ['--version', { kind: 'version' }],
  ['', { kind: 'help', command: null }],
  ['--help', { kind: 'help', command: null }],
])('%s', (line, invocation) => {
  expect(parse(line)).toEqual(invocation);
});

test.each(['run --help', 'run a --bogus -h', 'help run'])('%s is help about run', (line) => {
  expect(parse(line)).toMatchObject({ kind: 'help', command: { name: 'run' } });
});

const refusals: readonly (readonly [line: string, code: string, help: string | null])[] = [
  ['rum a', 'HMM7001', 'did you mean run?'],
  ['a.hmm', 'HMM7001', 'did you mean hmm run a.hmm?'],
  ['--jsn', 'HMM7002', 'hmm --help lists all'],
  ['run a --jsn', 'HMM7002', 'did you mean --json?'],
  ['check a --json', 'HMM7002', 'usage: hmm check FILE...'],
  ['run', 'HMM7003', 'usage: hmm run FILE... [OPTION...]'],
  ['run a --scenario', 'HMM7003', null],
  ['run a --scenario=', 'HMM7003', null],
  ['replay a', 'HMM7003', 'usage: hmm replay FILE SCHEDULE [OPTION...]'],
  ['ops a b', 'HMM7004', 'usage: hmm ops [FILE] [--scenario NAME]'],
  ['run a --json=1', 'HMM7005', null],
  ['run a --checks some', 'HMM7005', 'it is one of: all, safety'],
  ['run a --strategy dpor', 'HMM7005', 'it is one of: exhaustive, naive, traces'],
  ...['0', '-1', '1.5', 'x', '1e9', '99999999999999999999'].map(
    (value) => [`run a --max-states ${value}`, 'HMM7005', null] as const,
  ),
  ...['-1', '1.5', 'x', '10000'].map(
    (value) => [`run a --preemptions ${value}`, 'HMM7005', null] as const,
  ),
  ...['0', '-1', 'Infinity', '1e3'].map(
    (value) => [`run a --time-limit ${value}`, 'HMM7005', null] as const,
  ),
];

test.each(refusals)('%s is %s', (line, code, help) => {
  expect(parse(line)).toMatchObject({ code, help });
});
