// SPDX-License-Identifier: MIT
import { describe, expect, test } from 'vitest';
import type { Instruction, InstructionBody, Proc, Program, Verdict } from '../program/index.ts';
import { explored } from '../testing/explored.ts';
import type { GraphEdge } from '../testing/graph-machine.ts';
import { expectFinding, graphMachine, graphProgram, spanAt } from '../testing/graph-machine.ts';
import type { ExploredInstance } from './coverage-problems.ts';
import { coverageProblems } from './coverage-problems.ts';

const stop: InstructionBody = { op: 'return', value: null };
const nop: InstructionBody = { op: 'primitive', name: 'cpu_relax', args: [], to: null };

/** A scenario proc whose instruction at pc stands at line `line + pc`. */
function proc(name: string, line: number, ...code: InstructionBody[]): Proc {
  const at = (body: InstructionBody, pc: number): Instruction => ({
    ...body,
    span: spanAt(line + pc),
    border: true,
  });
  return {
    name,
    params: 0,
    locals: [],
    depth: 1,
    code: code.map(at),
    span: spanAt(line),
    origin: 'scenario',
  };
}

/** Threads A and B in procs 0 and 1. */
function programOf(procs: readonly Proc[], parts: Partial<Program> = {}): Program {
  const base = graphProgram(2, { procs, ...parts });
  return { ...base, threads: base.threads.map((thread, index) => ({ ...thread, proc: index })) };
}

/** Explored in one way: runs these positions; then perhaps a finding with the threads at `stands`. */
function instance(
  program: Program,
  ran: readonly (readonly [number, number])[],
  stands: readonly (readonly [number, number])[] | null = null,
): ExploredInstance {
  const steps: GraphEdge[][] = [[{ thread: 0, to: 1 }]];
  if (stands !== null) steps.push([{ thread: 0, to: 'leak' }]);
  const machine = graphMachine({
    threads: 2,
    edges: (state) => steps[state] ?? [],
    runs: () => ran,
    positions: (state, thread) => {
      const place = state === 1 ? stands?.[thread] : undefined;
      return place === undefined ? [] : [place];
    },
    program,
  });
  return { program, verdict: explored(machine) };
}

function lines(instances: readonly ExploredInstance[]): number[] {
  return coverageProblems(instances).map(({ span }) => span.line);
}

const hiddenLines = ({ hidden }: Verdict): number[] => hidden.map(({ line }) => line);

describe('statements that never run', () => {
  const straight = programOf([proc('a', 10, nop, nop, stop), proc('b', 20, stop)]);

  test('are problems, by line', () => {
    expect(
      lines([
        instance(straight, [
          [0, 0],
          [1, 0],
        ]),
      ]),
    ).toEqual([11, 12]);
    expect(coverageProblems([instance(straight, [])])[0]).toMatchObject({ code: 'HMM4903' });
    expect(
      instance(straight, [
        [1, 0],
        [0, 0],
      ]).verdict.reached,
    ).toEqual([
      [0, 0],
      [1, 0],
    ]);
  });

  test('one instance that runs them is enough, wherever its procs stand', () => {
    const turned = programOf([proc('b', 20, stop), proc('a', 10, nop, nop, stop)]);
    const first = instance(straight, [
      [0, 0],
      [1, 0],
    ]);
    expect(lines([first, instance(turned, [[1, 1]])])).toEqual([12]);
  });

  test('a statement is reached with any of its instructions', () => {
    const code = [nop, nop, stop].map((body) => ({ ...body, span: spanAt(10), border: true }));
    const whole = programOf([{ ...proc('a', 10), code }, proc('b', 20, stop)]);
    expect(
      lines([
        instance(whole, [
          [0, 1],
          [1, 0],
        ]),
      ]),
    ).toEqual([]);
  });

  test('nothing is said where one instance was not explored to the end', () => {
    const done = instance(straight, []);
    const cut = explored(graphMachine({ threads: 1, edges: () => [], program: straight }), {
      maxStates: 0,
    });
    expect(lines([done, { program: straight, verdict: cut }])).toEqual([]);
  });

  test('library procs, the set-up and procs that no thread calls do not count', () => {
    const library: Proc = { ...proc('lib', 30, stop), origin: 'library' };
    const call: InstructionBody = { op: 'call', proc: 2, args: [], to: null };
    const procs = [
      proc('a', 10, call, stop),
      proc('b', 20, stop),
      library,
      proc('setup', 40, stop),
      proc('unused', 50, stop),
    ];
    expect(lines([instance(programOf(procs, { setup: 3 }), [[0, 0]])])).toEqual([11, 20]);
  });

  test('procs called through a table or as a work function do count', () => {
    const table = { name: 't', ops: 0, procs: [null, 2] };
    const ofOtherInterface = { name: 'u', ops: 1, procs: [null, 5] };
    const viaTable: InstructionBody = {
      op: 'call-ops',
      table: { kind: 'const', value: 1 },
      ops: 0,
      slot: 1,
      args: [],
      to: null,
    };
    const viaWork: InstructionBody = { op: 'call-work', work: { kind: 'const', value: 1 } };
    const init: InstructionBody = {
      op: 'primitive',
      name: 'INIT_WORK',
      args: [
        { kind: 'const', value: 1 },
        { kind: 'const', value: 4 },
      ],
      to: null,
    };
    const work = { ...proc('fn', 40, stop), params: 1 };
    const other = { ...proc('no fn', 50, stop), params: 1 };
    const procs = [
      proc('a', 10, viaTable, stop),
      proc('b', 20, init, viaWork),
      proc('op', 30, stop),
      work,
      other,
      proc('op of another interface', 60, stop),
    ];
    const program = programOf(procs, { opsTables: [table, ofOtherInterface] });
    expect(
      lines([
        instance(program, [
          [0, 0],
          [0, 1],
          [1, 0],
          [1, 1],
        ]),
      ]),
    ).toEqual([30, 40]);
  });
});

