// SPDX-License-Identifier: MIT
/** .hmm files in vitest's watch mode: which tests an edit runs, and that a search can be stopped. */

import { afterEach, expect, test, vi } from 'vitest';
import { type Project, createProject } from './project.ts';
import { Session } from './session.ts';

vi.setConfig({ testTimeout: 60_000 });

const user = (imported: string, call: string): string =>
  `import "./${imported}"\nscenario "uses it" {\n  int x\n  thread A: x = ${call}\n  expect always x == 1\n}\n`;

let project: Project | undefined;
let session: Session | undefined;

afterEach(async () => {
  await session?.close();
  project?.dispose();
});

function watch(files: Readonly<Record<string, string>>): { project: Project; session: Session } {
  project = createProject(files);
  session = new Session(project.folder);
  return { project, session };
}

test('importers run again: after an edit, a break, a removal and a return', async () => {
  const { project: files, session: vitest } = watch({
    'a.hmm': user('lib.hmm', 'one()'),
    'lib.hmm': 'import "./deep.hmm"\nproc one() -> int { return deep_one() }\n',
    'deep.hmm': 'proc deep_one() -> int { return 1 }\n',
    'other.hmm': 'scenario "alone" {\n  int x\n  thread A: x = 1\n}\n',
  });
  const wellFormed = ' definitions are well-formed: passed';
  expect(await vitest.end()).toEqual([
    'a.hmm uses it: passed',
    `deep.hmm${wellFormed}`,
    `lib.hmm${wellFormed}`,
    'other.hmm alone: passed',
  ]);
  const importersOf = (state: string): string[] => [
    `a.hmm uses it: ${state}`,
    `deep.hmm${wellFormed}`,
    `lib.hmm${wellFormed}`,
  ];

  files.write('deep.hmm', 'proc deep_one() -> int { return 2 }\n');
  expect(await vitest.end()).toEqual(importersOf('failed'));

  files.write('deep.hmm', 'proc deep_one( {\n');
  expect(await vitest.end()).toEqual(['a.hmm failed', 'deep.hmm failed', 'lib.hmm failed']);

  files.write('deep.hmm', 'proc deep_one() -> int { return 1 }\n');
  expect(await vitest.end()).toEqual(importersOf('passed'));

  files.remove('deep.hmm');
  expect(await vitest.end()).toEqual(['a.hmm failed', 'lib.hmm failed']);

  files.write('deep.hmm', 'proc deep_one() -> int { return 1 }\n');
  expect(await vitest.end()).toEqual(importersOf('passed'));
});

test('a new file is run, one that is missing an import waits for it, a deleted one goes', async () => {
  const { project: files, session: vitest } = watch({
    'a.hmm': 'scenario "first" {\n  int x\n  thread A: x = 1\n}\n',
  });
  expect(await vitest.end()).toEqual(['a.hmm first: passed']);

  files.write('b.hmm', user('lib.hmm', 'one()'));
  expect(await vitest.end()).toEqual(['b.hmm failed']);

  files.write('lib.hmm', 'proc one() -> int { return 1 }\n');
  expect((await vitest.end()).filter((line) => line.startsWith('b.hmm'))).toEqual([
    'b.hmm uses it: passed',
  ]);

  files.remove('a.hmm');
  files.write('b.hmm', user('lib.hmm', 'one() + 1'));
  expect(await vitest.end()).toEqual(['b.hmm uses it: failed']);
});

test('a profile is a dependency like any other, also when modules come from the cache', async () => {
  const profile = (value: number): string =>
    `profile mine/1 {\n  proc one() -> int { return ${value} }\n}\n`;
  const { project: files, session: vitest } = watch({
    'a.hmm': `use mine/1\n${user('mine.hmm', 'one()')}`,
    'mine.hmm': profile(1),
  });
  await vitest.end();
  await vitest.close();
  session = new Session(files.folder);
  expect(await session.end()).toContain('a.hmm uses it: passed');
  files.write('mine.hmm', profile(2));
  expect(await session.end()).toContain('a.hmm uses it: failed');
});

test('a search lets reports through and stops when it is told to', async () => {
  const counters = ['a', 'b', 'c', 'd', 'e', 'f'];
  const threads = counters.map(
    (name) => `  thread ${name}${name}: ${Array<string>(8).fill(`${name}++`).join('; ')}`,
  );
  const { session: vitest } = watch({
    'a.hmm': `scenario "for ever" {\n  int ${counters.join(', ')}\n${threads.join('\n')}\n}\n`,
  });
  expect(await vitest.next()).toEqual({ kind: 'ready', name: 'for ever' });
  const start = performance.now();
  vitest.cancel();
  expect(await vitest.end()).toEqual(['a.hmm for ever: skipped']);
  expect(performance.now() - start).toBeLessThan(5000);
});

test('a tag that an edit or a new file brings is known at once', async () => {
  const { project: files, session: vitest } = watch({
    'a.hmm': 'scenario "edited" { int x; thread A: x = 1 }\n',
  });
  expect(await vitest.end()).toEqual(['a.hmm edited: passed']);
  files.write('a.hmm', 'scenario "edited" { tags fresh; int x; thread A: x = 1 }\n');
  expect(await vitest.end()).toEqual(['a.hmm edited: passed']);
  files.write('b.hmm', 'scenario "new" { tags young; int x; thread A: x = 1 }\n');
  expect(await vitest.end()).toEqual(['b.hmm new: passed']);
});
