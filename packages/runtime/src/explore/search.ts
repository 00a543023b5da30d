// SPDX-License-Identifier: MIT
/** The surface of every search strategy. The leaf that calls owns clock, abort and yielding. */

import type { Verdict } from '../program/index.ts';
import type { Checkpoint } from './checkpoint.ts';

export type Checks = 'all' | 'safety';

export interface SearchOptions {
  /**
   * Default `exhaustive`. That and `naive`, the slow reference, compare visited states whole and reduce nothing.
   * `traces` explores one of all schedules that differ only in the order of independent steps, and stores no
   * states: for programs that end, and without the checks that `safety` leaves out.
   */
  readonly strategy?: 'exhaustive' | 'naive' | 'traces';
  /**
   * Default `all`. `safety` leaves out livelocks and partial deadlocks, the checks that need the whole
   * graph; without a finding, `exhaustive` then stores states only.
   */
  readonly checks?: Checks;
  /** Default 2,000,000; for `traces`, complete schedules. */
  readonly maxStates?: number;
  /** Bytes of our own tables, as an estimate that never undercounts a state's key; default 1.5 GiB. */
  readonly maxBytes?: number;
  /** Only schedules with so many preemptions, or fewer if the scenario bounds them further; default any number. */
  readonly preemptions?: number;
}

export interface Progress {
  readonly states: number;
  readonly transitions: number;
  readonly frontier: number;
  readonly bytes: number;
  /** Complete schedules; only of `traces`. */
  readonly traces?: number;
  /** The part that is done, as a guess from what is planned so far: 0 to 1; only of `traces`. */
  readonly done?: number;
}

export interface Search {
  /** Does up to `transitions` units of work; true once the verdict is decided. */
  advance(transitions: number): boolean;
  readonly progress: Progress;
  /**
   * What has been explored so far, for `resumeSearch`. Null before the first state, after a mistake of
   * our own, and for searches that cannot be written down: see `canCheckpoint`.
   */
  checkpoint(): Checkpoint | null;
  /** The verdict; before the end, what is known so far as `inconclusive` with the reason given. */
  verdict(stopped?: 'interrupted' | 'time-limit'): Verdict;
}
