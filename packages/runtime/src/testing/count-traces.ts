// SPDX-License-Identifier: MIT
/** Numbers of a program's inequivalent schedules. */

import { finish } from '../explore/sliced.ts';
import type { Program } from '../program/index.ts';
import { EndJudge } from '../traces/end-judge.ts';
import { TraceWalk } from '../traces/trace-walk.ts';
import { traceSetup } from './trace-setup.ts';

export interface TraceCount {
  readonly all: number;
  /** Those that end in a finding or stuck. */
  readonly wrong: number;
  /** Schedules that were left without an end. */
  readonly wasted: number;
}

/** All traces of a program that ends, walked one by one; a loop without an end is an error. */
export function countTraces(program: Program): TraceCount {
  const setup = traceSetup(program);
  if (setup === null) return { all: 0, wrong: 0, wasted: 0 };
  const { learned, machine, options, initial, isStuck } = setup;
  const judge = new EndJudge(learned, machine);
  let wrong = 0;
  let isWrong = false;
  const walk = new TraceWalk(
    learned,
    {
      quiet: (execution) => {
        const isGood = judge.isGoodEnd(execution.rows, execution.offset(execution.length));
        isWrong ||= !isGood;
        return !isGood && isStuck(execution);
      },
      ended: (_, { kind }) => {
        if (kind === 'loop' || kind === 'limit') throw new RangeError(`not all traces: ${kind}`);
        isWrong = kind !== 'cut';
      },
      complete: () => {
        if (isWrong) wrong += 1;
        isWrong = false;
      },
    },
    options,
  );
  finish(walk.run(initial));
  return { all: walk.traces, wrong, wasted: walk.wasted };
}
