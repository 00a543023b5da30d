// SPDX-License-Identifier: MIT
/** A replayed schedule without layout: for JSON output and for line diffs of other tools. */

import type { Trace } from '@hmmlab/runtime';
import type { Program } from '@hmmlab/runtime/program';
import { stepProc, stepText } from './diff/step-text.ts';
import { locationOf } from './location.ts';
import { visible } from './render/visible.ts';
import type { Location } from './report.ts';

export interface PlainStep extends Location {
  readonly thread: string;
  /** `hmm_range_fault: load R.valid -> 1`. */
  readonly text: string;
}

/** The steps in order; `file`, `line` and `column` are where the statement begins. */
export function plainSchedule(program: Program, trace: Trace): readonly PlainStep[] {
  return trace.steps.map((step) => {
    const proc = stepProc(step);
    return {
      thread: program.threads[step.thread]?.name ?? '?',
      ...locationOf(program, step.span),
      text: (proc === null ? '' : `${proc}: `) + stepText(step),
    };
  });
}

/**
 * One line per step, without numbers: a line diff of two schedules shows what is reordered and nothing
 * else. Threads are aligned by the Program's longest thread name, so that equal steps are equal lines.
 */
export function scheduleLines(program: Program, trace: Trace): readonly string[] {
  const names = program.threads.map((thread) => visible(thread.name).length);
  const width = Math.max(0, ...names);
  return plainSchedule(program, trace).map(
    ({ thread, text }) => `${visible(thread).padEnd(width)}  ${visible(text)}`,
  );
}
