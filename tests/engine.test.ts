// SPDX-License-Identifier: MIT
/** The exhaustive search against the naive one: on every scenario, and on programs of unusual shapes. */

import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { compile } from '@hmmlab/dsl';
import { createNodeHost } from '@hmmlab/dsl/node';
import { createSearch, type SearchOptions } from '@hmmlab/runtime';
import type { Program, Verdict } from '@hmmlab/runtime/program';
import { type Expansion, engineVerdict } from '@hmmlab/runtime/testing';
import { describe, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '..');
const host = createNodeHost({ root });
const files = readdirSync(resolve(root, 'scenarios'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.hmm'))
  .map((file) => `scenarios/${file.replaceAll('\\', '/')}`)
  .toSorted();

function programsOf(text: string, file = 'a.hmm'): readonly Program[] {
  const { scenarios, diagnostics } = compile(text, file, host);
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  return scenarios.flatMap(({ instances }) => instances.map(({ program }) => program));
}

function naiveVerdict(program: Program, options: SearchOptions): Verdict {
  const search = createSearch(program, { ...options, strategy: 'naive' });
  while (!search.advance(100_000));
  return search.verdict();
}

/** Everything but the strategy's name. */
function bytesOf(verdict: Verdict): string {
  return JSON.stringify({ ...verdict, coverage: { ...verdict.coverage, strategy: '' } });
}

/** Beyond, two searches are compared as far as this. */
const MOST_STATES = 50_000;
const expansions: readonly Expansion[] = ['tables', 'generated'];

describe('every scenario', () => {
  test.each(files)('%s', (file) => {
    for (const each of programsOf(readFileSync(resolve(root, file), 'utf8'), file)) {
      // The engine takes all schedules; bounds are the naive search's.
      const { restriction: _, ...program } = each;
      const options = { maxStates: MOST_STATES };
      const expected = naiveVerdict(program, options);
      expect(expected.kind).not.toBe('broken');
      for (const expansion of expansions) {
        expect(bytesOf(engineVerdict(program, options, expansion))).toBe(bytesOf(expected));
      }
    }
  });
});

function one(text: string): Program {
  const [program] = programsOf(text);
  if (program === undefined) throw new Error('no scenario');
  return program;
}

const shapes: Readonly<Record<string, string>> = {
  'thirty threads': `scenario "s" {
    int x in 0..30
    thread t[30] { atomic { x = self } }
    expect never x == 31
  }`,
  'values far apart': `scenario "s" {
    int x in -2147483647..2147483647
    thread a { x = 2147483647; x = -2147483647; x = -1 }
    thread b { for (int i = 0; i < 6; i++) x = x / 3 }
    expect sometimes x == 0
  }`,
  'more parts than words have bits': `scenario "s" {
    int x[90] in 0..7
    thread a { for (int i = 0; i < 90; i++) x[i] = 5 }
    thread b { for (int i = 89; i >= 0; i--) x[i] = i % 8 }
    expect always x[0] != 3
  }`,
  'a thread with thousands of places to be in': `scenario "s" {
    int x in 0..3000
    thread a { while (x < 3000) atomic { x++ } }
    thread b { int seen = x }
    expect always x == 3000
  }`,
  'a deadlock in the middle': `scenario "s" {
    bool fork[4]
    thread p[4] {
      forever {
        await !fork[self] { fork[self] = true }
        await !fork[(self + 1) % 4] { fork[(self + 1) % 4] = true }
        fork[self] = false
        fork[(self + 1) % 4] = false
      }
    }
    expect deadlock
  }`,
};

describe('unusual shapes', () => {
  const limits: readonly SearchOptions[] = [
    { maxStates: 2_000 },
    { maxStates: 20_000 },
    { maxStates: 20_000, checks: 'safety' },
  ];
  test.each(Object.entries(shapes))('%s', (_, text) => {
    const program = one(text);
    for (const options of limits) {
      const expected = bytesOf(naiveVerdict(program, options));
      for (const expansion of expansions) {
        expect(bytesOf(engineVerdict(program, options, expansion))).toBe(expected);
      }
    }
  });
});

/** Each of `width` threads counts to `height`: (height + 1) ** width states. */
function counters(width: number, height: number): Program {
  return one(`scenario "counters" {
    int x[${width}] in 0..${height}
    thread t[${width}] { while (x[self] < ${height}) atomic { x[self]++ } }
    invariant x[0] <= ${height}
  }`);
}

describe('scale', () => {
  test('a hundred thousand steps deep', () => {
    const verdict = engineVerdict(counters(1, 50_000), { checks: 'safety' }, 'generated');
    expect(verdict).toMatchObject({ kind: 'holds', coverage: { maxDepth: 100_001 } });
  });

  test('a million states, in few bytes each', () => {
    const search = createSearch(counters(3, 50), { checks: 'safety' });
    let bytes = 0;
    while (!search.advance(10_000)) bytes = Math.max(bytes, search.progress.bytes);
    const { kind, coverage, notChecked } = search.verdict();
    expect(kind).toBe('holds');
    expect(notChecked).toEqual(expect.arrayContaining(['livelock', 'partial deadlock']));
    // A thread is at the head of its loop or before its step, and finished: 102 places.
    expect(coverage).toMatchObject({ states: 102 ** 3, finalStates: 1, exhaustive: true });
    expect(bytes / coverage.states).toBeLessThan(40);
  });

  test('a limit of bytes is kept', () => {
    const search = createSearch(counters(3, 50), { maxBytes: 4_000_000 });
    while (!search.advance(10_000));
    expect(search.verdict()).toMatchObject({ kind: 'inconclusive', why: 'memory-limit' });
    expect(search.progress.bytes).toBeLessThan(16_000_000);
  });
});

describe('a search for safety that is stopped', () => {
  test('still has schedules for what it has found', () => {
    const program = one(shapes['a deadlock in the middle'] ?? '');
    const search = createSearch(program, { checks: 'safety' });
    let found: Verdict | null = null;
    while (found === null && !search.advance(50)) {
      const verdict = search.verdict('interrupted');
      if (verdict.findings.length > 0) found = verdict;
    }
    expect(found).toMatchObject({ kind: 'violated', why: 'interrupted' });
    expect(found?.findings[0]?.counterexample.minimal).toBe(false);
  });
});

describe('where code may not be made from text', () => {
  const run = (...flags: readonly string[]): string => {
    const command = resolve(root, 'packages/cli/bin/hmm.js');
    const file = resolve(root, 'scenarios/locks/lost-wakeup.hmm');
    return execFileSync(process.execPath, [...flags, command, 'run', file, '--json'], {
      cwd: root,
      encoding: 'utf8',
    });
  };
  const withoutTime = (text: string): string => text.replaceAll(/"milliseconds": \d+/g, '');

  test('the verdict is the same, with a warning', () => {
    const usual = withoutTime(run());
    const without = withoutTime(run('--disallow-code-generation-from-strings'));
    expect(usual).not.toContain('--disallow-code-generation-from-strings');
    const warning =
      /^ *"this Node may not make code from text \(--disallow-code-generation-from-strings\).*\n/gm;
    expect(without).toMatch(warning);
    expect(without.replaceAll(warning, '')).toBe(usual);
  });
});
