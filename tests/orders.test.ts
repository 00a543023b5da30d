// SPDX-License-Identifier: MIT
/**
 * Ordering constraints against their meaning: of all schedules of the same threads without the
 * constraint, those remain in which nobody goes on from the second label before the first is passed.
 */

import { compile } from '@hmmlab/dsl';
import { createNodeHost } from '@hmmlab/dsl/node';
import { createInterpreter, createSearch, type Machine } from '@hmmlab/runtime';
import type { Program, Verdict } from '@hmmlab/runtime/program';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

const host = createNodeHost({ root: import.meta.dirname });

function programOf(text: string): Program {
  const { scenarios, diagnostics } = compile(text, 'orders.hmm', host);
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  const program = scenarios[0]?.instances[0]?.program;
  if (program === undefined) throw new Error('no program');
  return program;
}

/** Threads of single steps: thread i stores i + 1, or counts, in a variable. */
interface Case {
  readonly threads: readonly (readonly string[])[];
  /** Each `[thread, steps before its label]` before another. */
  readonly orders: readonly (readonly [
    first: readonly [number, number],
    second: readonly [number, number],
  ])[];
}

const nameOf = (thread: number): string => 'ABC'.charAt(thread);

function textOf({ threads, orders }: Case, constrained: boolean): string {
  const labels = (thread: number, at: number): string[] =>
    orders.flatMap((order, index) =>
      order.flatMap(([one, place], side) =>
        one === thread && place === at ? [`l${index}_${side}:`] : [],
      ),
    );
  const bodies = threads.map((steps, thread) => {
    const lines = Array.from({ length: steps.length + 1 }, (_, at) => [
      ...(constrained ? labels(thread, at) : []),
      ...(steps[at] === undefined ? [] : [steps[at]]),
    ]);
    return `thread ${nameOf(thread)} {\n${lines.flat().join('\n')}\n}`;
  });
  const assumed = orders.map(
    ([[first], [second]], index) =>
      `assume ${nameOf(first)}.l${index}_0 before ${nameOf(second)}.l${index}_1`,
  );
  return `scenario "s" {\nint x, y\n${bodies.join('\n')}\n${constrained ? assumed.join('\n') : ''}\n}`;
}

/** What a thread has before it: its steps, and the labels between them. */
type Item = 'step' | { readonly order: number; readonly side: number };

function itemsOf({ threads, orders }: Case, thread: number): readonly Item[] {
  const steps = threads[thread] ?? [];
  return Array.from({ length: steps.length + 1 }, (_, at): readonly Item[] => {
    const labels = orders.flatMap((order, index) =>
      order.flatMap(([one, place], side) =>
        one === thread && place === at ? [{ order: index, side }] : [],
      ),
    );
    return at < steps.length ? [...labels, 'step'] : labels;
  }).flat();
}

/** Goes past labels: a first one always, a second one once the first is passed. */
function settle(rows: readonly (readonly Item[])[], at: readonly number[]): readonly number[] {
  const passed = (order: number): boolean =>
    rows.some((items, thread) =>
      items.some(
        (item, index) =>
          item !== 'step' && item.order === order && item.side === 0 && index < (at[thread] ?? 0),
      ),
    );
  const thread = rows.findIndex((items, index) => {
    const item = items[at[index] ?? 0];
    return item !== undefined && item !== 'step' && (item.side === 0 || passed(item.order));
  });
  return thread < 0 ? at : settle(rows, at.with(thread, (at[thread] ?? 0) + 1));
}

/** Values of x and y at the end of the schedules that keep to the orders. */
function allowed(one: Case): ReadonlySet<string> {
  const machine = createInterpreter(programOf(textOf({ ...one, orders: [] }, false)));
  const rows = one.threads.map((_, thread) => itemsOf(one, thread));
  const ends = new Set<string>();
  const visit = (state: Parameters<typeof machine.step>[0], before: readonly number[]): void => {
    const at = settle(rows, before);
    if (rows.every((items, thread) => at[thread] === items.length)) ends.add(memoryOf(state));
    for (const transition of machine.enabled(state)) {
      const { thread } = transition;
      if (rows[thread]?.[at[thread] ?? 0] !== 'step') continue;
      const next = machine.step(state, transition);
      if (next.kind === 'state') visit(next.state, at.with(thread, (at[thread] ?? 0) + 1));
    }
  };
  const first = machine.initial();
  if (first.kind === 'state')
    visit(
      first.state,
      rows.map(() => 0),
    );
  return ends;
}

