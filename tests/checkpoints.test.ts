// SPDX-License-Identifier: MIT
/** Scenarios whose search is cut, written down and gone on with: the verdict is that of one search. */

import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { compile } from '@hmmlab/dsl';
import { createNodeHost } from '@hmmlab/dsl/node';
import type { Checkpoint, Search, SearchOptions } from '@hmmlab/runtime';
import { createSearch, resumeSearch } from '@hmmlab/runtime';
import type { Program } from '@hmmlab/runtime/program';
import { describe, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '..');
const host = createNodeHost({ root });
const files = readdirSync(resolve(root, 'scenarios'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.hmm') && !file.startsWith('bench'))
  .map((file) => `scenarios/${file.replaceAll('\\', '/')}`)
  .toSorted();

const MOST_STATES = 3_000;

/** The last instance of each scenario, without the bounds of the scenario. */
function programsOf(text: string, file = 'a.hmm'): readonly Program[] {
  const { scenarios, diagnostics } = compile(text, file, host);
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  return scenarios.flatMap(({ instances }) =>
    instances.slice(-1).map((instance) => {
      const { restriction: _, ...program } = instance.program;
      return program;
    }),
  );
}

function ended(search: Search): Search {
  while (!search.advance(10_000));
  return search;
}

/** As it comes out of a file. */
function copyOf({ header, tables }: Checkpoint): Checkpoint {
  return {
    header: JSON.parse(JSON.stringify(header)) as Checkpoint['header'],
    tables: structuredClone(tables),
  };
}

/** A search with the first limits, gone on with under the second ones. */
function cut(program: Program, first: SearchOptions, then: SearchOptions): Search {
  const search = ended(createSearch(program, first));
  const checkpoint = search.checkpoint();
  if (checkpoint === null) return ended(createSearch(program, then));
  const resumed = resumeSearch(program, copyOf(checkpoint), then);
  if (resumed.kind === 'refused') throw new Error(resumed.refusal.message);
  return ended(resumed.search);
}

describe('cut after a third of the states', () => {
  test.each(files)('%s', (file) => {
    for (const program of programsOf(readFileSync(resolve(root, file), 'utf8'), file)) {
      const options: SearchOptions = { maxStates: MOST_STATES };
      const whole = ended(createSearch(program, options));
      const third = { maxStates: Math.max(1, Math.floor(whole.progress.states / 3)) };
      const resumed = cut(program, third, options);
      expect(JSON.stringify(resumed.verdict())).toBe(JSON.stringify(whole.verdict()));
      expect(resumed.checkpoint()).toEqual(whole.checkpoint());
    }
  });
});

const nothingLeft: Readonly<Record<string, string>> = {
  'a livelock behind a loop that is meant': `scenario "s" {
    int x, y
    thread A { forever { while (x == 1) { y = 1 } } }
    thread B { forever { x = 1; x = 0 } }
  }`,
  'conditions that were true on the way': `scenario "s" {
    int x
    thread A: x = 1
    thread B: x = 2
    expect sometimes x == 1
    expect sometimes x == 2
  }`,
  'runs that are not asked about': `scenario "s" {
    int x
    thread A {
      x = 1
      done:
    }
    thread B {
      if (x == 0) x = 2
      next:
      x = 3
    }
    assume A.done before B.next
  }`,
};

describe('a search with nothing left to explore is judged again', () => {
  test.each(Object.entries(nothingLeft))('%s', (_, text) => {
    for (const program of programsOf(text)) {
      const whole = ended(createSearch(program)).verdict();
      expect(JSON.stringify(cut(program, {}, {}).verdict())).toBe(JSON.stringify(whole));
    }
  });
});

test('a search that a limit of memory has ended goes on with more', () => {
  const [program] = programsOf(`scenario "s" {
    int x[3] in 0..20
    thread t[3] { while (x[self] < 20) atomic { x[self]++ } }
    expect never x[0] + x[1] + x[2] == 60
  }`);
  if (program === undefined) throw new Error('no program');
  const whole = ended(createSearch(program)).verdict();
  expect(whole).toMatchObject({ kind: 'violated', coverage: { states: 42 ** 3 } });
  const little = { maxBytes: 1_000_000 };
  const first = ended(createSearch(program, little));
  expect(first.verdict()).toMatchObject({ kind: 'inconclusive', why: 'memory-limit' });
  expect(first.progress.states).toBeGreaterThan(5_000);
  expect(JSON.stringify(cut(program, little, {}).verdict())).toBe(JSON.stringify(whole));
});
