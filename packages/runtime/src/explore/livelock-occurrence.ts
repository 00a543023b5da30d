// SPDX-License-Identifier: MIT
/** A livelock in words: who goes round, at which statements, and who only waits meanwhile. */

import type { Machine, Occurrence, StepRecord } from '../interpreter/machine.ts';
import { createOccurrence } from '../interpreter/occurrence.ts';
import { bitOf } from './step-marks.ts';
import type { Schedule } from '../schedule/schedule.ts';
import { actionsOf, comparePlaces, listed, recordsOf } from './rounds.ts';

interface Round {
  /** The thread that the finding is named after. */
  readonly thread: number;
  readonly schedule: Schedule;
  /** Threads that pass the head of a loop that is meant, as a mask. */
  readonly passing: number;
}

/** The one object that every step touches which touches any, or null. */
function objectOf(records: readonly StepRecord[]): string | null {
  const touching = records.map(({ touched }) => new Set(touched)).filter(({ size }) => size > 0);
  const [first = new Set<string>(), ...others] = touching;
  const common = [...first].filter((object) => others.every((touched) => touched.has(object)));
  return common.length === 1 ? (common[0] ?? null) : null;
}

/** @param state the one in which the round begins and ends */
export function livelockOccurrence<State>(
  machine: Machine<State>,
  state: State,
  { thread, schedule, passing }: Round,
): Occurrence {
  const { threads } = machine.program;
  const records = recordsOf(machine, state, schedule);
  const of = (one: number): readonly StepRecord[] =>
    records.filter((record) => record.thread === one);
  const nameOf = (one: number): string => threads[one]?.name ?? '';
  const all = [...threads.keys()];
  const lost = all.filter((one) => of(one).length > 0 && (passing & bitOf(one)) === 0);
  const waiting = all.filter((one) => of(one).length === 0 && machine.unfinished(state, one));
  const [place] = of(thread).toSorted(comparePlaces);
  if (place === undefined) throw new Error('the thread of a livelock takes no step');
  const rounds = lost.map((one) => `${nameOf(one)} in ${actionsOf(of(one))}`).join('; ');
  const verbs = lost.length === 1 ? 'goes round for ever and gets' : 'go round for ever and get';
  const wait =
    waiting.length === 0
      ? ''
      : `; ${listed(waiting.map(nameOf))} ${waiting.length === 1 ? 'waits' : 'wait'} meanwhile`;
  return createOccurrence({
    name: 'livelock',
    thread,
    object: objectOf(of(thread)),
    within: place.within,
    span: place.span,
    message: `${listed(lost.map(nameOf))} ${verbs} nowhere: ${rounds}${wait}`,
  });
}
