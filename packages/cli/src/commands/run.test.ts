// SPDX-License-Identifier: MIT
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dispatch } from '../dispatch.ts';
import type { JsonOutput } from '../json-output.ts';
import { recorder } from '../testing/recorder.ts';

let folder: string;

const names = ['a', 'b', 'c', 'd', 'e', 'f'];
const threads = names.map((name) => `thread ${name}${name} { ${`${name}++; `.repeat(8)}}`);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hmmlab-run-'));
  writeFileSync(
    join(folder, 'huge.hmm'),
    `scenario "huge" { int ${names.join(', ')}\n${threads.join('\n')}\n}
scenario "next" { int x; thread A: x = 1 }
`,
  );
});
afterAll(() => rmSync(folder, { recursive: true }));

test('interrupted in a search: what is known so far, as one JSON object', async () => {
  const { console, out, err } = recorder(folder);
  let asked = 0;
  const interrupted = (): boolean => ++asked > 8;
  const code = await dispatch(['run', '--json', 'huge.hmm'], { ...console, interrupted });
  expect([code, err()]).toEqual([2, '']);
  const { scenarios } = JSON.parse(out()) as JsonOutput;
  expect(
    scenarios.map(({ name, verdict }) => [name, verdict?.why, (verdict?.coverage.states ?? 0) > 0]),
  ).toEqual([
    ['huge', 'interrupted', true],
    ['next', 'interrupted', false],
  ]);
});

test('--outcomes and --reach tell more of a scenario that passes', async () => {
  writeFileSync(
    join(folder, 'small.hmm'),
    'scenario "small" {\n  int x\n  thread A: x = 1\n  thread B: x = 2\n  expect sometimes x == 2\n}\n',
  );
  const { console, out } = recorder(folder);
  expect(
    await dispatch(['run', 'small.hmm', '--outcomes', '--reach', 'small.hmm:4'], console),
  ).toBe(0);
  expect(out()).toContain('\n      Sometimes  1 of 2  x == 2\n');
  expect(out()).toMatch(/\n {4}small\.hmm:4 \(B\) is reached in 1 step:\n/);
  expect(out()).toMatch(/\n {4}replay: hmm replay small\.hmm --scenario small h1:[\da-f]{8}:1\n/);
  const nowhere = recorder(folder);
  await dispatch(['run', 'small.hmm', '--reach', 'small.hmm:2'], nowhere.console);
  expect(nowhere.out()).toContain('small.hmm:2: no statement of this scenario is there');
});

test('--format prints the reports alone, --output writes them; what else there is goes to the other stream', async () => {
  writeFileSync(
    join(folder, 'double.hmm'),
    'scenario "twice" { mutex m; thread A: mutex_unlock m\n expect unlock_not_held on m in A }\n',
  );
  const { console, out, err } = recorder(folder);
  expect(await dispatch(['run', 'double.hmm', '--format', 'mail'], console)).toBe(0);
  expect(out()).toMatch(/^twice: unlock_not_held in A\n/);
  expect(err()).toMatch(/^ok {2}double\.hmm:1 {2}twice\n/);
  const written = recorder(folder);
  await dispatch(['run', 'double.hmm', '-o', 'report.json'], written.console);
  expect(written.out()).toBe('');
  const document = JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8')) as {
    readonly reports: readonly { readonly name: string }[];
  };
  expect(document.reports.map(({ name }) => name)).toEqual(['unlock_not_held']);
});

test('--witnesses reports what the scenario expects', async () => {
  const { console, out } = recorder(folder);
  expect(await dispatch(['run', 'double.hmm', '--witnesses'], console)).toBe(0);
  expect(out()).toContain('unlock_not_held (HMM4104), as expected: ');
});
