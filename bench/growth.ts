// SPDX-License-Identifier: MIT
/**
 * `node bench/growth.ts [--strategy NAME] [--out FOLDER]`: how states and time grow with threads, pages and
 * steps. Prints a table; with a folder, writes the curves there as SVG.
 *
 * A curve ends where a model has more states than the strategy is asked for, or takes ten seconds.
 */

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { compile } from '@hmmlab/dsl';
import { createNodeHost } from '@hmmlab/dsl/node';
import { createSearch } from '@hmmlab/runtime';
import { clock, timed } from './measure.ts';
import { root } from './models.ts';
import { plot } from './plot.ts';
import type { Strategy } from './strategies.ts';
import { strategies } from './strategies.ts';
import { table } from './table.ts';

const LONGEST_MS = 10_000;

interface Growth {
  readonly name: string;
  /** What grows, in words. */
  readonly of: string;
  readonly largest: number;
  readonly text: (n: number) => string;
}

const growths: readonly Growth[] = [
  {
    name: 'threads',
    of: 'threads that each take one mutex and add one',
    largest: 12,
    text: (n) => `scenario "threads" {
  mutex m
  int count in 0..${n}
  thread worker[${n}] { mutex_lock m; count++; mutex_unlock m }
  expect always count == ${n}
}`,
  },
  {
    name: 'pages',
    of: 'pages of a range that is faulted while one of them is reclaimed',
    largest: 8,
    text: (n) => `use linux/5.3
scenario "pages" {
  mm M
  vma heap on M: ${n} pages rw anon present
  device gpu mirrors M
  range R on gpu: heap
  thread driver { down_read mmap_sem; fault range R; up_read mmap_sem }
  thread cpu { reclaim heap[0..1) }
}`,
  },
  {
    name: 'steps',
    of: 'steps of each of three threads',
    largest: 200,
    text: (n) => `scenario "steps" {
  int a, b, c
  thread A { for (int i = 0; i < ${n}; i++) a = i }
  thread B { for (int i = 0; i < ${n}; i++) b = i }
  thread C { for (int i = 0; i < ${n}; i++) c = i }
}`,
  },
];

interface Measured {
  readonly n: number;
  readonly states: number;
  readonly ms: number;
}

/** Null if there are too many states. */
async function measure(
  { text }: Growth,
  n: number,
  { options, mostStates }: Strategy,
): Promise<Measured | null> {
  const { result, ms } = await timed(() => {
    const { scenarios, diagnostics } = compile(text(n), 'growth.hmm', createNodeHost({ root }));
    const program = scenarios[0]?.instances[0]?.program;
    if (program === undefined) throw new Error(diagnostics[0]?.message ?? 'no program');
    const search = createSearch(program, { ...options, maxStates: mostStates });
    while (!search.advance(100_000));
    return search.verdict().coverage;
  });
  return result.exhaustive ? { n, states: result.states, ms } : null;
}

/** One by one at first, then in larger steps, so that a curve has some twenty points at most. */
async function curve(growth: Growth, strategy: Strategy): Promise<readonly Measured[]> {
  const points: Measured[] = [];
  for (let n = 1; n <= growth.largest; n += Math.max(1, Math.floor(n / 8))) {
    const point = await measure(growth, n, strategy);
    if (point === null) break;
    points.push(point);
    if (point.ms > LONGEST_MS) break;
  }
  return points;
}

const { values: options } = parseArgs({
  options: { strategy: { type: 'string' }, out: { type: 'string' } },
});
const strategy = strategies.find(({ name }) => name === options.strategy) ?? strategies[0];
if (strategy === undefined) throw new Error('no strategy');

for (const growth of growths) {
  const points = await curve(growth, strategy);
  console.log(`${growth.of}; ${strategy.name}, ms ${clock()}`);
  console.log(
    table(
      ['n', 'states', 'ms'],
      points.map(({ n, states, ms }) => [n, states, ms]),
    ),
  );
  if (options.out === undefined) continue;
  mkdirSync(options.out, { recursive: true });
  for (const [what, get] of [
    ['states', (point: Measured) => point.states],
    ['ms', (point: Measured) => Math.max(0.1, point.ms)],
  ] as const) {
    const title = `${what} by ${growth.name}`;
    const drawn = points.map((point) => ({ x: point.n, y: get(point) }));
    const svg = plot({ title, xLabel: growth.of, yLabel: what, points: drawn });
    writeFileSync(join(options.out, `${growth.name}-${what}.svg`), svg);
  }
}
