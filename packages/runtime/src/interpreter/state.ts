// SPDX-License-Identifier: MIT
/** A state of the reference interpreter: plain immutable data, nothing packed, nothing merged. */

import type { Value } from './values.ts';

/** One activation of a proc. */
export interface Frame {
  readonly proc: number;
  /** Next instruction; for a caller, the one after its call. */
  readonly pc: number;
  /** One value per local; locals that are not live here are 0. */
  readonly locals: readonly number[];
  /** Local of the caller that receives the result, or null. */
  readonly to: number | null;
}

export interface ThreadState {
  /** Outermost first; empty once the thread has finished. */
  readonly frames: readonly Frame[];
  /** It has joined the queue of the primitive at its pc and waits to be granted. */
  readonly queued: boolean;
  /** Its timed wait has expired. */
  readonly expired: boolean;
  /** A signal is pending. */
  readonly signalled: boolean;
  /** Nesting of non_block_start. */
  readonly nonBlock: number;
  /** Values of observed locals once finished, in the order of `Thread.observed`. */
  readonly observed: readonly number[];
}

/** A pool slot: never used or reusable, alive, or dead while some reference to it remains. */
export type SlotStatus = 'free' | 'live' | 'dead';

export interface State {
  /** By address; address 0 is NULL and holds 0. */
  readonly memory: readonly Value[];
  /** By slot number; see `layout.ts`. */
  readonly slots: readonly SlotStatus[];
  readonly threads: readonly ThreadState[];
}
