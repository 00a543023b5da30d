// SPDX-License-Identifier: MIT
/** A way round in words: what each thread does on it. */

import type { Machine, StepRecord } from '../interpreter/machine.ts';
import type { Schedule } from '../schedule/schedule.ts';

/** Actions of one thread that a message lists. */
const MOST_ACTIONS = 4;

/** The records of a way round that begins in `state`. */
export function recordsOf<State>(
  machine: Machine<State>,
  state: State,
  schedule: Schedule,
): readonly StepRecord[] {
  let at = state;
  return schedule.map((transition) => {
    const record = machine.describe(at, transition);
    const result = machine.step(at, transition);
    if (result.kind !== 'state') throw new Error('a loop that was closed no longer is');
    at = result.state;
    return record;
  });
}

/** `lock m, unlock m`: what the records tell, each action once and the first few only. */
export function actionsOf(records: readonly StepRecord[]): string {
  const texts = [...new Set(records.map(({ text }) => text))];
  const shown = texts.slice(0, MOST_ACTIONS).join(', ');
  return texts.length > MOST_ACTIONS ? `${shown}, ...` : shown;
}

/** `A`, `A and B`, `A, B and C`. */
export function listed(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}

/** The outermost place of a thread on its way round: the fewest procs, then the first in the text. */
export function comparePlaces(a: StepRecord, b: StepRecord): number {
  return (
    a.within.length - b.within.length ||
    a.span.file - b.span.file ||
    a.span.line - b.span.line ||
    a.span.column - b.span.column
  );
}
