// SPDX-License-Identifier: MIT
/** The command `hmm` from outside: exit codes, JSON, replay, Ctrl-C, a reader that goes away. */

import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type Folder, createFolder, shown } from './hmm.ts';

vi.setConfig({ testTimeout: 60_000 });

const counters = ['a', 'b', 'c', 'd', 'e', 'f'];
const threads = counters.map(
  (name) => `  thread ${name}${name}: ${Array<string>(8).fill(`${name}++`).join('; ')}`,
);

const files = {
  'good.hmm': `scenario "both outcomes" {
  int x
  thread A: x++
  thread B: x++
  expect sometimes x == 1
  expect sometimes x == 2
}
`,
  'bad.hmm': `scenario "ABBA" for swap in [false, true] {
  mutex a, b
  thread one: mutex_lock a; mutex_lock b; mutex_unlock b; mutex_unlock a
  thread two if swap: mutex_lock b; mutex_lock a; mutex_unlock a; mutex_unlock b
}
`,
  'unreached.hmm': `scenario "dead branch" for on in [false, true] {
  int x
  thread A {
    if (x) x = 2
  }
}
`,
  'modes.hmm': `/// The first line.
/// The second.
scenario "wrong" { tags slow, net; int x; thread A { x = 1 }; expect never x == 1 }
skip "no core for it" scenario "pair" for w in [false, true] { int x; thread A if w { x = 1 }; thread B: x = 2 }
skip scenario "silent" { tags net; int x; thread A: x = 1 }
todo scenario "some day"
`,
  'endless.hmm': `scenario "endless" {
  mutex a, b
  thread A { while (true) { mutex_lock a; if (mutex_trylock(b)) break; mutex_unlock a }; mutex_unlock b; mutex_unlock a }
  thread B { while (true) { mutex_lock b; if (mutex_trylock(a)) break; mutex_unlock b }; mutex_unlock a; mutex_unlock b }
}
`,
  'several.hmm': `scenario "several" {
  int x
  thread A: x = 1
  expect deadlock; expect sometimes x == 2
}
`,
  'expected.hmm': `scenario "expected" {
  bool go
  thread A { while (!go) cpu_relax() }
  expect livelock in A
}
`,
  'only.hmm': `scenario "left" { int x; thread A: x = 1 }
only scenario "alone" { int x; thread A: x = 1 }
`,
  'params.hmm': `scenario "typed" for n in [-1] for on in [true] for why in ["busy"] for e in [-EBUSY] {
  errno r
  thread A { if (on && n < 0 && why == "busy") r = e }
}
scenario "bounded" { bound preemptions 1; int x; thread A { x = 1 }; expect holds within preemptions 1 }
scenario "sampled" { sample 3 seed 1; int x; thread A { x = 1 }; expect holds within samples 3 }
`,
  'long.hmm': `scenario "${'many words '.repeat(12)}" { int x; thread A: x = 1 }
skip "${'many words '.repeat(12)}" scenario "left out" { int x; thread A: x = 1 }
scenario "wrong" {
  int x
  thread A { x = 1; BUG_ON(x == 1 && x != 2 && x != 3 && x != 4 && x != 5 && x != 6 && x != 7 && x != 8 && x != 9) }
}
`,
  'invalid.hmm': `scenario "x" {\n  thread A: mutex_lock nothing\n}\n`,
  'huge.hmm': `scenario "huge" {\n  int ${counters.join(', ')}\n${threads.join('\n')}\n}\nscenario "next" {\n  int x\n  thread A: x = 1\n}\n`,
};

let folder: Folder;

beforeAll(() => {
  folder = createFolder(files);
});
afterAll(() => folder.dispose());

interface JsonFinding {
  readonly code: string;
  readonly line: number;
  readonly counterexample: { readonly schedule: string; readonly steps: readonly unknown[] };
}

interface Json {
  readonly version: string;
  readonly diagnostics: readonly { readonly code: string; readonly file: string | null }[];
  readonly scenarios: readonly {
    readonly name: string;
    readonly outcome: string;
    readonly doc: string | null;
    readonly tags: readonly string[];
    readonly verdict: { readonly kind: string; readonly why: string | null } | null;
    readonly findings: readonly JsonFinding[];
    readonly diagnostics: readonly { readonly code: string; readonly line: number }[];
  }[];
  readonly notRun: readonly unknown[];
}

