// SPDX-License-Identifier: MIT
/**
 * Runs a search to its verdict without ever blocking the test runner: in slices of some tens of
 * milliseconds, with a turn of the event loop between them, so that reports, time limits and aborts
 * get through.
 */

import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Progress, Search } from '@hmmlab/runtime';
import type { Verdict } from '@hmmlab/runtime/program';

const SLICE_MS = 25;
const FIRST_SLICE = 64;

/**
 * The verdict of `search`.
 *
 * @param signal aborts between two slices: its reason is thrown.
 * @param onProgress called between two slices, with the milliseconds since the start
 * @param now    milliseconds of any steady clock.
 */
export async function decide(
  search: Search,
  signal: AbortSignal,
  onProgress: (progress: Progress, elapsedMs: number) => void = () => {},
  now: () => number = () => performance.now(),
): Promise<Verdict> {
  const begin = now();
  let slice = FIRST_SLICE;
  for (;;) {
    signal.throwIfAborted();
    const start = now();
    if (search.advance(slice)) return search.verdict();
    slice = nextSlice(slice, now() - start);
    onProgress(search.progress, now() - begin);
    await nextTurn();
  }
}

/** Towards slices of {@link SLICE_MS}, at most doubling so that one lucky slice does no harm. */
function nextSlice(slice: number, tookMs: number): number {
  const wanted = tookMs <= 0 ? slice * 2 : Math.floor((slice * SLICE_MS) / tookMs);
  return Math.max(1, Math.min(wanted, slice * 2));
}
