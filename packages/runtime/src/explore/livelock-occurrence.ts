// SPDX-License-Identifier: MIT
/** A livelock in words: who goes round, at which statements, and who only waits meanwhile. */

import type { Machine, Occurrence, StepRecord } from '../interpreter/machine.ts';
import { createOccurrence } from '../interpreter/occurrence.ts';
import { bitOf } from './step-marks.ts';
import type { Schedule } from '../schedule/schedule.ts';

/** Actions of one thread that a message lists. */
const MOST_ACTIONS = 4;

interface Round {
  /** The thread that the finding is named after. */
  readonly thread: number;
  readonly schedule: Schedule;
  /** Threads that pass the head of a loop that is meant, as a mask. */
  readonly passing: number;
}

function recordsOf<State>(machine: Machine<State>, state: State, schedule: Schedule): StepRecord[] {
  let at = state;
  return schedule.map((transition) => {
    const record = machine.describe(at, transition);
    const result = machine.step(at, transition);
    if (result.kind !== 'state') throw new Error('a loop that was closed no longer is');
    at = result.state;
    return record;
  });
}

/** The outermost place of a thread on its way round: the fewest procs, then the first in the text. */
function comparePlaces(a: StepRecord, b: StepRecord): number {
  return (
    a.within.length - b.within.length ||
    a.span.file - b.span.file ||
    a.span.line - b.span.line ||
    a.span.column - b.span.column
  );
}

/** The one object that every step touches which touches any, or null. */
function objectOf(records: readonly StepRecord[]): string | null {
  const touching = records.map(({ touched }) => new Set(touched)).filter(({ size }) => size > 0);
  const [first = new Set<string>(), ...others] = touching;
  const common = [...first].filter((object) => others.every((touched) => touched.has(object)));
  return common.length === 1 ? (common[0] ?? null) : null;
}

function actionsOf(records: readonly StepRecord[]): string {
  const texts = [...new Set(records.map(({ text }) => text))];
  const shown = texts.slice(0, MOST_ACTIONS).join(', ');
  return texts.length > MOST_ACTIONS ? `${shown}, ...` : shown;
}

function list(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
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
      : `; ${list(waiting.map(nameOf))} ${waiting.length === 1 ? 'waits' : 'wait'} meanwhile`;
  return createOccurrence({
    name: 'livelock',
    thread,
    object: objectOf(of(thread)),
    within: place.within,
    span: place.span,
    message: `${list(lost.map(nameOf))} ${verbs} nowhere: ${rounds}${wait}`,
  });
}