type Answer = Promise<Json & { readonly exit: number | null }>;

const json = (...words: readonly string[]): Answer => jsonWith({}, ...words);

async function jsonWith(variables: NodeJS.ProcessEnv, ...words: readonly string[]): Answer {
  const { code, out, err } = await folder.start('run', '--json', ...words, variables).finished;
  expect(err).toBe('');
  return { ...(JSON.parse(out) as Json), exit: code };
}

test('1: how far the search went stands below the last of several reports, and nowhere else', async () => {
  const { out } = await folder.hmm('run', 'several.hmm');
  expect(out.match(/\((?:HMM4902|HMM4901)\)/g)).toEqual(['(HMM4901)', '(HMM4902)']);
  expect(out.match(/^\d+ states, .*all schedules/gm)).toHaveLength(1);
  expect(out).toMatch(/^ {2}5 \| }\n\n\d+ states/m);
});

test('1: what --checks safety does not look for is not said to be out of reach', async () => {
  const { code, out } = await folder.hmm('run', '--checks', 'safety', 'expected.hmm');
  expect(code).toBe(1);
  expect(out).toContain('not_found (HMM4901): livelock in A: this search does not look for it');
  expect((await folder.hmm('run', 'expected.hmm')).code).toBe(0);
});

test('0: every expectation is met; no colours in a pipe', async () => {
  const { code, out, err } = await folder.hmm('run', 'good.hmm');
  expect(out).toContain('ok  good.hmm:1  both outcomes');
  expect(out).toMatch(/1 passed\n$/);
  expect(out + err).not.toContain('\u001b');
  expect(code).toBe(0);
});

test('1: a finding, with the report and a replay line that works', async () => {
  const { code, out } = await folder.hmm('run', 'bad.hmm', 'good.hmm');
  expect(code).toBe(1);
  expect(out).toContain('deadlock (HMM4101)');
  expect(out).toMatch(/2 passed, 1 failed\n$/);
  const { scenarios } = await json('bad.hmm');
  const schedule = scenarios[1]?.findings[0]?.counterexample.schedule ?? '';
  const replayed = await folder.hmm(
    'replay',
    'bad.hmm',
    '--scenario',
    'ABBA [swap=true]',
    schedule,
  );
  expect(replayed.code).toBe(0);
  expect(replayed.out).toContain('deadlock (HMM4101)');
});

test('replay: an endless schedule repeats itself; one that does not fit says what to do', async () => {
  const { scenarios } = await json('endless.hmm');
  const schedule = scenarios[0]?.findings[0]?.counterexample.schedule ?? '';
  const { out } = await folder.hmm('replay', 'endless.hmm', schedule);
  expect(out).toMatch(/as it was before step 1: from there on this can go on for ever\n$/);
  const begun = await folder.hmm('replay', 'endless.hmm', schedule.replace(/\..*/s, ''));
  expect(begun.out).toMatch(/some threads can still go on\n$/);
  const old = await folder.hmm('replay', 'endless.hmm', 'h1:00000000:0');
  expect(old.err).toContain('help: the scenario is not as it was: `hmm run endless.hmm` prints');
  expect((await folder.hmm('replay', 'endless.hmm', '0.1')).err).toContain('last line of a report');
});

test('1: a statement that no instance reaches, unless instances are left out', async () => {
  const all = await json('unreached.hmm');
  expect(all.exit).toBe(1);
  expect(all.scenarios.map(({ outcome }) => outcome)).toEqual(['passed', 'failed']);
  expect(all.scenarios[1]?.diagnostics).toMatchObject([{ code: 'HMM4903', line: 4 }]);
  const one = await json('unreached.hmm', '--scenario', 'dead branch [on=true]');
  expect(one.exit).toBe(0);
  expect((await json('unreached.hmm', '--scenario', 'dead branch')).exit).toBe(1);
});

test('2: a limit', async () => {
  const { exit, scenarios } = await json('huge.hmm', '--max-states', '100');
  expect(exit).toBe(2);
  expect(scenarios.map(({ outcome }) => outcome)).toEqual(['inconclusive', 'passed']);
  expect(scenarios[0]?.verdict).toMatchObject({ kind: 'inconclusive', why: 'state-limit' });
});

test('2: the time limit', async () => {
  const { exit, scenarios } = await json('huge.hmm', '--time-limit', '0.2');
  expect(exit).toBe(2);
  expect(scenarios[0]?.verdict?.why).toBe('time-limit');
});

