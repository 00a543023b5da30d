// SPDX-License-Identifier: MIT
/** Where a lock was taken and released. */

import type { TraceStep } from '@hmmlab/runtime';
import type { LifeInput, Mark } from './life.ts';

function holds(step: TraceStep | undefined, thread: number, object: string): boolean {
  return step?.holds.some((hold) => hold.thread === thread && hold.object === object) ?? false;
}

/** Taken, released first, released again; or taken by the owner and released by somebody else. */
export function unlockMarks({ finding, trace: { steps }, object }: LifeInput): readonly Mark[] {
  const end = steps.length - 1;
  const last = steps[end];
  if (last === undefined) return [];
  const owner = last.holds.find((hold) => hold.object === object);
  if (finding.name === 'unlock_by_non_owner' && owner !== undefined)
    return [
      { index: owner.since, what: 'taken' },
      { index: end, what: 'released' },
    ];
  const released = steps.findLastIndex(
    (step, index) =>
      index < end &&
      holds(steps[index - 1], last.thread, object) &&
      !holds(step, last.thread, object),
  );
  const before = released < 1 ? [] : (steps[released - 1]?.holds ?? []);
  const taken = before.find((hold) => hold.thread === last.thread && hold.object === object);
  return [
    { index: taken?.since ?? -1, what: 'taken' },
    { index: released, what: 'released first' },
    { index: end, what: released < 0 ? 'released' : 'released again' },
  ];
}

/** Taken, and the end or the sleep that comes before its release. */
export function lockMarks({
  finding,
  trace: { steps },
  program,
  object,
}: LifeInput): readonly Mark[] {
  const hold = steps
    .at(-1)
    ?.holds.find(
      (each) => each.object === object && program.threads[each.thread]?.name === finding.thread,
    );
  const last = steps.findLastIndex(
    ({ thread }) => program.threads[thread]?.name === finding.thread,
  );
  return [
    { index: hold?.since ?? -1, what: 'taken' },
    { index: last, what: finding.name === 'lock_held_at_exit' ? 'last step' : 'sleeps' },
  ];
}
