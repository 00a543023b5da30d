// SPDX-License-Identifier: MIT
/** .hmm files in a real `vitest run`: what is registered, where it stands, how it fails. */

import { afterEach, expect, test, vi } from 'vitest';
import { type Project, createProject } from './project.ts';

vi.setConfig({ testTimeout: 60_000 });

const LOST = `scenario "lost update" {
  int x
  thread A: x++
  thread B: x++
  expect always x == 2
}
`;

const FOUND = `// A comment first.

  scenario "both outcomes" {
  int x
  thread A: x++
  thread B: x++
  expect sometimes x == 1
  expect sometimes x == 2
}

scenario "ABBA" for swap in [false, true] {
  mutex a, b
  thread one: mutex_lock a; mutex_lock b; mutex_unlock b; mutex_unlock a
  thread two if swap: mutex_lock b; mutex_lock a; mutex_unlock a; mutex_unlock b
  expect deadlock if swap
  expect holds if !swap
}
`;

let project: Project | undefined;

afterEach(() => {
  project?.dispose();
  project = undefined;
});

function open(files: Readonly<Record<string, string>>): Project {
  project = createProject(files);
  return project;
}

test('one test per instance, at the scenario keyword, and one for all instances', async () => {
  const run = await open({ 'a.hmm': FOUND }).run('--reporter=verbose', '--includeTaskLocation');
  expect(run.output).toContain('a.hmm:3 > both outcomes');
  expect(run.output).toContain('a.hmm:11 > ABBA [swap=false]');
  expect(run.output).toContain('a.hmm:11 > ABBA [swap=true]');
  expect(run.output).toContain('a.hmm:11 > ABBA: every statement is reached');
  expect(run.output).toContain('4 passed (4)');
  expect(run.code).toBe(0);
});

test('a scenario that passes shows its outcomes, and the witness of what it expects', async () => {
  const run = await open({ 'a.hmm': FOUND }).run('--reporter=verbose');
  expect(run.output).toMatch(/↳ 2 final states:\n(?:.*\n)*? *Sometimes .* x == 1/);
  expect(run.output).toContain('runs 2 of 2 statements of the scenario');
  expect(run.output).toContain('two  mutex_lock a: queues  a queue: + two  <- waits for one');
});

test('a finding fails with its place, its code frame and both schedules', async () => {
  const { output, code } = await open({ 'a.hmm': LOST }).run();
  expect(code).toBe(1);
  expect(output).toContain('outcome (HMM4003)');
  expect(output).toContain('❯ a.hmm:5:');
  expect(output).toContain('- passing schedule');
  expect(output).toContain('+ failing schedule');
  expect(output).toContain('hmm replay a.hmm');
});

test('file:line runs that scenario, -t others; then not every instance runs', async () => {
  const files = open({ 'a.hmm': FOUND });
  const byLine = await files.run('a.hmm:3');
  expect(byLine.output).toContain('1 passed | 3 skipped');
  const byName = await files.run('-t', 'swap=true|every statement', '--reporter=verbose');
  expect(byName.output).toContain('1 passed | 3 skipped');
  expect(byName.output).toContain('not every instance of the scenario runs');
});

test('an imported file is tested once, and one without scenarios has a test of its own', async () => {
  const run = await open({
    'a.hmm': `import "./lib.hmm"\nscenario "uses it" {\n  int x\n  thread A: x = one()\n  expect always x == 1\n}\n`,
    'b.hmm': `import "./a.hmm"\nscenario "imports scenarios" {\n  int x\n  thread A: x = 1\n}\n`,
    'lib.hmm': 'proc one() -> int { return 1 }\n',
  }).run('--reporter=verbose');
  expect(run.code).toBe(0);
  expect(run.output.match(/✓/g)).toHaveLength(3);
  expect(run.output).toContain('lib.hmm > definitions are well-formed');
});

test('every error of a file is shown at its place with a code frame', async () => {
  const { output, code } = await open({
    'a.hmm': `scenario "two mistakes" {\n  mutex lock\n  thread A: mutex_lock lok\n  thread B: mutex_unlock luck\n}\n`,
  }).run();
  expect(code).toBe(1);
  expect(output).toContain('❯ a.hmm:3:24');
  expect(output).toContain('❯ a.hmm:4:26');
  expect(output).toContain('  3|   thread A: mutex_lock lok');
  expect(output).toContain('  4|   thread B: mutex_unlock luck');
});

