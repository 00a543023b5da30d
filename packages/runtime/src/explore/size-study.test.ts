// SPDX-License-Identifier: MIT
/** Counts of a size study against states that are listed and cut by hand, on random programs. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Program } from '../program/index.ts';
import { exploreProgram } from '../testing/explore-all.ts';
import { compileAbstract } from '../testing/oracle-compile.ts';
import { fromTape, randomProgram, topicNames } from '../testing/oracle-programs.ts';
import { buildProgram } from '../testing/program-builder.ts';
import type { SizeReport } from './size-study.ts';
import { SizeStudy } from './size-study.ts';

function studied(program: Program, maxStates = 1_000_000): SizeReport {
  const study = new SizeStudy(program, { maxStates });
  for (;;) {
    const report = study.advance(100);
    if (report !== null) return report;
  }
}

const tapes = fc.array(fc.noBias(fc.nat(0xffff)), { minLength: 40, maxLength: 120 });

test('threads and states without them are counted as they are', { timeout: 0 }, () => {
  fc.assert(
    fc.property(fc.constantFrom(...topicNames), tapes, (topic, tape) => {
      const program = compileAbstract(randomProgram(topic, fromTape(tape)));
      const { states } = exploreProgram(program);
      const report = studied(program);
      expect(report).toMatchObject({ states: states.length, why: null });
      for (const [index, { name }] of program.threads.entries()) {
        const part = report.parts.find((one) => one.kind === 'thread' && one.name === name);
        const values = new Set(states.map(({ threads }) => JSON.stringify(threads[index])));
        const others = states.map(({ threads, ...rest }) =>
          JSON.stringify({ ...rest, threads: threads.toSpliced(index, 1) }),
        );
        expect(part?.values ?? 1).toBe(Math.max(1, values.size));
        if (part !== undefined) expect(part.statesWithout).toBe(new Set(others).size);
      }
    }),
    { numRuns: 150, seed: 20_261_121 },
  );
});

/** Two threads x[i] = 1, x[i] = 2 with a variable each: 3 * 3 states. */
const pair = buildProgram((builder) => {
  for (const index of [0, 1]) {
    const cell = builder.int(`x[${index}]`);
    builder.thread(`A[${index}]`, (code) => {
      code.store(cell, 1);
      code.store(cell, 2);
    });
  }
});

test('arrays are one part, and count what is without one of them', () => {
  const { states, parts, lines } = studied(pair);
  expect(states).toBe(9);
  expect(parts).toEqual([
    { kind: 'thread', name: 'A', members: 2, values: 9, statesWithout: 9, statesWithoutOne: 9 },
    { kind: 'variable', name: 'x', members: 2, values: 9, statesWithout: 9, statesWithoutOne: 9 },
  ]);
  // While the other one is not done, a first store of either can be overtaken in 2 states, a second one too.
  expect(lines.map(({ contended }) => contended)).toEqual([2, 2, 2, 2]);
});

test('a limit of states is told', () => {
  expect(studied(pair, 4)).toMatchObject({ states: 4, why: 'state-limit' });
});
