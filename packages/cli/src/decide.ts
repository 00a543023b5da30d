// SPDX-License-Identifier: MIT
/**
 * Runs a search to its verdict in slices, so that Ctrl-C, the time limit and the progress line get
 * their turns. A search that is stopped gives what is known so far.
 */

import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Progress, Search } from '@hmmlab/runtime';
import type { Verdict } from '@hmmlab/runtime/program';

const SLICE_MS = 40;
const FIRST_SLICE = 64;

/** What may stop or watch a search. */
export interface Watch {
  /** Milliseconds; null for none. */
  readonly timeMs: number | null;
  readonly interrupted: () => boolean;
  /** Called between slices, with the milliseconds since the start. */
  readonly onProgress: (progress: Progress, elapsedMs: number) => void;
  /** Called when it is not going on although it could: before the verdict, which may take a while. */
  readonly onStop: () => void;
}

/** The verdict of `search`; `now` is any steady clock in milliseconds. */
export async function decide(
  search: Search,
  watch: Watch,
  now: () => number = () => performance.now(),
): Promise<Verdict> {
  const begin = now();
  let slice = FIRST_SLICE;
  for (;;) {
    const start = now();
    const why = reasonToStop(watch, start - begin);
    if (why !== null) {
      watch.onStop();
      return search.verdict(why);
    }
    if (search.advance(slice)) return ended(search, watch);
    slice = nextSlice(slice, now() - start);
    watch.onProgress(search.progress, now() - begin);
    await nextTurn();
  }
}

function reasonToStop(
  { timeMs, interrupted }: Watch,
  elapsedMs: number,
): 'interrupted' | 'time-limit' | null {
  if (interrupted()) return 'interrupted';
  return timeMs !== null && elapsedMs >= timeMs ? 'time-limit' : null;
}

const LIMITS: readonly (string | null)[] = ['state-limit', 'memory-limit'];

/** The verdict of a search that has come to its end, which may be a limit. */
function ended(search: Search, { onStop }: Watch): Verdict {
  const verdict = search.verdict();
  if (LIMITS.includes(verdict.why) || search.progress.frontier > 0) onStop();
  return verdict;
}

/** Towards slices of {@link SLICE_MS}, at most doubling so that one lucky slice does no harm. */
function nextSlice(slice: number, tookMs: number): number {
  const wanted = tookMs <= 0 ? slice * 2 : Math.floor((slice * SLICE_MS) / tookMs);
  return Math.max(1, Math.min(wanted, slice * 2));
}
