// SPDX-License-Identifier: MIT
/**
 * Files that want to break us get a located answer, in a process with little memory. Bounds are counts: each
 * of these files would not end, or run out of memory, if the work grew with anything but its length.
 */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Host } from '@hmmlab/dsl';
import { beforeAll, describe, expect, test } from 'vitest';
import { hostileCases } from './cases.ts';
import { type Judgement, judge } from './judge.ts';

/** Old space of the process that reads them, in megabytes. */
const heap = 400;

/** What the small process says, by the names of the files. */
const judgements = new Map<string, Judgement>();

beforeAll(() => {
  const script = resolve(import.meta.dirname, 'small-heap-process.ts');
  const { stdout, stderr } = spawnSync(process.execPath, [`--max-old-space-size=${heap}`, script], {
    encoding: 'utf8',
  });
  if (stderr !== '') throw new Error(stderr);
  for (const line of stdout.trim().split('\n')) {
    const { name, judgement } = JSON.parse(line) as {
      readonly name: string;
      readonly judgement: Judgement;
    };
    judgements.set(name, judgement);
  }
});

test.each(hostileCases)('$name', ({ name, first, count = first === null ? 0 : 1 }) => {
  expect(judgements.get(name)).toEqual({ first, count, faults: [] });
});

describe('imports', () => {
  const ok = 'scenario "s" { int x; thread A: x = 1 }';

  /** Files by name, made when they are asked for; counts how often. */
  function hostOf(textOf: (name: string) => string): {
    readonly host: Host;
    readonly reads: () => number;
  } {
    let count = 0;
    return {
      reads: () => count,
      host: {
        importFile: (path) => {
          count++;
          return { file: path.slice(2), text: textOf(path.slice(2)) };
        },
        profileFiles: () => [],
        profileNames: () => [],
      },
    };
  }

  test('a chain without end', () => {
    const { host, reads } = hostOf((name) => `import "./${Number(name) + 1}"`);
    expect(judge(`import "./0"\n${ok}`, host)).toEqual({
      first: 'HMM2019 1:8',
      count: 1,
      faults: [],
    });
    expect(reads()).toBe(101);
  });

  test('a tree without end', () => {
    const { host, reads } = hostOf((name) => `import "./${name}0"\nimport "./${name}1"`);
    expect(judge(`import "./0"\n${ok}`, host).first).toBe('HMM2019 1:8');
    expect(reads()).toBeLessThan(1_100);
  });

  test('diamonds in a row are read once each', () => {
    const { host, reads } = hostOf((name) =>
      Number(name) > 80 ? '' : `import "./${Number(name) + 1}"\n`.repeat(2),
    );
    expect(judge(`import "./0"\n${ok}`, host)).toEqual({ first: null, count: 0, faults: [] });
    expect(reads()).toBeLessThan(400);
  });

  test('themselves', () => {
    const { host } = hostOf(() => 'import "./0"');
    expect(judge(`import "./0"\n${ok}`, host)).toEqual({
      first: 'HMM2014 1:8',
      count: 1,
      faults: [],
    });
  });

  test('100,000 of them, and too much text', () => {
    const many = hostOf(() => '');
    const lines = Array.from({ length: 100_000 }, (_, i) => `import "./${i}"\n`).join('');
    expect(judge(lines + ok, many.host)).toEqual({ first: 'HMM2019 1001:8', count: 1, faults: [] });
    expect(many.reads()).toBe(1_001);
    const large = hostOf(() => `//${'x'.repeat(1_000_000)}`);
    expect(judge(lines + ok, large.host).first).toBe('HMM2019 16:8');
    expect(large.reads()).toBe(16);
  });
});

test('the command shows the place in a line of 10 MB, in a process with 150 MB', () => {
  const folder = mkdtempSync(join(tmpdir(), 'hmmlab-hostile-'));
  try {
    writeFileSync(join(folder, 'nul.hmm'), '\0'.repeat(10_000_000));
    const command = resolve(import.meta.dirname, '../../packages/cli/bin/hmm.js');
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ['--max-old-space-size=150', command, 'check', 'nul.hmm'],
      { cwd: folder, encoding: 'utf8' },
    );
    expect({ status, stdout }).toEqual({ status: 3, stdout: '' });
    expect(stderr).toContain('nul.hmm:1:1');
    expect(stderr.length).toBeLessThan(1_000);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
