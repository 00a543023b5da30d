// SPDX-License-Identifier: MIT
import { expect, test } from 'vitest';
import { createInterpreter } from '../interpreter/interpreter.ts';
import { stopsAtFailures, withDeadLocals } from './as-others-count.ts';
import { measureGraph, wholeGraph } from './measure-graph.ts';
import { binary, buildProgram } from './program-builder.ts';

/** A asserts that x is 0 and sets y; B sets x, twice. */
const program = buildProgram((b) => {
  const [x, y] = [b.int('x'), b.int('y')];
  b.thread('A', (c) => {
    const seen = c.load(x);
    c.assert(binary('==', seen, 0), 'x == 0');
    c.store(y, 1);
  });
  b.thread('B', (c) => {
    c.store(x, 1);
    c.store(x, 2);
  });
});

test('a failed assertion is a state in which nothing goes on', () => {
  // A and B at each of their places, 3 * 3, of which 2 only if A looked first; it fails in 2 more.
  const stored = measureGraph(wholeGraph(createInterpreter(program)));
  expect(stored).toMatchObject({ states: 9, broken: 2, error: 2, deadlocks: 0 });
  const others = measureGraph(wholeGraph(stopsAtFailures(program, createInterpreter)));
  expect(others).toMatchObject({ states: 11, broken: 0, error: 2, deadlocks: 2 });
  expect(others.transitions).toBe(stored.transitions);
});

test('a dead local tells states apart', () => {
  const reads = buildProgram((b) => {
    const x = b.int('x');
    b.thread('A', (c) => void c.load(x));
    b.thread('B', (c) => c.store(x, 1));
  });
  const states = (one: typeof reads): number => wholeGraph(createInterpreter(one)).states;
  expect([states(reads), states(withDeadLocals(reads))]).toEqual([4, 5]);
});
