// SPDX-License-Identifier: MIT
/**
 * How fast a search goes and when it may end, from what it has told and when. The clock is the caller's; a guess is
 * corrected with each look, for at the beginning nothing is known about the end.
 */

import type { Progress } from './search.ts';

export type TimeLeft =
  /** Too early to say. */
  | { readonly kind: 'unknown' }
  /** States are found faster than they are done with. */
  | { readonly kind: 'growing' }
  | { readonly kind: 'about'; readonly milliseconds: number };

export interface Pace {
  /** States a second lately; of `traces`, complete schedules. */
  readonly rate: number;
  readonly left: TimeLeft;
}

interface Look {
  readonly progress: Progress;
  readonly elapsedMs: number;
}

/** What is older than this, or than a quarter of the time so far, does not count any more. */
const WINDOW_MS = 2000;
/** Looks closer together say nothing. */
const LEAST_MS = 200;

export class SearchPace {
  #looks: Look[] = [];

  /** @param elapsedMs milliseconds since the search began, never less than the last time */
  look(progress: Progress, elapsedMs: number): Pace {
    const window = Math.max(WINDOW_MS, elapsedMs / 4);
    const inWindow = this.#looks.filter((look) => elapsedMs - look.elapsedMs <= window);
    const from = inWindow[0] ?? this.#looks.at(-1) ?? START;
    const tookMs = elapsedMs - from.elapsedMs;
    this.#looks = [...inWindow, { progress, elapsedMs }];
    if (tookMs < LEAST_MS) return { rate: 0, left: { kind: 'unknown' } };
    const done = unitsOf(progress) - unitsOf(from.progress);
    return { rate: (done * 1000) / tookMs, left: timeLeft(from, { progress, elapsedMs }) };
  }
}

const START: Look = {
  progress: { states: 0, transitions: 0, frontier: 0, bytes: 0 },
  elapsedMs: 0,
};

function unitsOf({ states, traces }: Progress): number {
  return traces ?? states;
}

/** Of a depth-first search by the part of it that is done, else by how fast the frontier shrinks. */
function timeLeft(from: Look, now: Look): TimeLeft {
  const { done, frontier } = now.progress;
  if (done !== undefined) {
    if (done <= 0) return { kind: 'unknown' };
    return { kind: 'about', milliseconds: (now.elapsedMs * (1 - done)) / done };
  }
  const shrunk = from.progress.frontier - frontier;
  if (shrunk <= 0) return { kind: 'growing' };
  const tookMs = now.elapsedMs - from.elapsedMs;
  return { kind: 'about', milliseconds: (frontier * tookMs) / shrunk };
}
