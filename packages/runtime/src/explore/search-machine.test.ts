// SPDX-License-Identifier: MIT
import { describe, expect, test } from 'vitest';
import type { Ending, Machine } from '../interpreter/machine.ts';
import type { Counter, Expectation } from '../program/index.ts';
import { explored } from '../testing/explored.ts';
import type { GraphEdge, GraphMachineSpec } from '../testing/graph-machine.ts';
import { expectFinding, graphMachine, occurrenceOf, spanAt } from '../testing/graph-machine.ts';
import { searchMachine } from './search-machine.ts';

const holds: Expectation = { kind: 'holds', span: spanAt(90) };
const noStall: Expectation = {
  kind: 'no-finding',
  finding: 'stalled_until_timeout',
  on: null,
  in: null,
  at: null,
  span: spanAt(91),
};

/** A graph from a list: element s holds the edges of state s. */
function listed(
  edges: readonly (readonly GraphEdge[])[],
  more: Partial<GraphMachineSpec> = {},
): Machine<number> {
  return graphMachine({ threads: 2, edges: (state) => edges[state] ?? [], ...more });
}

const to = (target: GraphEdge['to'], thread = 0): GraphEdge => ({ thread, to: target });
const timeout = (target: number): GraphEdge => ({ thread: 0, environment: 'timeout', to: target });

describe('a complete search', () => {
  test('holds, with its assumptions and what it does not check', () => {
    const verdict = explored(listed([[to(1), to(2, 1)], [to(3, 1)], [to(3)]]));
    expect(verdict).toEqual({
      kind: 'holds',
      why: null,
      assumptions: ['no signals', 'no spurious wake-ups', 'no allocation failure'],
      notChecked: ['starvation', 'data race', 'notifier and range contracts'],
      coverage: {
        strategy: 'naive',
        states: 4,
        transitions: 4,
        maxDepth: 2,
        exhaustive: true,
        bounds: [],
        finalStates: 1,
      },
      findings: [],
      problems: [],
      reached: [],
      hidden: [],
      outcome: 'passed',
    });
  });

  test('names the counters that do not say who holds them, and no others', () => {
    const counter = (name: string, holders: Counter['holders']): Counter => {
      return { name, cells: [], holders, span: spanAt(1) };
    };
    const counters = [counter('foo.ref', null), counter('bar.ref', []), counter('users', null)];
    expect(explored(listed([], { program: { counters } })).notChecked).toEqual([
      'starvation',
      'data race',
      'leaked references: foo.ref, users (no held_by)',
      'notifier and range contracts',
    ]);
  });

  test('lists only what is switched off as an assumption', () => {
    const environment = { signals: true, spuriousWakeups: true, allocationFailure: true };
    const program = { environment, lockRules: { readersOvertake: false } };
    const verdict = explored(listed([], { program }));
    expect(verdict.assumptions).toEqual(['readers never overtake queued writers']);
  });

  test('lists findings by first discovery, each once', () => {
    const machine = listed([
      [to(1), to('leak', 1)],
      [to('assertion'), to('leak', 1)],
    ]);
    const { kind, outcome, findings } = explored(machine);
    expect([kind, outcome]).toEqual(['violated', 'failed']);
    expect(findings.map(({ name, code, thread }) => [name, code, thread])).toEqual([
      ['leak', 'HMM4206', 'B'],
      ['assertion', 'HMM4001', 'A'],
    ]);
  });

  test('goes on through a stall, which is only a report', () => {
    const machine = listed([[timeout(1)]], { unfinished: (state) => (state === 0 ? [0] : []) });
    const verdict = explored(machine);
    expect(verdict).toMatchObject({ kind: 'holds', outcome: 'passed', coverage: { states: 2 } });
    expect(verdict.findings).toMatchObject([{ name: 'stalled_until_timeout', fails: false }]);
  });

  test('does not go on behind a deadlock', () => {
    const edges: GraphEdge[][] = [[{ thread: 0, environment: 'signal', to: 1 }]];
    const verdict = explored(listed(edges, { unfinished: () => [0] }));
    expect(verdict.coverage.states).toBe(1);
    expect(verdict.findings).toMatchObject([{ name: 'deadlock', fails: true }]);
  });

  test('a set-up that ends in a finding has an empty counterexample', () => {
    const { kind, findings, coverage } = explored(listed([], { initial: 'double_free' }));
    expect([kind, coverage.states]).toEqual(['violated', 0]);
    expect(findings[0]?.counterexample).toMatchObject({ minimal: true, nearestPassing: null });
    expect(findings[0]?.counterexample.schedule).toMatch(/^h1:[\da-f]{8}:$/);
  });
});