function memoryOf({ memory }: { readonly memory: readonly unknown[] }): string {
  return JSON.stringify(memory.slice(1, 3));
}

/** The same of a search of the constrained program. */
function reached(machine: Machine<ReturnType<typeof stateOf>>): ReadonlySet<string> {
  const ends = new Set<string>();
  const first = machine.initial();
  const open = first.kind === 'state' ? [first.state] : [];
  for (const state of open) {
    const enabled = machine.enabled(state);
    if (machine.ending(state, enabled).kind === 'final') ends.add(memoryOf(state));
    for (const transition of enabled) {
      const next = machine.step(state, transition);
      if (next.kind === 'state') open.push(next.state);
    }
  }
  return ends;
}

function stateOf(program: Program) {
  const first = createInterpreter(program).initial();
  if (first.kind !== 'state') throw new Error('no initial state');
  return first.state;
}

function verdictOf(program: Program): Verdict {
  const search = createSearch(program);
  while (!search.advance(10_000));
  return search.verdict();
}

const steps = fc.constantFrom('x = 1', 'x = 2', 'y = 1', 'y = 2', 'atomic_inc(x)');
const cases: fc.Arbitrary<Case> = fc
  .array(fc.array(steps, { minLength: 1, maxLength: 2 }), { minLength: 2, maxLength: 3 })
  .chain((threads) => {
    const place = fc
      .nat({ max: threads.length - 1 })
      .chain((thread) =>
        fc.tuple(fc.constant(thread), fc.nat({ max: threads[thread]?.length ?? 0 })),
      );
    const order = fc.tuple(place, place).filter(([[first], [second]]) => first !== second);
    return fc.record({
      threads: fc.constant(threads),
      orders: fc.array(order, { minLength: 1, maxLength: 2 }),
    });
  });

describe('orders between labels', { timeout: 60_000 }, () => {
  test('leave exactly the schedules that keep them', () => {
    let [fewer, none] = [0, 0];
    fc.assert(
      fc.property(cases, (one) => {
        const program = programOf(textOf(one, true));
        const expected = allowed(one);
        expect(reached(createInterpreter(program))).toEqual(expected);
        const { findings, problems, coverage, assumptions } = verdictOf(program);
        // Nothing is wrong with these threads, whatever is cut: no deadlock, no livelock.
        expect(findings).toEqual([]);
        expect(coverage.finalStates === 0).toBe(expected.size === 0);
        if (expected.size === 0) expect(problems.some(({ name }) => name === 'vacuous')).toBe(true);
        expect(assumptions).toContain(textOf(one, true).match(/assume (.*)/)?.[1]);
        if (expected.size === 0) none += 1;
        if (expected.size < allowed({ ...one, orders: [] }).size) fewer += 1;
      }),
      { numRuns: 300 },
    );
    expect(fewer).toBeGreaterThan(30);
    expect(none).toBeGreaterThan(3);
  });
});

const searched = (items: string): Verdict =>
  verdictOf(programOf(`scenario "s" { bool go, out\n ${items} }`));

describe('a run that is cut', () => {
  test('is no deadlock, no livelock, no starvation and no partial deadlock', () => {
    const held = `thread A { await go; here: out = true }
      thread B { there: go = true }
      thread C { forever { out = false } }
      assume A.here before B.there
      expect eventually finished(B)`;
    const { findings, problems } = searched(held);
    expect(findings).toEqual([]);
    expect(problems.map(({ name }) => name)).toEqual(['vacuous']);
    const free = searched(held.replace('assume A.here before B.there', ''));
    expect(free.findings).toEqual([]);
  });

  test('hides no finding of the others', () => {
    const { findings } = searched(`thread A { here: BUG_ON(out) }
      thread B { there: go = true }
      thread C { out = true }
      assume B.there before A.here
      expect assertion in A`);
    expect(findings.map(({ name }) => name)).toEqual(['assertion']);
  });
});
