// SPDX-License-Identifier: MIT
/** A schedule replayed: what each transition did, in words, for reports. */

import type { Hold, StepRecord, Transition } from '../interpreter/machine.ts';

export interface TraceHold extends Hold {
  /** Index of the step that acquired it; -1 for the set-up. */
  readonly since: number;
}

export interface TraceStep extends StepRecord {
  readonly transition: Transition;
  /** Locks held after this step. */
  readonly holds: readonly TraceHold[];
  /** Threads with an enabled transition before this step. */
  readonly enabledThreads: readonly number[];
}

export interface Trace {
  readonly steps: readonly TraceStep[];
  /** What each thread that can go on by itself is about to do after the last step; empty behind a finding. */
  readonly next: readonly StepRecord[];
}

/** Why a schedule cannot be replayed (HMM6xxx). */
export interface ReplayError {
  readonly code: string;
  readonly message: string;
  /** Index of the transition that could not be taken, or null. */
  readonly at: number | null;
}

export type Replay =
  | { readonly kind: 'trace'; readonly trace: Trace }
  | { readonly kind: 'error'; readonly error: ReplayError };
