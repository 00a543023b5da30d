// SPDX-License-Identifier: MIT
/** What vitest's own reporters say of .hmm files: headline, place and schedule, each in its form. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, expect, test, vi } from 'vitest';
import { type Project, createProject } from './project.ts';

vi.setConfig({ testTimeout: 60_000 });

const FILES = {
  'a.hmm': `/// Who gets both?
scenario "ABBA" {
  mutex a, b
  thread one: mutex_lock a; mutex_lock b; mutex_unlock b; mutex_unlock a
  thread two: mutex_lock b; mutex_lock a; mutex_unlock a; mutex_unlock b
}
scenario "fine" { int x; thread A: x = 1 }
`,
};

let project: Project | undefined;

afterEach(() => {
  project?.dispose();
  project = undefined;
});

function open(): Project {
  project = createProject(FILES);
  return project;
}

function read(from: Project, name: string): string {
  return readFileSync(join(from.folder, name), 'utf8');
}

test('junit has the message and both schedules of the failing test', async () => {
  const files = open();
  await files.run('--reporter=junit', '--outputFile=out.xml');
  const text = read(files, 'out.xml');
  expect(text).toContain('tests="2" failures="1"');
  expect(text).toMatch(/<failure message="deadlock \(HMM4101\): /);
  expect(text).toContain('a.hmm:4:29');
  expect(text).toContain('hmm replay a.hmm');
});

test('json has the place, the message and what the search came to', async () => {
  const files = open();
  await files.run('--reporter=json', '--outputFile=out.json', '--includeTaskLocation');
  const { testResults } = JSON.parse(read(files, 'out.json')) as {
    testResults: { assertionResults: Record<string, unknown>[] }[];
  };
  const [abba, fine] = testResults[0]?.assertionResults ?? [];
  expect(abba).toMatchObject({
    title: 'ABBA',
    status: 'failed',
    location: { line: 2, column: 1 },
    meta: { hmm: { verdict: 'violated', findings: ['HMM4101'], doc: 'Who gets both?' } },
  });
  expect(String(abba?.['failureMessages'])).toContain('deadlock (HMM4101)');
  expect(fine).toMatchObject({ status: 'passed', meta: { hmm: { verdict: 'holds' } } });
});

test('github-actions points at the statement', async () => {
  const { output } = await open().run('--reporter=github-actions');
  expect(output).toMatch(/::error file=\S*a\.hmm,title=a\.hmm > ABBA,line=4,column=29::/);
  expect(output).toContain('deadlock (HMM4101)');
});

test('html carries the report and the annotations', async () => {
  const files = open();
  await files.run('--reporter=html');
  const data = readFileSync(join(files.folder, '.vitest/ui/html.meta.json.gz'));
  const text = gunzipSync(data).toString();
  expect(text).toContain('deadlock (HMM4101)');
  expect(text).toContain('hmm replay a.hmm');
  expect(text).toContain('mutex_lock b: queues  b queue: + one  <- waits for two');
});

test('blobs are merged into the report of one run', async () => {
  const files = open();
  await files.run('--reporter=blob', '--outputFile=.vitest-reports/blob.json');
  const { output, code } = await files.run('--mergeReports=.vitest-reports', '--reporter=default');
  expect(code).toBe(1);
  expect(output).toContain('deadlock (HMM4101)');
  expect(output).toContain('+ failing schedule');
  expect(output).toContain('1 failed | 1 passed (2)');
});
