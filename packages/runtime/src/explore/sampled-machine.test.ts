// SPDX-License-Identifier: MIT
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Machine, Transition } from '../interpreter/machine.ts';
import type { Bound, Expectation, Restriction, Verdict } from '../program/index.ts';
import type { GraphEdge } from '../testing/graph-machine.ts';
import { graphMachine, spanAt } from '../testing/graph-machine.ts';
import { buildProgram } from '../testing/program-builder.ts';
import { explored } from '../testing/explored.ts';
import { BoundedMachine } from './bounded-machine.ts';
import { createSearch } from './create-search.ts';
import { Priorities } from './priorities.ts';
import { Random } from './random.ts';
import { SampledMachine } from './sampled-machine.ts';
import { searchMachine } from './search-machine.ts';
import type { SearchOptions } from './search.ts';

const own = (thread: number, to: GraphEdge['to']): GraphEdge => ({ thread, to });

function machineOf(
  edges: readonly (readonly GraphEdge[])[],
  expectations: readonly Expectation[] = [],
): Machine<number> {
  return graphMachine({
    threads: 3,
    edges: (state) => (edges[state] ?? []).map((edge, alternative) => ({ alternative, ...edge })),
    condition: (state) => state === 1,
    expectations,
  });
}

function sampled<State>(
  machine: Machine<State>,
  runs: number,
  seed = 1,
  options: SearchOptions = {},
  slice = 1000,
): Verdict {
  const limited = new SampledMachine(machine, { runs, seed });
  const search = searchMachine(limited, options, (room) => limited.draw(room));
  while (!search.advance(slice));
  return search.verdict();
}

const graphs: fc.Arbitrary<readonly (readonly GraphEdge[])[]> = fc
  .integer({ min: 1, max: 6 })
  .chain((states) => {
    const edge = fc.record({
      thread: fc.nat({ max: 2 }),
      environment: fc.constantFrom(null, null, null, 'timeout' as const, 'signal' as const),
      to: fc.oneof(
        { weight: 8, arbitrary: fc.nat({ max: states - 1 }) },
        { weight: 1, arbitrary: fc.constant('assertion') },
      ) as fc.Arbitrary<GraphEdge['to']>,
    });
    return fc.array(fc.array(edge, { maxLength: 3 }), { minLength: states, maxLength: states });
  });

const eventually: Expectation = {
  kind: 'eventually',
  trigger: null,
  condition: { kind: 'const', value: 0 },
  text: 'met',
  span: spanAt(7),
};

describe('samples', () => {
  test('find only what is there, and nothing ever holds', () => {
    let found = 0;
    fc.assert(
      fc.property(graphs, fc.integer({ min: 1, max: 5 }), fc.nat(), (edges, runs, seed) => {
        const names = (verdict: Verdict): string[] => verdict.findings.map(({ name }) => name);
        const whole = names(explored(machineOf(edges, [eventually])));
        const verdict = sampled(machineOf(edges, [eventually]), runs, seed);
        expect(whole).toEqual(expect.arrayContaining(names(verdict)));
        expect(['violated', 'inconclusive']).toContain(verdict.kind);
        expect(verdict).toMatchObject({ why: 'sampled', coverage: { exhaustive: false } });
        found += verdict.findings.length;
      }),
      { numRuns: 300 },
    );
    expect(found).toBeGreaterThan(50);
  });

  test('find every end of a small program in the end', () => {
    const two = [
      [own(0, 1), own(1, 2)],
      [own(1, 3)],
      [own(0, 4)],
      [own(2, 5)],
      [own(2, 6)],
      [],
      [],
    ];
    expect(sampled(machineOf(two), 60).coverage).toMatchObject({ states: 7, finalStates: 2 });
  });

  test('the same seed, the same bytes, however the work is cut up; another seed, other schedules', () => {
    fc.assert(
      fc.property(graphs, fc.nat(), fc.integer({ min: 1, max: 7 }), (edges, seed, slice) => {
        const whole = JSON.stringify(sampled(machineOf(edges), 4, seed));
        expect(JSON.stringify(sampled(machineOf(edges), 4, seed, {}, slice))).toBe(whole);
      }),
      { numRuns: 60 },
    );
    const fan = [Array.from({ length: 40 }, (_, to) => own(0, to + 1))];
    const schedules = [1, 2, 3, 4].map((seed) => {
      const verdict = sampled(machineOf(fan, [{ ...eventually }]), 1, seed);
      return verdict.findings[0]?.counterexample.schedule ?? 'met';
    });
    expect(new Set(schedules).size).toBeGreaterThan(1);
  });

  test('a spinning thread does not keep the others out', () => {
    const spin = [[own(0, 0), own(1, 1)], []];
    for (const seed of [1, 2, 3, 4, 5, 6])
      expect(sampled(machineOf(spin), 1, seed).coverage.states).toBe(2);
  });

  test('stay within the other bounds', () => {
    const chain = [[own(0, 1), own(1, 4)], [own(0, 2), own(1, 4)], [own(0, 3)], [], []];
    const restriction: Restriction = {
      preemptions: 0,
      steps: 2,
      beginning: null,
      samples: { runs: 50, seed: 1 },
    };
    const { coverage } = sampled(new BoundedMachine(machineOf(chain), restriction), 50);
    expect(coverage).toMatchObject({
      bounds: ['preemptions 0', 'steps 2', 'samples 50 (seed 1)'],
      states: 4,
    });
  });

  test('hit the limits of the search', () => {
    const chain = Array.from({ length: 30 }, (_, state) => [own(0, state + 1)]);
    expect(sampled(machineOf(chain), 2, 1, { maxStates: 10 })).toMatchObject({
      kind: 'inconclusive',
      why: 'state-limit',
    });
    const { why } = sampled(machineOf(chain), 2, 1, { maxBytes: 3000 });
    expect(why).toBe('memory-limit');
  });

  test('pass only where each expectation names their number', () => {
    const outcome = (within: readonly Bound[]): string => {
      const program = buildProgram((b) => {
        const x = b.int('x');
        b.thread('A', (code) => code.store(x, 1));
        b.expect({ kind: 'holds', span: spanAt(1), within });
      });
      const samples = { runs: 3, seed: 1 };
      const restriction = { preemptions: null, steps: null, beginning: null, samples };
      const search = createSearch({ ...program, restriction });
      while (!search.advance(100));
      return search.verdict().outcome;
    };
    expect(outcome([])).toBe('inconclusive');
    expect(outcome([{ kind: 'samples', most: 4 }])).toBe('inconclusive');
    expect(outcome([{ kind: 'samples', most: 3 }])).toBe('passed');
  });
});