describe('expectations of findings', () => {
  const leaks = [[to('leak@M.x'), to(1, 1)]];

  test.each([
    [{}, true],
    [{ on: 'M' }, true],
    [{ on: 'M.x' }, true],
    [{ on: 'M.' }, false],
    [{ on: 'M.x.y' }, false],
    [{ in: 'A' }, true],
    [{ in: 'B' }, false],
    [{ on: 'M', in: 'A' }, true],
    [{ on: 'M', in: 'B' }, false],
    [{ at: 'main' }, false],
  ])('leak on M.x in A is expected by %o: %s', (parts, expected) => {
    const verdict = explored(listed(leaks, { expectations: [expectFinding('leak', parts)] }));
    expect(verdict.kind).toBe('violated');
    expect(verdict.findings[0]?.expectedBy).toBe(expected ? 0 : null);
    expect(verdict.outcome).toBe(expected ? 'passed' : 'failed');
    expect(verdict.problems.map(({ code }) => code)).toEqual(expected ? [] : ['HMM4901']);
  });

  test.each([
    ['a[1]', 'a', true],
    ['foo#2', 'foo', true],
    ['Mx', 'M', false],
  ])('an object %s is included in %s: %s', (object, on, included) => {
    const machine = listed([[to(`leak@${object}`)]], {
      expectations: [expectFinding('leak', { on })],
    });
    expect(explored(machine).outcome).toBe(included ? 'passed' : 'failed');
  });

  test('an expected finding does not excuse another one', () => {
    const expectations = [expectFinding('leak')];
    const verdict = explored(listed([[to('leak'), to('assertion', 1)]], { expectations }));
    expect(verdict.findings.map(({ expectedBy }) => expectedBy)).toEqual([0, null]);
    expect(verdict.outcome).toBe('failed');
  });

  test('one key reached through two procs is two findings if only one is expected', () => {
    const expectations = [expectFinding('leak', { at: 'p' })];
    const verdict = explored(listed([[to('leak/p'), to(1, 1)], [to('leak/q')]], { expectations }));
    expect(verdict.findings.map(({ within, expectedBy }) => [within, expectedBy])).toEqual([
      [['p'], 0],
      [['q'], null],
    ]);
    expect(verdict.outcome).toBe('failed');
  });

  test('any thread that waits stands for a deadlock', () => {
    const at = { action: 'waits', object: 'lock', within: [], span: spanAt(1) };
    const wait = { ...at, thread: 'B', waitsFor: ['A'] };
    const deadlock = { ...occurrenceOf('deadlock', 0), waiting: [wait] };
    const outcome = (parts: { readonly on: string; readonly in: string }): string => {
      const machine = listed([], { expectations: [expectFinding('deadlock', parts)] });
      const ending = (): Ending => ({ kind: 'stuck', occurrences: [deadlock] });
      return explored(Object.assign(machine, { ending })).outcome;
    };
    expect(outcome({ on: 'lock', in: 'B' })).toBe('passed');
    expect(outcome({ on: 'lock', in: 'A' })).toBe('failed');
  });

  test('`holds` is broken by a finding that is expected as well', () => {
    const expectations = [holds, expectFinding('leak')];
    const verdict = explored(listed([[to('leak')]], { expectations }));
    expect(verdict).toMatchObject({
      outcome: 'failed',
      findings: [{ expectedBy: null }],
      problems: [],
    });
  });

  test('`no` makes a report a failure', () => {
    const unfinished = (state: number): number[] => (state === 0 ? [0] : []);
    const verdict = explored(listed([[timeout(1)]], { unfinished, expectations: [noStall] }));
    expect(verdict).toMatchObject({
      kind: 'violated',
      outcome: 'failed',
      findings: [{ fails: true }],
    });
  });

  test('a report can be expected, and must then be there', () => {
    const unfinished = (state: number): number[] => (state === 0 ? [0] : []);
    const expectations = [holds, expectFinding('stalled_until_timeout')];
    const verdict = explored(listed([[timeout(1)]], { unfinished, expectations }));
    expect(verdict).toMatchObject({
      kind: 'holds',
      outcome: 'passed',
      findings: [{ expectedBy: 1 }],
    });
    expect(explored(listed([[to(1)]], { expectations })).problems).toMatchObject([
      { name: 'not_found' },
    ]);
  });
});

