// SPDX-License-Identifier: MIT
/** The picture that lockdep draws of a deadlock: what each CPU takes, in the order of this schedule. */

import type { HeldLock, LockPicture, Wait } from '../report.ts';
import type { Trace } from '@hmmlab/runtime';
import type { Program } from '@hmmlab/runtime/program';

type PictureRow = LockPicture['rows'][number];

/** Index of the last step that a thread takes, or -1: the one in which it joins the queue. */
function lastStep(program: Program, trace: Trace, thread: string): number {
  return trace.steps.findLastIndex((step) => program.threads[step.thread]?.name === thread);
}

/** Null unless at least two threads stand in each other's way with locks. */
export function lockPicture(
  program: Program,
  trace: Trace,
  waits: readonly Wait[],
): LockPicture | null {
  const wanted = new Set(waits.map(({ object }) => object));
  const held = waits.filter(({ holds }) => holds.some(({ object }) => wanted.has(object)));
  if (waits.length < 2 || held.length < 2) return null;
  const rows = waits.flatMap((wait, lane): PictureRow[] => {
    const taken = wait.holds.filter(({ object }) => wanted.has(object));
    return [
      ...taken.flatMap((lock) => takenRow(trace, lock, lane)),
      { lane, text: wait.action, number: lastStep(program, trace, wait.thread) + 1, waits: true },
    ];
  });
  return {
    threads: waits.map(({ thread }) => thread),
    rows: rows.toSorted((a, b) => a.number - b.number),
  };
}

/** Nothing for a lock that the set-up has taken. */
function takenRow(trace: Trace, { object, since, mode }: HeldLock, lane: number): PictureRow[] {
  const step = since === null ? undefined : trace.steps[since.step - 1];
  if (since === null || step === undefined) return [];
  const granted = !step.text.includes(object) || step.text.endsWith(' granted');
  const word = mode === 'exclusive' ? 'take' : mode;
  const text = granted ? `${word} ${object}` : step.text.replace(/(?: -> |: ).*$/, '');
  return [{ lane, text, number: since.step, waits: false }];
}
