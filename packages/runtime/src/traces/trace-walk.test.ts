// SPDX-License-Identifier: MIT
/**
 * Traces against all schedules, on random programs: each class of equivalent schedules is walked exactly once, and the
 * final states are all there.
 *
 * By hand, with more programs or others: `HMM_ORACLE_RUNS=10000 HMM_ORACLE_SEED=7 vitest run trace-walk`.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { finish } from '../explore/sliced.ts';
import { createInterpreter } from '../interpreter/interpreter.ts';
import type { Program } from '../program/index.ts';
import { walkAllSchedules } from '../testing/all-schedules.ts';
import { asked, randomQuestions } from '../testing/asked.ts';
import { compileAbstract } from '../testing/oracle-compile.ts';
import { fromTape, randomProgram, topicNames } from '../testing/oracle-programs.ts';
import { AllSchedules, TooManySchedules, traceOf } from '../testing/trace-classes.ts';
import { traceSetup } from '../testing/trace-setup.ts';
import { TraceWalk } from './trace-walk.ts';

const runs = Number(process.env['HMM_ORACLE_RUNS'] ?? 120);
const seed = Number(process.env['HMM_ORACLE_SEED'] ?? 20_140_122);

/** Programs with more schedules are left out. */
const MOST_SCHEDULES = 1500;

const tapes = fc.array(fc.noBias(fc.nat(0xffff)), { minLength: 40, maxLength: 120 });

interface Compared {
  /** By class of schedules: how often it was walked. */
  readonly walked: readonly number[];
  readonly wasted: number;
  readonly finals: ReadonlySet<string>;
}

/** Null if there are too many schedules, or none. */
function compare(program: Program): Compared | null {
  const setup = traceSetup(program);
  if (setup === null) return null;
  const { learned, initial, options, isStuck, endOf } = setup;
  const classes = new Map<string, number>();
  const finals = new Set<string>();
  const quiet = isStuck;
  const ended = (): void => {};
  const all = new AllSchedules(
    learned,
    {
      quiet,
      ended,
      complete: (execution) => void classes.set(traceOf(execution, learned.threads), 0),
    },
    options,
    MOST_SCHEDULES,
  );
  try {
    all.walk(initial);
  } catch (error) {
    if (error instanceof TooManySchedules) return null;
    throw error;
  }
  const walk = new TraceWalk(
    learned,
    {
      quiet: (execution) => {
        const { key, isFinal } = endOf(execution);
        if (isFinal) finals.add(key);
        return isStuck(execution);
      },
      ended,
      complete: (execution) => {
        const trace = traceOf(execution, learned.threads);
        classes.set(trace, (classes.get(trace) ?? -1) + 1);
      },
    },
    options,
  );
  finish(walk.run(initial));
  return { walked: [...classes.values()], wasted: walk.wasted, finals };
}

const modes = [
  ['as they are', false],
  ['with questions', true],
] as const;

describe.each(modes)('%s', (_, withQuestions) => {
  test.each(topicNames)('%s: every trace once', { timeout: 0 }, (topic) => {
    let most = 0;
    fc.assert(
      fc.property(tapes, tapes, (tape, questions) => {
        const plain = compileAbstract(randomProgram(topic, fromTape(tape)));
        const program = withQuestions ? asked(plain, randomQuestions(fromTape(questions))) : plain;
        const compared = compare(program);
        if (compared === null) return;
        const { walked, wasted, finals } = compared;
        expect(walked.filter((times) => times !== 1)).toEqual([]);
        expect(wasted).toBe(0);
        const expected = walkAllSchedules(createInterpreter(program)).finals;
        expect([...finals].toSorted()).toEqual([...expected.keys()].toSorted());
        most = Math.max(most, walked.length);
      }),
      { numRuns: runs, seed },
    );
    expect(most).toBeGreaterThan(10);
  });
});
