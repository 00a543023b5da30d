// SPDX-License-Identifier: MIT
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
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