test('3: errors with code frames; the other files still run', async () => {
  const { code, out, err } = await folder.hmm('run', 'invalid.hmm', 'missing.hmm', 'good.hmm');
  expect(code).toBe(3);
  expect(err).toMatch(/^invalid\.hmm:2:24: error HMM2\d\d\d: /);
  expect(err).toContain('2 |   thread A: mutex_lock nothing');
  expect(err).toContain("error HMM7006: there is no file 'missing.hmm'");
  expect(out).toMatch(/1 passed\n$/);
});

test('3 as JSON: one object, errors in it', async () => {
  const { exit, diagnostics, scenarios } = await json('invalid.hmm', 'missing.hmm', 'good.hmm');
  expect(exit).toBe(3);
  expect(diagnostics.map(({ file }) => file)).toEqual(['invalid.hmm', null]);
  expect(scenarios.map(({ outcome }) => outcome)).toEqual(['invalid', 'passed']);
  const none = await json('good.hmm', '--scenario', 'both outcome');
  expect(none.exit).toBe(3);
  expect(none.diagnostics).toMatchObject([{ code: 'HMM7007' }]);
});

test('Ctrl-C: what is known so far; the first result shows that the command is at work', async () => {
  const running = folder.start('run', '--max-states', '100000000', 'good.hmm', 'huge.hmm');
  await shown(running, 'both outcomes');
  running.child.kill('SIGINT');
  const { code, out } = await running.finished;
  expect(code).toBe(2);
  expect(out).toContain('INCONCLUSIVE  huge.hmm:1  huge\n    inconclusive (interrupted): ');
  expect(out).toMatch(/1 passed, 2 inconclusive\n$/);
});

test('a reader that goes away ends it without a stack', async () => {
  const { child, finished } = folder.start('run', 'good.hmm', 'bad.hmm', 'huge.hmm');
  child.stdout?.destroy();
  const { err } = await finished;
  expect(err).toBe('');
});

test('what does not run is said, and what a failing scenario says about itself', async () => {
  const { code, out } = await folder.hmm('run', 'modes.hmm', 'only.hmm');
  expect(code).toBe(1);
  expect(out).toContain('FAILED  modes.hmm:3  wrong\n    The first line. The second.\n');
  expect(out).toContain(`skipped  modes.hmm:4  pair [w=false]: no core for it
skipped  modes.hmm:4  pair [w=true]: no core for it
skipped  modes.hmm:5  silent
todo  modes.hmm:6  some day
ok  only.hmm:2  alone
`);
  expect(out).toMatch(/1 passed, 1 failed, 3 skipped, 1 todo, 1 left out by only\n$/);
});

test('JSON has an entry for what runs, and another list for what does not', async () => {
  const { exit, scenarios, notRun } = await json('modes.hmm', 'only.hmm', '--tag', '!slow');
  expect(exit).toBe(0);
  expect(scenarios.map(({ name }) => name)).toEqual(['alone']);
  expect(notRun).toEqual([
    ...['pair [w=false]', 'pair [w=true]'].map((name) => ({
      file: 'modes.hmm',
      line: 4,
      name,
      why: 'skip',
      reason: 'no core for it',
    })),
    { file: 'modes.hmm', line: 5, name: 'silent', why: 'skip', reason: null },
    { file: 'modes.hmm', line: 6, name: 'some day', why: 'todo', reason: null },
    { file: 'only.hmm', line: 1, name: 'left', why: 'only', reason: null },
  ]);
  const tagged = await json('modes.hmm', '--tag', 'slow');
  expect(tagged.scenarios).toMatchObject([
    { name: 'wrong', doc: 'The first line.\nThe second.', tags: ['slow', 'net'] },
  ]);
  expect(tagged.notRun).toEqual([]);
});