describe('limits', () => {
  const line = (length: number, end: GraphEdge['to']): Machine<number> =>
    listed(Array.from({ length }, (_, state) => [to(state === length - 1 ? end : state + 1)]));

  test.each([
    ['state-limit', line(9, 9), { maxStates: 9 }],
    ['memory-limit', line(9, 9), { maxBytes: 1000 }],
    ['pool-exhausted', line(9, { limit: 'pool-exhausted' }), {}],
    ['instruction-limit', line(9, { limit: 'instruction-limit' }), {}],
    ['pool-exhausted', listed([], { initial: { limit: 'pool-exhausted' } }), {}],
  ] as const)('%s is inconclusive, never a pass', (why, machine, options) => {
    const { kind, outcome, coverage, ...verdict } = explored(machine, options);
    expect([kind, verdict.why, outcome]).toEqual(['inconclusive', why, 'inconclusive']);
    expect(coverage.exhaustive).toBe(false);
  });

  test('as many states as allowed are no limit', () => {
    expect(explored(line(9, 9), { maxStates: 10 }).kind).toBe('holds');
  });

  test.each(['interrupted', 'time-limit'] as const)('%s is inconclusive at every point', (why) => {
    const machine = listed([[to(1), to(2, 1)], [to(3, 1)], [to(3)]]);
    const search = searchMachine(machine);
    do {
      const { kind, outcome, ...verdict } = search.verdict(why);
      expect([kind, verdict.why, outcome]).toEqual(['inconclusive', why, 'inconclusive']);
    } while (!search.advance(1));
    expect(search.verdict(why)).toEqual(explored(machine));
  });

  test('a verdict in between leaves the search as it is', () => {
    // Asked early, the loop at 1 is the only finding; in the end the leak was there before it.
    const edges = [[to(1), to(2, 1)], [to(1)], [to('leak')]];
    const machine = listed(edges, { unfinished: () => [0, 1], meant: (_, { thread }) => [thread] });
    const search = searchMachine(machine);
    const names: string[] = [];
    do
      names.push(
        search
          .verdict()
          .findings.map(({ name }) => name)
          .join(),
      );
    while (!search.advance(1));
    expect(names).toContain('partial_deadlock');
    expect(search.verdict()).toEqual(explored(machine));
    expect(search.verdict().findings.map(({ name }) => name)).toEqual(['leak', 'partial_deadlock']);
  });

  test('a finding known before the limit stays, not minimal, and fails if unexpected', () => {
    const machine = listed([[to('leak', 1), to(1)], [to(2)], [to(3)]]);
    const verdict = explored(machine, { maxStates: 2 });
    expect(verdict).toMatchObject({ kind: 'violated', why: 'state-limit', outcome: 'failed' });
    expect(verdict.findings[0]?.counterexample).toMatchObject({ minimal: false, preemptions: 0 });
  });

  test('an expected finding before the limit does not pass, and a missing one is not yet missing', () => {
    const expectations = [expectFinding('leak'), expectFinding('assertion')];
    const machine = listed([[to('leak', 1), to(1)], [to(2)]], { expectations });
    const verdict = explored(machine, { maxStates: 2 });
    expect(verdict).toMatchObject({ kind: 'violated', outcome: 'inconclusive', problems: [] });
  });

  test('a limit of the model does not stop the search elsewhere, and says what was too small', () => {
    const machine = listed([[to({ limit: 'pool-exhausted' }), to(1, 1)], [to('leak')]]);
    const verdict = explored(machine);
    expect(verdict).toMatchObject({ kind: 'violated', why: 'pool-exhausted', outcome: 'failed' });
    expect(verdict.problems).toMatchObject([
      { code: 'HMM5004', message: 'pool-exhausted of the test' },
    ]);
  });

  test('the estimate of bytes covers the keys', () => {
    const key = (state: number): string => String(state).padStart(1000);
    const search = searchMachine(Object.assign(line(5000, 5000), { key }));
    while (!search.advance(1000));
    // Keys of a thousand characters, two bytes each at the worst, and what a map entry takes.
    expect(search.progress.bytes).toBeGreaterThan(5001 * (2 * 1000 + 64));
  });
});