test('a syntax error fails the file at its place', async () => {
  const { output, code } = await open({ 'a.hmm': 'scenario "x" {\n  thread A: x ++ +\n}\n' }).run();
  expect(code).toBe(1);
  expect(output).toMatch(/HMM1\d\d\d/);
  expect(output).toContain('❯ a.hmm:2:');
});

test('an edited import is seen by the next run, in spite of the module cache', async () => {
  const files = open({
    'a.hmm': `import "./lib.hmm"\nscenario "uses it" {\n  int x\n  thread A: x = one()\n  expect always x == 1\n}\n`,
    'lib.hmm': 'import "./deep.hmm"\nproc one() -> int { return zero() + 1 }\n',
    'deep.hmm': 'proc zero() -> int { return 0 }\n',
  });
  expect((await files.run()).code).toBe(0);
  files.write('deep.hmm', 'proc zero() -> int { return 7 }\n');
  const second = await files.run();
  expect(second.code).toBe(1);
  expect(second.output).toContain('outcome (HMM4003)');
});

test('hostile names are inert', async () => {
  const title = `__proto__ \\"'\`\${process.exit(7)}</script>\u2028 * / constructor`;
  const run = await open({
    'a.hmm': `scenario "${title}" {\n  int __proto__, constructor\n  thread toString: __proto__ = 1; constructor = 2\n  expect always __proto__ == 1\n}\n`,
  }).run();
  expect(run.output).toContain('1 passed (1)');
  expect(run.code).toBe(0);
});

const MODES = `/// Two threads,
/// one lost update.
scenario "lost" {
  tags slow, vfio
  int x
  thread A: x++
  thread B: x++
  expect always x == 2
}
skip "no core for it" scenario "pair" for w in [true, false] {
  int x
  thread A if w: x++
  thread B: x++
}
skip scenario "silent" { int x; thread A: x++ }
todo scenario "some day"
scenario "fine" { int x; thread A: x++ }
`;

test("skip, todo, tags and doc comments are vitest's own", async () => {
  const files = open({ 'a.hmm': MODES });
  const all = await files.run('--reporter=verbose');
  expect(all.output).toMatch(/↓ a\.hmm > pair \[w=true\] \d+ms \[no core for it\]/);
  expect(all.output).toContain('↓ a.hmm > silent');
  expect(all.output).toContain('□ a.hmm > some day');
  expect(all.output).toContain('↳ Two threads, one lost update.');
  expect(all.output).toContain('1 failed | 1 passed | 3 skipped | 1 todo (6)');
  const slow = await files.run('--tags-filter=slow and vfio');
  expect(slow.code).toBe(1);
  expect(slow.output).toContain('1 failed | 5 skipped (6)');
  expect((await files.run('--tags-filter=!vfio')).code).toBe(0);
});

test('only leaves out the others of its file, and fails where CI is set', async () => {
  const files = open({
    'a.hmm': `only scenario "alone" { int x; thread A: x++ }\nscenario "left" { int x; thread A: x++ }\n`,
  });
  expect((await files.run()).output).toContain('1 passed | 1 skipped (2)');
  const ci = await files.run('--allowOnly=false');
  expect(ci.code).toBe(1);
  expect(ci.output).toContain('Unexpected .only modifier');
});

test('a limit is inconclusive, which fails in its own words and not by a timeout', async () => {
  const counters = ['a', 'b', 'c', 'd'];
  const threads = counters.map(
    (name) => `  thread ${name}${name}: ${Array<string>(8).fill(`${name}++`).join('; ')}`,
  );
  const { output, code } = await open({
    'vitest.config.mjs': `import { hmm } from '@hmmlab/vitest';
export default { plugins: [hmm({ maxStates: 10000 })], test: { testTimeout: 20 } };
`,
    'a.hmm': `scenario "too much" {\n  int ${counters.join(', ')}\n${threads.join('\n')}\n}\n`,
  }).run();
  expect(code).toBe(1);
  expect(output).toContain('HMM5001: inconclusive (state-limit)');
  expect(output).not.toContain('timed out');
});

test('the engine runs as it is built, not transformed by Vite', async () => {
  const { output, code } = await open({
    'probe.test.js': `import { openSuite } from '@hmmlab/vitest/run';
import { expect, test } from 'vitest';
test('probe', () => expect(String(openSuite)).not.toContain('__vite'));
`,
  }).run();
  expect(output).toContain('1 passed (1)');
  expect(code).toBe(0);
});
