// SPDX-License-Identifier: MIT
/**
 * Programs that break careless combinations of good methods: each shows that the mistake is one, and that ours does not make
 * it. That a bound needs its own part of a state's key is shown in `explore/bounded-machine.test.ts`.
 */
import { describe, expect, test } from 'vitest';
import { createSearch } from '../explore/create-search.ts';
import type { SearchOptions } from '../explore/search.ts';
import type { Program, Verdict } from '../program/index.ts';
import type { CellOp, CellProgram } from '../testing/careless-explorers.ts';
import {
  allFinals,
  dynamicReduction,
  oneThreadAlone,
  withSleepSets,
} from '../testing/careless-explorers.ts';
import { countTraces } from '../testing/count-traces.ts';
import type { CodeBuilder } from '../testing/program-builder.ts';
import { binary, buildProgram, compare, valueOf } from '../testing/program-builder.ts';

const read = (cell: string): CellOp => ({ kind: 'read', cell });
const count = (cell: string): CellOp => ({ kind: 'count', cell });

/** The same program for the searches: what is read stays in locals to the end. */
function compiled({ threads, forever }: CellProgram, never: string | null = null): Program {
  return buildProgram((builder) => {
    const names = [...new Set(threads.flat().map(({ cell }) => cell))];
    const cells = new Map(names.map((name) => [name, builder.int(name)]));
    for (const [index, ops] of threads.entries()) {
      const write = (code: CodeBuilder): void => {
        for (const { kind, cell } of ops) {
          const ref = cells.get(cell) ?? 0;
          if (kind === 'read') code.load(ref);
          else if (kind === 'count') code.primitive('atomic_inc', [ref]);
          else code.store(ref, binary('-', 1, code.load(ref)));
        }
        if (forever.includes(index)) code.jump(0);
      };
      const reads = ops.filter(({ kind }) => kind === 'read');
      builder.thread(`T${index}`, write, { observed: [...reads.keys()] });
    }
    const cell = cells.get(never ?? '');
    if (cell !== undefined) builder.invariant(compare(valueOf(cell), '<', 1), 'never counted');
  });
}

function verdictOf(program: Program, options: SearchOptions): Verdict {
  const search = createSearch(program, options);
  while (!search.advance(1000));
  return search.verdict();
}

describe('reduction while running, and a set of known states', () => {
  const program: CellProgram = {
    threads: [[read('x')], [read('x'), read('x'), count('x')]],
    forever: [],
  };

  test('a known state cuts off the races behind it', () => {
    expect(allFinals(program).size).toBe(2);
    expect(dynamicReduction(program, false)).toEqual(allFinals(program));
    expect(dynamicReduction(program, true).size).toBe(1);
  });

  test('traces keep no states', () => {
    expect(countTraces(compiled(program))).toEqual({ all: 2, wrong: 0, wasted: 0 });
    expect(verdictOf(compiled(program), { strategy: 'traces' }).coverage.finalStates).toBe(2);
    expect(verdictOf(compiled(program), {}).coverage.finalStates).toBe(2);
  });
});

describe('sleep sets and a bound on preemptions', () => {
  const program: CellProgram = {
    threads: [
      [count('x'), count('z')],
      [read('z'), read('z')],
    ],
    forever: [],
  };

  test('equivalent schedules cost different numbers of preemptions', () => {
    expect(withSleepSets(program, Infinity, true)).toEqual(allFinals(program));
    expect(allFinals(program, 1).size).toBe(3);
    expect(withSleepSets(program, 1, true).size).toBe(2);
  });

  test('a bounded search reduces nothing, whatever strategy is asked for', () => {
    const { coverage } = verdictOf(compiled(program), { strategy: 'traces', preemptions: 1 });
    expect(coverage).toMatchObject({ strategy: 'bounded', exhaustive: false });
    expect(coverage.traces).toBe(undefined);
  });
});

describe('one thread alone, for ever', () => {
  const program: CellProgram = {
    threads: [[{ kind: 'toggle', cell: 'x' }], [count('y')]],
    forever: [0],
  };

  test('the other one is never looked at', () => {
    expect(oneThreadAlone(program, false)).toEqual(new Set(['x', 'y']));
    expect(oneThreadAlone(program, true)).toEqual(new Set(['x']));
  });

  test('traces find what it does, and never say that this is all', () => {
    const wrong = compiled(program, 'y');
    expect(verdictOf(wrong, {}).findings.map(({ name }) => name)).toContain('invariant');
    const traces = verdictOf(wrong, { strategy: 'traces' });
    expect(traces.findings.map(({ name }) => name)).toEqual(['invariant']);
    const right = verdictOf(compiled(program), { strategy: 'traces' });
    expect(right).toMatchObject({ kind: 'inconclusive', why: 'unbounded-loop' });
  });
});
