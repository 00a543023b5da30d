// SPDX-License-Identifier: MIT
/** A search in slices, with a turn of the event loop between them. */

import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Search } from '@hmmlab/runtime';
import type { Verdict } from '@hmmlab/runtime/program';

const SLICE_MS = 25;
const FIRST_SLICE = 64;

/** The verdict of `search`. @throws the signal's reason once it is aborted, between two slices */
export async function decide(search: Search, signal: AbortSignal | undefined): Promise<Verdict> {
  let slice = FIRST_SLICE;
  for (;;) {
    signal?.throwIfAborted();
    const start = performance.now();
    if (search.advance(slice)) return search.verdict();
    const took = performance.now() - start;
    // At most doubled, so that one lucky slice does no harm.
    const wanted = took <= 0 ? slice * 2 : Math.floor((slice * SLICE_MS) / took);
    slice = Math.max(1, Math.min(wanted, slice * 2));
    await nextTurn();
  }
}