test('JSON has the place of an `only`, parameters as they are, and the strategy that searched', async () => {
  const { exit, diagnostics } = await jsonWith({ CI: 'true' }, 'only.hmm');
  expect(exit).toBe(3);
  expect(diagnostics).toEqual([
    {
      code: 'HMM7009',
      severity: 'error',
      file: 'only.hmm',
      line: 2,
      column: 1,
      message: '`only` before "alone", and CI is set',
    },
  ]);
  const { scenarios } = await json('params.hmm');
  expect(scenarios).toMatchObject([
    {
      name: 'typed [n=-1, on=true, why=busy, e=-EBUSY]',
      params: [
        { name: 'n', value: -1 },
        { name: 'on', value: true },
        { name: 'why', value: 'busy' },
        { name: 'e', value: '-EBUSY' },
      ],
      verdict: { coverage: { strategy: 'exhaustive' } },
    },
    { params: [], verdict: { coverage: { strategy: 'bounded' } } },
    { params: [], verdict: { coverage: { strategy: 'sampled' } } },
  ]);
  const naive = await json('--strategy', 'naive', '--scenario', 'typed', 'params.hmm');
  expect(naive.scenarios).toMatchObject([{ verdict: { coverage: { strategy: 'naive' } } }]);
});

test('lines fit, also of what passes, of what is left out and of a replayed finding', async () => {
  const { out } = await folder.hmm('run', 'long.hmm');
  const lines = out.split('\n');
  expect(lines.filter((line) => line.length > 100)).toEqual([]);
  expect(lines[0]).toMatch(/^ok {2}long\.hmm:1 {2}many words many/);
  expect(lines[1]).toMatch(/^ {2}words many words/);
  expect(out).toMatch(/^ {4}holds; .*\n {6}.*not checked/m);
  expect(out).toMatch(/^skipped {2}long\.hmm:\d+ {2}left out: many/m);
  const schedule = /h1:[^\s"]+/.exec(out)?.[0] ?? '';
  const replayed = await folder.hmm('replay', 'long.hmm', '--scenario', 'wrong', schedule);
  expect(replayed.out).toContain('assertion (HMM4001): BUG_ON(');
  expect(replayed.out.split('\n').filter((line) => line.length > 100)).toEqual([]);
});

test('tags that fit nothing, and only where nobody looks', async () => {
  const none = await folder.hmm('run', 'modes.hmm', '--tag', 'slow', '--tag', '!net');
  expect(none.code).toBe(3);
  expect(none.err).toContain('error HMM7007: no scenario fits --tag slow --tag !net');
  expect(none.err).toContain('the tags are: net, slow');
  const ci = await folder.start('run', 'good.hmm', 'only.hmm', { CI: 'true' }).finished;
  expect(ci).toMatchObject({ code: 3, out: 'no scenario ran\n' });
  expect(ci.err).toContain('only.hmm:2:1: error HMM7009: `only` before "alone", and CI is set');
});

test('ops shows each statement with its operations', async () => {
  const { code, out } = await folder.hmm('ops', 'bad.hmm');
  expect(code).toBe(0);
  expect(out).toContain('scenario "ABBA"');
  expect(out).toMatch(/3 \| thread one: mutex_lock a/);
  expect(out).toMatch(/\* +\d+ +mutex_lock\(&a\)/);
});

test('check, explain, help and version', async () => {
  expect(await folder.hmm('check', 'good.hmm', 'bad.hmm')).toEqual({
    code: 0,
    out: 'good.hmm: 1 scenario, 1 instance\nbad.hmm: 1 scenario, 2 instances\n',
    err: '',
  });
  expect((await folder.hmm('check', 'good.hmm', 'invalid.hmm')).code).toBe(3);
  expect((await folder.hmm('explain', 'hmm4101')).out).toMatch(/^# HMM4101: deadlock\n/);
  expect((await folder.hmm('explain', 'deadlock')).out).toMatch(/^# HMM4101: deadlock\n/);
  expect((await folder.hmm('explain', 'dedlock')).err).toContain('did you mean deadlock?');
  expect((await folder.hmm('--help')).out).toContain('Exit codes');
  expect((await folder.hmm('fmt', '--help')).out).toContain('1  with --check: some files');
  expect((await folder.hmm('run', '--help')).out).toContain('--max-states N');
  expect((await folder.hmm('--version')).out).toMatch(/^\d+\.\d+\.\d+\n$/);
});

test('without a code or a file: every code, every primitive', async () => {
  const codes = await folder.hmm('explain');
  expect(codes.code).toBe(0);
  expect(codes.out).toMatch(/^HMM4101 {2}deadlock: /m);
  expect(codes.out).toMatch(/^HMM7008 {2}unknown-code: /m);
  const primitives = await folder.hmm('ops');
  expect(primitives.out).toMatch(/^mutex_trylock\(mutex\) -> bool +kernel\/locking\/mutex\.c/m);
});
