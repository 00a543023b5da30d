// SPDX-License-Identifier: MIT
/** What a search found out, as plain JSON-able data. */

import type { Span } from './program.ts';

/** A schedule in its text form: `h1:<program hash>:<transitions>`; see `schedule/codec.ts`. */
export type ScheduleText = string;

export interface Coverage {
  /** `exhaustive` or `naive`; of a search within bounds `bounded` or `sampled`. */
  readonly strategy: string;
  /** Distinct states stored, compared whole; of `traces`, states passed through, each as often as it was. */
  readonly states: number;
  /** Transitions taken, the initial state not counted. */
  readonly transitions: number;
  /** Longest shortest schedule, in transitions. */
  readonly maxDepth: number;
  /** Every schedule was explored, up to the ends that findings put to them. */
  readonly exhaustive: boolean;
  /** Bounds of the question, e.g. `preemptions 2`; empty for none. */
  readonly bounds: readonly string[];
  /** Final states, each counted once; of `traces`, once for each way that it was come to. */
  readonly finalStates: number;
  /** Complete schedules of which none becomes another by exchanging independent steps; only of `traces`. */
  readonly traces?: number;
}

export interface Counterexample {
  readonly schedule: ScheduleText;
  /** Fewest preemptions, then fewest transitions, over all schedules to this finding; of a lasso, to its loop. */
  readonly minimal: boolean;
  readonly preemptions: number;
  /** Index of the transition at which the loop of a lasso begins, to be repeated from there to the end for ever; null for a finite schedule. */
  readonly loop: number | null;
  /** The schedule with the longest common beginning that ends well, or null if none does. */
  readonly nearestPassing: ScheduleText | null;
}

/** One thread of a wait-for graph: what it waits for and who could let it go on. */
export interface Waiting {
  readonly thread: string;
  /** `down_read M.mmap_sem`, `wait_event M.wq`, ... */
  readonly action: string;
  /** Of an `await`, the condition as written. */
  readonly object: string;
  /** Procs active in that thread, outermost first. */
  readonly within: readonly string[];
  readonly span: Span;
  /** Threads that hold the object or stand before it in its queue; empty if nobody is left to act. */
  readonly waitsFor: readonly string[];
}

export interface Finding {
  /** `HMM4101`. */
  readonly code: string;
  /** `deadlock`. */
  readonly name: string;
  /** Thread whose step shows it, or the one an end state is judged by. */
  readonly thread: string | null;
  /** `M.mmap_sem`, `R`, `hmm_range#1`; null where no object is concerned. */
  readonly object: string | null;
  /** Procs active at that moment, outermost first; for `at`. */
  readonly within: readonly string[];
  readonly span: Span;
  /** One sentence in kernel words. */
  readonly message: string;
  /** For the deadlock family; the cycle comes first. */
  readonly waiting: readonly Waiting[];
  /** Index of the expectation that names it, or null. */
  readonly expectedBy: number | null;
  /** False for reports such as stalled-until-timeout that fail only when forbidden. */
  readonly fails: boolean;
  readonly counterexample: Counterexample;
}

/** Why a scenario fails although no finding is to blame, or in addition to one. */
export interface Problem {
  readonly code: string;
  readonly name: string;
  readonly message: string;
  readonly span: Span;
}

export type VerdictKind = 'holds' | 'violated' | 'inconclusive' | 'broken';

export interface Verdict {
  readonly kind: VerdictKind;
  /** For `inconclusive`: `state-limit`, `memory-limit`, `time-limit`, `interrupted`, `bounded`, `sampled`, `pool-exhausted`, `instruction-limit`, `unbounded-loop`, `promises-not-judged`, `vacuous`; for `broken` the message; else null. A `violated` search that was cut gives its reason too. */
  readonly why: string | null;
  /** `no signals`, `no allocation failure`, ... */
  readonly assumptions: readonly string[];
  /** Checks that this build or strategy does not do: `starvation`, `data race`. */
  readonly notChecked: readonly string[];
  readonly coverage: Coverage;
  /** Every reachable finding once, by (code, object, thread, place), in a fixed order. */
  readonly findings: readonly Finding[];
  /** Unmet expectations, unreached statements, vacuous conditions; and what of the model was too small (HMM5004, HMM5005, HMM5007). */
  readonly problems: readonly Problem[];
  /** Statements of scenario procs, as `proc:pc`, reached by some transition; for checks over several instances. */
  readonly reached: readonly (readonly [proc: number, pc: number])[];
  /** Scenario statements that lie behind an expected finding: unreached, and that is all right. */
  readonly hidden: readonly Span[];
  /** What the scenario's expectations make of it. */
  readonly outcome: 'passed' | 'failed' | 'inconclusive' | 'broken';
}
