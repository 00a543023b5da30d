// SPDX-License-Identifier: MIT
/** A NULL that is followed: who stored it, who loaded it. */

import type { LifeInput, Mark } from './life.ts';

const LOADED = /^load (?<cell>.+) -> NULL$/;

export function nullMarks({ trace: { steps } }: LifeInput): readonly Mark[] {
  const end = steps.length - 1;
  const user = steps[end]?.thread;
  const loaded = steps.findLastIndex(
    ({ thread, text }, index) => index < end && thread === user && LOADED.test(text),
  );
  const cell = LOADED.exec(steps[loaded]?.text ?? '')?.groups?.['cell'];
  const stored = steps.findLastIndex(
    ({ changes }, index) =>
      index < loaded && changes.some(({ object, after }) => object === cell && after === 'NULL'),
  );
  return [
    { index: stored, what: 'set to NULL' },
    { index: loaded, what: 'loaded' },
    { index: end, what: 'followed' },
  ];
}