describe('priorities', () => {
  const of = (thread: number, alternative = 0): Transition => ({
    thread,
    alternative,
    environment: null,
  });

  /** How often a run of `lengths` steps per thread is accepted, of 4000. */
  function share(
    depth: number,
    lengths: readonly number[],
    accepts: (order: readonly number[]) => boolean,
  ): number {
    let accepted = 0;
    const total = lengths.reduce((sum, length) => sum + length, 0);
    const random = new Random(5);
    for (let run = 0; run < 4000; run += 1) {
      const priorities = new Priorities(random, lengths.length, depth, total);
      const left = [...lengths];
      const order: number[] = [];
      for (let step = 0; step < total; step += 1) {
        const enabled = left.flatMap((count, thread) => (count > 0 ? [of(thread)] : []));
        const { thread } = priorities.choose(enabled, step);
        left[thread] = (left[thread] ?? 0) - 1;
        order.push(thread);
      }
      if (accepts(order)) accepted += 1;
    }
    return accepted / 4000;
  }

  test('depth 1: each thread comes first as often as promised', () => {
    for (const thread of [0, 1, 2])
      expect(share(1, [3, 3, 3], ([first]) => first === thread)).toBeGreaterThan(1 / 3 - 0.03);
  });

  test('depth 2: one switch at a given step is as likely as promised', () => {
    // A is left behind its second step, and B runs to its end before A goes on.
    const share2 = share(2, [5, 5], (order) => order.join('').startsWith('0011111'));
    expect(share2).toBeGreaterThan((1 / (2 * 10)) * 0.8);
    expect(share(1, [5, 5], (order) => order.join('').startsWith('0011111'))).toBe(0);
  });

  test('depth 3: who falls behind first may come back first, or last', () => {
    const orders = ['012221100', '012220011'];
    const shares = orders.map((wanted) =>
      share(3, [3, 3, 3], (order) => order.join('') === wanted),
    );
    for (const one of shares) expect(one).toBeGreaterThan((1 / (6 * 9 * 9)) * 0.4);
  });

  test('among the ways of one thread any may be chosen', () => {
    const priorities = new Priorities(new Random(1), 1, 1, 1);
    const chosen = Array.from({ length: 50 }, () =>
      priorities.choose([of(0, 0), of(0, 1), of(0, 2)], 0),
    );
    expect(new Set(chosen.map(({ alternative }) => alternative))).toEqual(new Set([0, 1, 2]));
  });
});

test('random numbers: in range, even, and a permutation is one', () => {
  const random = new Random(7);
  const counts = [0, 0, 0, 0, 0];
  for (let i = 0; i < 10_000; i += 1) {
    const place = random.below(5);
    counts[place] = (counts[place] ?? 0) + 1;
  }
  for (const count of counts) expect(Math.abs(count - 2000)).toBeLessThan(200);
  expect(random.permutation(9).toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
  expect(new Random(7).permutation(9)).toEqual(new Random(7).permutation(9));
});
