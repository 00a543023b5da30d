// SPDX-License-Identifier: MIT
/**
 * Schedules as one line of text: `h1:<program hash>:<runs>`, for example `h1:5f2a09c1:0x9.1.0a1.2t`.
 *
 * A run is a thread's index, `a` and the alternative unless it is 0, `t`, `s` or `w` for a timeout, a
 * signal or a spurious wake-up on the thread's behalf, and `x` and a count from 2 if it is repeated. Runs
 * are joined by dots; no runs at all is the empty schedule. Each schedule has exactly one text.
 */

import type { Environmental, Transition } from '../interpreter/machine.ts';
import type { Program, ScheduleText } from '../program/index.ts';
import { programHash } from './program-hash.ts';
import type { Schedule } from './schedule.ts';
import { scheduleError } from './schedule-error.ts';
import type { ReplayError } from './trace.ts';

export { programHash } from './program-hash.ts';

const VERSION = 'h1';
/** More transitions than this in one schedule are taken for a mistake. */
const MOST_TRANSITIONS = 10_000_000;
const RUN = /^(0|[1-9]\d{0,8})(?:a([1-9]\d{0,8}))?([tsw])?(?:x([1-9]\d{0,8}))?$/;
const LETTERS: readonly (readonly [string, Environmental])[] = [
  ['t', 'timeout'],
  ['s', 'signal'],
  ['w', 'wakeup'],
];

/** What a text decodes to. */
export type Decoded =
  | { readonly kind: 'schedule'; readonly schedule: Schedule }
  | { readonly kind: 'error'; readonly error: ReplayError };

function runText({ thread, alternative, environment }: Transition): string {
  const letter = LETTERS.find(([, name]) => name === environment)?.[0] ?? '';
  return `${thread}${alternative === 0 ? '' : `a${alternative}`}${letter}`;
}

/** The text of a schedule of this program. */
export function encodeSchedule(program: Program, schedule: Schedule): ScheduleText {
  const runs: { readonly text: string; count: number }[] = [];
  for (const transition of schedule) {
    const text = runText(transition);
    const last = runs.at(-1);
    if (last?.text === text) last.count += 1;
    else runs.push({ text, count: 1 });
  }
  const texts = runs.map(({ text, count }) => (count === 1 ? text : `${text}x${count}`));
  return `${VERSION}:${programHash(program)}:${texts.join('.')}`;
}

function failure(error: ReplayError): Decoded {
  return { kind: 'error', error };
}

/** A piece of somebody's text, short and without control characters. */
function quote(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}...` : text);
}

function readRun(text: string): { transition: Transition; count: number } | null {
  const match = RUN.exec(text);
  if (match === null) return null;
  const [, thread, alternative = '0', letter, count = '1'] = match;
  const environment = LETTERS.find(([one]) => one === letter)?.[1] ?? null;
  if (match[4] === '1') return null;
  return {
    transition: { thread: Number(thread), alternative: Number(alternative), environment },
    count: Number(count),
  };
}

function readRuns(text: string): Decoded {
  const schedule: Transition[] = [];
  let before = '';
  for (const piece of text === '' ? [] : text.split('.')) {
    const run = readRun(piece);
    const body = piece.replace(/x.*/s, '');
    if (run === null || body === before) {
      return failure(
        scheduleError('schedule-malformed', `${quote(piece)} is no run of a schedule`),
      );
    }
    if (schedule.length + run.count > MOST_TRANSITIONS) {
      const message = `a schedule of more than ${MOST_TRANSITIONS} transitions`;
      return failure(scheduleError('schedule-malformed', message));
    }
    for (let i = 0; i < run.count; i += 1) schedule.push(run.transition);
    before = body;
  }
  return { kind: 'schedule', schedule };
}

/** The schedule of a text, or why it is none of this program: HMM6001, HMM6002, HMM6003. Never throws. */
export function decodeSchedule(program: Program, text: string): Decoded {
  const [version = '', hash = '', runs, ...rest] = text.split(':', 4);
  if (/^h\d{1,9}$/.test(version) && version !== VERSION) {
    const message = `a schedule of version ${version}; this is ${VERSION}`;
    return failure(scheduleError('schedule-version', message));
  }
  if (version !== VERSION || !/^[\da-f]{8}$/.test(hash) || runs === undefined || rest.length > 0) {
    return failure(scheduleError('schedule-malformed', `${quote(text)} is no schedule`));
  }
  const own = programHash(program);
  if (hash !== own) {
    const message = `the schedule was made for program ${hash}; this one is ${own}`;
    return failure(scheduleError('schedule-program', message));
  }
  return readRuns(runs);
}