describe('conditions over final states', () => {
  const condition = (kind: 'always' | 'never' | 'sometimes'): Expectation => ({
    kind,
    condition: { kind: 'const', value: 0 },
    text: 'x == 1',
    span: spanAt(92),
  });
  const two = [[to(1), to(2, 1)]];
  const run = (kind: 'always' | 'never' | 'sometimes', truth: (state: number) => boolean) =>
    explored(listed(two, { expectations: [condition(kind)], condition: truth }));

  test.each([
    ['always', () => true, 'holds', 'passed'],
    ['always', (state: number) => state === 1, 'violated', 'failed'],
    ['never', () => false, 'holds', 'passed'],
    ['never', (state: number) => state === 2, 'violated', 'failed'],
    ['sometimes', (state: number) => state === 2, 'holds', 'passed'],
    ['sometimes', () => false, 'holds', 'failed'],
  ] as const)('%s, true where %s: %s, %s', (kind, truth, reality, outcome) => {
    expect(run(kind, truth)).toMatchObject({ kind: reality, outcome });
  });

  test('a broken one is a finding that ends in the final state and names the condition', () => {
    const { findings } = run('never', (state) => state === 2);
    expect(findings).toMatchObject([{ code: 'HMM4003', thread: null, span: { line: 92 } }]);
    expect(findings[0]?.message).toContain('never x == 1');
    expect(findings[0]?.counterexample.schedule).toMatch(/:1$/);
    expect(findings[0]?.counterexample.nearestPassing).toMatch(/:0$/);
  });

  test('an unmet `sometimes` is a problem only after a complete search', () => {
    expect(run('sometimes', () => false).problems).toMatchObject([{ name: 'never_happens' }]);
    const machine = listed(two, { expectations: [condition('sometimes')] });
    const cut = explored(machine, { maxStates: 2 });
    expect(cut).toMatchObject({ outcome: 'inconclusive', problems: [] });
  });

  test.each(['always', 'never', 'sometimes'] as const)(
    '%s over no final state is vacuous',
    (kind) => {
      const machine = listed([[to(0)]], {
        expectations: [condition(kind)],
        meant: (_, { thread }) => [thread],
      });
      const verdict = explored(machine);
      expect(verdict).toMatchObject({ kind: 'inconclusive', why: 'vacuous', outcome: 'failed' });
      expect(verdict.problems).toMatchObject([{ code: 'HMM4905' }]);
    },
  );
});

describe('mistakes of a machine', () => {
  test('an alternative beyond the tables makes a broken verdict, not a wrong schedule', () => {
    const machine = listed([[{ thread: 0, alternative: 2 ** 30, to: 1 }]]);
    expect(explored(machine)).toMatchObject({ kind: 'broken', outcome: 'broken' });
  });

  test.each([
    [
      'throws',
      {
        step: () => {
          throw new Error('oops');
        },
      },
      'oops',
    ],
    ['shows nothing stuck', { ending: () => ({ kind: 'stuck', occurrences: [] }) }, 'no finding'],
    ['ends in nothing', { step: () => ({ kind: 'finding', occurrences: [] }) }, 'names none'],
  ] as const)('one that %s makes a broken verdict', (_, wrong, message) => {
    const machine = Object.assign(listed([[to(1)]]), wrong) as Machine<number>;
    const verdict = explored(machine);
    expect(verdict).toMatchObject({ kind: 'broken', outcome: 'broken' });
    expect(verdict.why).toContain(message);
  });
});
