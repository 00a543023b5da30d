// SPDX-License-Identifier: MIT
/**
 * What a search may ask of a machine, whichever way the machine works inside.
 *
 * The reference interpreter implements it with plain objects; a compiled engine will implement it too
 * and must agree with the interpreter on every answer.
 */

import type { Bound, Problem, Program, Span, Waiting } from '../program/index.ts';

/** What moves: a thread, or the environment on a thread's behalf. */
export type Environmental = 'timeout' | 'signal' | 'wakeup';

/** One way on from a state. Compared by value; `alternative` numbers a thread's own choices from 0. */
export interface Transition {
  readonly thread: number;
  readonly alternative: number;
  /** Null for the thread's own step. */
  readonly environment: Environmental | null;
}

/** A finding at the moment it occurs. Two occurrences with equal `key` are one finding. */
export interface Occurrence {
  readonly key: string;
  readonly name: string;
  readonly thread: number | null;
  readonly object: string | null;
  readonly within: readonly string[];
  readonly span: Span;
  readonly message: string;
  readonly waiting: readonly Waiting[];
}

/** A change of one cell, in printable words. */
export interface Change {
  readonly object: string;
  readonly before: string;
  readonly after: string;
}

/** What one transition did, for people. Only produced when asked for. */
export interface StepRecord {
  readonly thread: number;
  readonly environment: Environmental | null;
  readonly span: Span;
  /** Procs active at the action, outermost first. */
  readonly within: readonly string[];
  /** Where each of these procs stands; `span` is the last. */
  readonly places: readonly Span[];
  /** `down_read M.mmap_sem`, `load R.valid -> 1`, `M.mmap_sem granted`. */
  readonly text: string;
  readonly changes: readonly Change[];
  /** Names of the objects the action touched. */
  readonly touched: readonly string[];
  /** Names of the cells it wrote, whether or not that changed them, and of the objects that it brought to life or ended. */
  readonly written: readonly string[];
}

/** A lock that a thread holds. */
export interface Hold {
  readonly thread: number;
  readonly object: string;
  readonly mode: 'read' | 'write' | 'exclusive';
}

export type StepResult<State> =
  | {
      readonly kind: 'state';
      readonly state: State;
      readonly occurrences: readonly [];
      /**
       * Threads that passed the head of a loop that is meant (a `forever`, or a worker's loop over its
       * queue), sorted: the acting one, and any that its step let run on.
       */
      readonly meant: readonly number[];
    }
  /** A finding ends the path: there is no state behind it. */
  | { readonly kind: 'finding'; readonly occurrences: readonly Occurrence[] }
  /** The run is none of those that are asked about: an assumption or a bound excludes it. */
  | { readonly kind: 'cut' }
  /** The model is too small to go on: never a verdict about the program. */
  | {
      readonly kind: 'limit';
      readonly why: 'pool-exhausted' | 'instruction-limit';
      readonly message: string;
    };

/** How a state without enabled thread transitions is to be read; `running` if there are some. */
export type Ending =
  | { readonly kind: 'running' }
  | { readonly kind: 'final'; readonly occurrences: readonly Occurrence[] }
  /** Deadlock family; the path ends. */
  | { readonly kind: 'stuck'; readonly occurrences: readonly Occurrence[] }
  /** Only a timed wait can go on: reported, and exploration goes on through the timeout. */
  | { readonly kind: 'stalled'; readonly occurrences: readonly Occurrence[] };

/** What a machine leaves out of the schedules of its program. */
export interface Limited {
  readonly bounds: readonly Bound[];
  /** `preemptions 2`, one for each bound. */
  readonly texts: readonly string[];
  readonly why: 'bounded' | 'sampled';
  /** Transitions of a schedule from the beginning on, or null for any number; left to the search. */
  readonly deepest: number | null;
  /** Whether a counterexample with the fewest preemptions is still among the schedules. */
  readonly keepsMinimal: boolean;
  /** What is wrong with the bounds themselves, known once the machine was searched. */
  problems(): readonly Problem[];
}

export interface Machine<State> {
  readonly program: Program;
  /** Left out by a machine that takes every schedule. */
  readonly limited?: Limited;
  /** The state after set-up; a `finding` or `limit` here is one of the set-up. */
  initial(): StepResult<State>;
  /** All ways on, in a fixed order: thread transitions by (thread, alternative), then the environment's. */
  enabled(state: State): readonly Transition[];
  /** Takes an enabled transition. Never changes `state`. */
  step(state: State, transition: Transition): StepResult<State>;
  /** A string that two states share iff they are equal in every part. */
  key(state: State): string;
  ending(state: State, enabled: readonly Transition[]): Ending;
  /** Index of an `expectations` condition -> its value here, null where it is neither true nor false. `trigger` is the first condition of a `leads to`. */
  condition(state: State, expectation: number, part?: 'trigger'): boolean | null;
  /** Whether the thread could still act some day by itself: not finished, and no idle daemon. Partial deadlocks are about these. */
  unfinished(state: State, thread: number): boolean;
  /** The finding that thread is part of if it can never move again from here (partial deadlock). */
  blockedForEver(state: State, thread: number): Occurrence;
  /** What taking the transition does, in words. `state` must enable it. */
  describe(state: State, transition: Transition): StepRecord;
  /** Locks held, by thread, then in order of address. */
  holds(state: State): readonly Hold[];
  /** Where a thread stands: (proc, pc) of each frame, outermost first; empty once finished. */
  positions(state: State, thread: number): readonly (readonly [proc: number, pc: number])[];
  /** Scenario statements executed so far by any `step` call, as `proc * 65536 + pc`. */
  readonly reached: ReadonlySet<number>;
}
