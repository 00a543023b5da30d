// SPDX-License-Identifier: MIT
/** Single steps of a trace with what the thread holds meanwhile. */

import type { StepRecord, Trace } from '@hmmlab/runtime';
import type { Program } from '@hmmlab/runtime/program';
import { stepProc, stepText } from '../diff/step-text.ts';
import { locationOf } from '../location.ts';
import type { HeldLock, Moment } from '../report.ts';
import { heldLock } from '../waits.ts';

/** Locks that a thread holds before step `index`. */
function holdsBefore(
  program: Program,
  trace: Trace,
  index: number,
  thread: number,
): readonly HeldLock[] {
  const holds = trace.steps[index - 1]?.holds ?? [];
  return holds
    .filter((hold) => hold.thread === thread)
    .map((hold) => heldLock(program, trace, hold));
}

/**
 * @param at index of the step in `trace`; the number of steps for one that is about to be taken
 * @param number what the reader finds it by, or null
 */
export function momentOf(
  program: Program,
  trace: Trace,
  record: StepRecord,
  at: number,
  number: number | null,
): Moment {
  return {
    thread: program.threads[record.thread]?.name ?? '?',
    proc: stepProc(record),
    text: stepText(record),
    number,
    location: locationOf(program, record.span),
    holds: holdsBefore(program, trace, at, record.thread),
  };
}

/** A step of the failing schedule. */
export function momentAt(program: Program, trace: Trace, index: number): Moment | null {
  const step = trace.steps[index];
  return step === undefined ? null : momentOf(program, trace, step, index, index + 1);
}
