// SPDX-License-Identifier: MIT
/** A schedule of one program taken in another, thread by thread, as far as it goes. */

import { type PlainStep, plainSchedule } from '@hmmlab/reporter';
import {
  type Machine,
  type Schedule,
  type Transition,
  createInterpreter,
  decodeSchedule,
  encodeSchedule,
  replay,
} from '@hmmlab/runtime';
import type { Program, ScheduleText } from '@hmmlab/runtime/program';
import { scheduleEnd } from '../schedule-end.ts';

/** What both programs do with the same choices. */
export interface Followed {
  readonly own: readonly PlainStep[];
  /** As many as could be taken. */
  readonly other: readonly PlainStep[];
  /** Index of the first step that is not the same; the length of the shorter if none is. */
  readonly apart: number;
  /** How it ends in the other program, at least one line. */
  readonly end: readonly string[];
}

/** Null for a schedule that is none of `own`. */
export function followElsewhere(
  own: Program,
  other: Program,
  schedule: ScheduleText,
): Followed | null {
  const decoded = decodeSchedule(own, schedule);
  if (decoded.kind === 'error') return null;
  const taken = takenBy(createInterpreter(other), inOther(decoded.schedule, own, other));
  const [mine, theirs] = [replay(own, schedule), replay(other, encodeSchedule(other, taken))];
  if (mine.kind === 'error' || theirs.kind === 'error') return null;
  const [before, after] = [plainSchedule(own, mine.trace), plainSchedule(other, theirs.trace)];
  const different = before.findIndex((step, i) => !sameStep(step, after[i]));
  return {
    own: before,
    other: after,
    apart: different < 0 ? before.length : different,
    end: scheduleEnd(other, theirs.trace),
  };
}

function sameStep(a: PlainStep, b: PlainStep | undefined): boolean {
  return b !== undefined && a.thread === b.thread && a.text === b.text;
}

/** The choices with the other program's numbers for threads, up to one of a thread that it has not. */
function inOther(schedule: Schedule, own: Program, other: Program): Schedule {
  const numbers = own.threads.map(({ name }) =>
    other.threads.findIndex((thread) => thread.name === name),
  );
  const foreign = schedule.findIndex(({ thread }) => (numbers[thread] ?? -1) < 0);
  const known = foreign < 0 ? schedule : schedule.slice(0, foreign);
  return known.map((each) => ({ ...each, thread: numbers[each.thread] ?? 0 }));
}

function takenBy<State>(machine: Machine<State>, schedule: Schedule): Schedule {
  const taken: Transition[] = [];
  let at = machine.initial();
  for (const wanted of schedule) {
    if (at.kind !== 'state') break;
    const found = machine.enabled(at.state).find((each) => isSame(each, wanted));
    if (found === undefined) break;
    at = machine.step(at.state, found);
    taken.push(found);
  }
  return taken;
}

function isSame(a: Transition, b: Transition): boolean {
  return (
    a.thread === b.thread && a.alternative === b.alternative && a.environment === b.environment
  );
}
