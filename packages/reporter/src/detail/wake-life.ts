// SPDX-License-Identifier: MIT
/** A lost wake-up: the last test, the wake-up or the store that came too early or too late, the sleep. */

import type { LifeInput, Mark } from './life.ts';

export function wakeMarks({
  program,
  finding,
  trace: { steps },
  object,
}: LifeInput): readonly Mark[] {
  const isWaiter = (thread: number): boolean => program.threads[thread]?.name === finding.thread;
  const tested = steps.findLastIndex(
    ({ thread, text }) => isWaiter(thread) && text.startsWith('load '),
  );
  const condition = steps[tested]?.touched ?? [];
  const set = steps.findLastIndex(
    ({ thread, changes }) =>
      !isWaiter(thread) && changes.some((change) => condition.includes(change.object)),
  );
  const woken = steps.findLastIndex(
    ({ thread, touched, text }) =>
      !isWaiter(thread) && touched.includes(object) && !text.startsWith('prepare_to_wait'),
  );
  const queued = steps.findLastIndex(
    ({ thread, changes }) => isWaiter(thread) && changes.some((change) => change.object === object),
  );
  return [
    { index: tested, what: 'last test' },
    { index: set, what: 'made true' },
    { index: woken, what: 'wake-up' },
    { index: queued, what: 'on the queue' },
  ];
}