describe('marks', () => {
  const marked = programOf([proc('a', 10, nop, nop, stop), proc('b', 20, stop)], {
    unreached: [{ span: { ...spanAt(11), endLine: 13 }, reason: 'cannot be' }],
  });

  test('excuse what they include', () => {
    expect(lines([instance(marked, [[0, 0]])])).toEqual([20]);
  });

  test('fail the scenario if they are wrong, also before the search is complete', () => {
    const { verdict } = instance(marked, [[0, 2]]);
    expect(verdict).toMatchObject({ outcome: 'failed', problems: [{ code: 'HMM4904' }] });
    expect(
      instance(marked, [
        [0, 0],
        [1, 0],
      ]).verdict.problems,
    ).toEqual([]);
  });
});

describe('what lies behind an expected finding is hidden', () => {
  const branch: InstructionBody = {
    op: 'branch',
    test: { kind: 'const', value: 0 },
    then: 1,
    else: 3,
  };
  const call: InstructionBody = { op: 'call', proc: 2, args: [], to: null };
  const procs = [
    proc('a', 10, branch, nop, { op: 'jump', target: 4 }, call, stop),
    proc('b', 20, nop, nop, stop),
    proc('callee', 30, stop),
  ];
  const expected = programOf(procs, { expectations: [expectFinding('leak')] });
  const before: readonly (readonly [number, number])[] = [
    [0, 0],
    [1, 0],
  ];

  test('from the positions of all threads on, through branches and calls', () => {
    const whole = instance(expected, before, [
      [0, 0],
      [1, 1],
    ]);
    expect(hiddenLines(whole.verdict)).toEqual([11, 12, 13, 14, 21, 22, 30]);
    expect(lines([whole])).toEqual([]);
  });

  test('so is what the threads of an expected partial deadlock still have before them', () => {
    const machine = graphMachine({
      threads: 2,
      edges: () => [{ thread: 0, to: 0 }],
      unfinished: () => [0, 1],
      positions: (_, thread) => [[thread, thread === 0 ? 1 : 2]],
      program: programOf(procs, { expectations: [expectFinding('partial_deadlock')] }),
    });
    expect(hiddenLines(explored(machine))).toEqual([11, 12, 14, 22]);
  });

  test('not what control cannot reach from there', () => {
    const later = instance(expected, before, [
      [0, 1],
      [1, 2],
    ]);
    expect(hiddenLines(later.verdict)).toEqual([11, 12, 14, 22]);
    expect(lines([later])).toEqual([13, 21, 30]);
  });

  test('not behind one that is not expected', () => {
    const { verdict } = instance(programOf(procs), before, [
      [0, 0],
      [1, 1],
    ]);
    expect(verdict).toMatchObject({ outcome: 'failed', hidden: [] });
  });

  test('a set-up that ends in one hides all threads', () => {
    const machine = graphMachine({
      threads: 2,
      edges: () => [],
      initial: 'leak',
      program: expected,
    });
    const verdict = explored(machine);
    expect(verdict.outcome).toBe('passed');
    expect(lines([{ program: expected, verdict }])).toEqual([]);
  });
});
