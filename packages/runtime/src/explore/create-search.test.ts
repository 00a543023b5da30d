// SPDX-License-Identifier: MIT
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createInterpreter } from '../interpreter/interpreter.ts';
import type { Program, Verdict } from '../program/index.ts';
import { replay } from '../schedule/replay.ts';
import { walkAllSchedules } from '../testing/all-schedules.ts';
import type { CodeBuilder } from '../testing/program-builder.ts';
import { binary, buildProgram, compare, valueOf } from '../testing/program-builder.ts';
import { createSearch } from './create-search.ts';

function searched(program: Program): Verdict {
  const search = createSearch(program);
  while (!search.advance(1000));
  return search.verdict();
}

type Action = 'lock m' | 'lock n' | 'unlock m' | 'unlock n' | 'x++' | 'check x';

/** A program of straight threads over two mutexes and a counter. */
function straight(threads: readonly (readonly Action[])[]): Program {
  return buildProgram((b) => {
    const x = b.int('x');
    const locks = { m: b.cell('m', { kind: 'mutex' }), n: b.cell('n', { kind: 'mutex' }) };
    const write = (code: CodeBuilder, action: Action): void => {
      switch (action) {
        case 'x++':
          code.store(x, binary('+', code.load(x), 1));
          break;
        case 'check x':
          code.assert(binary('<', code.load(x), 2), 'x < 2');
          break;
        case 'lock m':
        case 'unlock m':
          code.primitive(action === 'lock m' ? 'mutex_lock' : 'mutex_unlock', [locks.m]);
          break;
        case 'lock n':
        case 'unlock n':
          code.primitive(action === 'lock n' ? 'mutex_lock' : 'mutex_unlock', [locks.n]);
      }
    };
    for (const [index, actions] of threads.entries()) {
      b.thread(`T${index}`, (code) => {
        for (const action of actions) write(code, action);
      });
    }
  });
}

const both = (first: 'm' | 'n', second: 'm' | 'n'): readonly Action[] => [
  `lock ${first}`,
  `lock ${second}`,
  `unlock ${second}`,
  `unlock ${first}`,
];

describe('the search of the interpreter', () => {
  test('two locks in one order hold, in two orders deadlock', () => {
    const fine = searched(straight([both('m', 'n'), both('m', 'n')]));
    expect([fine.kind, fine.outcome, fine.findings]).toEqual(['holds', 'passed', []]);
    const wrong = searched(straight([both('m', 'n'), both('n', 'm')]));
    expect([wrong.kind, wrong.outcome]).toEqual(['violated', 'failed']);
    expect(wrong.findings).toMatchObject([
      { name: 'deadlock', counterexample: { minimal: true, preemptions: 1 } },
    ]);
  });

  test('a counterexample replays to locks held, its nearest passing one to none', () => {
    const program = straight([both('m', 'n'), both('n', 'm')]);
    const [finding] = searched(program).findings;
    const bad = replay(program, finding?.counterexample.schedule ?? '');
    const good = replay(program, finding?.counterexample.nearestPassing ?? '');
    if (bad.kind === 'error' || good.kind === 'error') throw new Error('cannot be replayed');
    const end = bad.trace.steps.at(-1);
    expect(end?.holds.map(({ thread, object, since }) => [thread, object, since])).toEqual([
      [0, 'm', 0],
      [1, 'n', 1],
    ]);
    expect(good.trace.steps.at(-1)?.holds).toEqual([]);
  });

  test('outcomes of x++ twice: 1 and 2, never 0', () => {
    const increments = straight([['x++'], ['x++']]);
    const x = valueOf({ object: 0, name: 'x' });
    const span = increments.span;
    const is = (value: number) => ({
      condition: compare(x, '==', value),
      text: `x == ${value}`,
      span,
    });
    const program = (...expectations: Program['expectations']): Program => ({
      ...increments,
      expectations,
    });
    const right = searched(
      program(
        { kind: 'sometimes', ...is(1) },
        { kind: 'sometimes', ...is(2) },
        { kind: 'never', ...is(0) },
      ),
    );
    expect([right.kind, right.outcome, right.problems]).toEqual(['holds', 'passed', []]);
    const lost = searched(program({ kind: 'always', ...is(2) }));
    expect(lost.findings).toMatchObject([
      { name: 'outcome', counterexample: { preemptions: 1, minimal: true } },
    ]);
  });

  test('every statement of straight threads is reached', () => {
    const program = straight([['x++', ...both('m', 'n')], ['check x']]);
    const { reached } = searched(program);
    const all = program.procs.flatMap(({ code }, proc) => code.map((_, pc) => [proc, pc]));
    expect(reached).toEqual(all);
  });

  test('agrees with a walk through all schedules, state by state', () => {
    const action = fc.constantFrom<Action>(
      ...(['lock m', 'lock n', 'unlock m', 'unlock n', 'x++', 'check x'] as const),
    );
    const thread = fc.array(action, { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(fc.array(thread, { minLength: 1, maxLength: 2 }), (threads) => {
        const program = straight(threads);
        const walk = walkAllSchedules(createInterpreter(program));
        const verdict = searched(program);
        expect(verdict.coverage.states).toBe(walk.states.size);
        expect(verdict.coverage.finalStates).toBe(walk.finals.size);
        expect([...new Set(verdict.findings.map(({ name }) => name))].toSorted()).toEqual(
          walk.findings,
        );
        for (const { counterexample } of verdict.findings) {
          expect(replay(program, counterexample.schedule).kind).toBe('trace');
        }
      }),
      { numRuns: 300 },
    );
  });

  test('a schedule of one program is refused by another', () => {
    const [finding] = searched(straight([both('m', 'n'), both('n', 'm')])).findings;
    const other = straight([both('m', 'n'), both('m', 'n')]);
    expect(replay(other, finding?.counterexample.schedule ?? '')).toMatchObject({
      kind: 'error',
      error: { code: 'HMM6003' },
    });
  });
});
