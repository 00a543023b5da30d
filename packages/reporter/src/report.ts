// SPDX-License-Identifier: MIT
/**
 * The Report: everything that is printed about one finding or problem, as plain JSON-able data.
 *
 * Texts are as the Program and the runtime have them; making them inert and fitting them into a
 * width is the renderer's work.
 */

/** A place for people. Line and column start at 1. */
export interface Location {
  /** Project relative, `/`-separated; `?` if the Program does not know the file. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** The line of a place with its neighbours, at most three lines. */
export interface CodeFrame {
  readonly lines: readonly { readonly number: number; readonly text: string }[];
  /** Line that is pointed at, and the columns `[from, to)` of it, starting at 1. */
  readonly at: number;
  readonly from: number;
  readonly to: number;
}

/** ` ` both schedules or no comparison, `-` the passing schedule, `+` the failing one. */
export type Sign = ' ' | '-' | '+';

export interface StepRow {
  readonly kind: 'step';
  readonly sign: Sign;
  /** Number of the step in its schedule, from 1. */
  readonly number: number;
  /** Index into {@link FindingReport.threads}. */
  readonly lane: number;
  /** Innermost proc when it is not the thread's own body, else null. */
  readonly proc: string | null;
  /** Number of procs that the thread is in, its own body not counted. */
  readonly depth: number;
  /** The environment acts on the thread's behalf: a timeout, a signal, a spurious wake-up. */
  readonly environment: boolean;
  /** `down_read M.mmap_sem`; in parentheses when the environment acts. */
  readonly text: string;
  /** `M.mmap_sem: free -> read A`, one per changed cell. */
  readonly changes: readonly string[];
  /** `decides`, `not held`, `waits for B`, ... */
  readonly notes: readonly string[];
  readonly location: Location;
}

/** Steps left out. */
export interface FoldRow {
  readonly kind: 'fold';
  readonly sign: Sign;
  /** Number of the first step left out. */
  readonly from: number;
  readonly count: number;
  /** `9 steps of A, B`, `the same 3 steps again, 4 times`. */
  readonly text: string;
}

export type Row = StepRow | FoldRow;

/** What the failing schedule is shown against. */
export type Comparison =
  /** `common` steps are the same, then the failing schedule takes the step that decides. */
  | { readonly kind: 'passing'; readonly common: number; readonly passingSteps: number }
  /** Every schedule was explored and none ends well. */
  | { readonly kind: 'none-passes' }
  /** None is known, which proves nothing. */
  | { readonly kind: 'unknown' };

/** A lock held at the end of the failing schedule. */
export interface HeldLock {
  readonly thread: string;
  readonly object: string;
  readonly mode: 'read' | 'write' | 'exclusive';
  /** Where and at which step (from 1) it was taken; null for the set-up. */
  readonly since: { readonly step: number; readonly location: Location } | null;
}

/** One thread of the wait-for graph at the end. */
export interface Wait {
  readonly thread: string;
  /** `down_read M.mmap_sem`. */
  readonly action: string;
  readonly object: string;
  readonly location: Location;
  readonly holds: readonly HeldLock[];
  /** Who could let it go on; `held` is the lock in the way, null when that thread only stands before it. */
  readonly causes: readonly {
    readonly thread: string;
    readonly held: HeldLock | null;
    readonly queued: boolean;
  }[];
}

/** A step, told outside of the table. */
export interface Moment {
  readonly thread: string;
  /** Innermost proc when it is not the thread's own body, else null. */
  readonly proc: string | null;
  readonly text: string;
  /** Number of the step in this schedule, from 1; null if it does not happen there, or not yet. */
  readonly number: number | null;
  readonly location: Location;
  /** Locks that the thread holds meanwhile. */
  readonly holds: readonly HeldLock[];
}

/** Two steps of different threads whose order decides: here `first` comes first, in the passing schedule `second`. */
export interface RacingPair {
  readonly first: Moment;
  readonly second: Moment;
  /** What both touch and at least one of them writes. */
  readonly objects: readonly string[];
  /** Which locks keep the two apart or why none does, in one sentence. */
  readonly order: string;
}

/** The schedules part at one thread that could go on in two ways: no order of steps decides. */
export interface Choice {
  readonly thread: string;
  /** What it does in this schedule, and in the passing one. */
  readonly here: string;
  readonly there: string;
}

/** A step in the life of what a finding is about. */
export interface Milestone extends Moment {
  /** `allocated`, `freed`, `used`, `released first`, ... */
  readonly what: string;
  /** `foo#1.ref: 2 -> 1`, only those that matter here. */
  readonly changes: readonly string[];
}

/** What led to the finding, of one object: in the order of the schedule. */
export interface History {
  /** `what became of foo#1`. */
  readonly title: string;
  /** Earlier milestones that are left out. */
  readonly omitted: number;
  readonly milestones: readonly Milestone[];
}

/** One moment of a page: what the page table says and what the device's table says after it. */
export interface MirrorRow extends Moment {
  readonly cpu: string;
  readonly device: string;
  /** The device may use what the page table does not permit. */
  readonly stale: boolean;
}

/** The page of a stale mapping from its beginning on, CPU and device side by side. */
export interface MirrorWindow {
  /** Names of the two entries: `M.ptes[0]`, `gpu.heap[0]`. */
  readonly cpu: string;
  readonly device: string;
  readonly before: { readonly cpu: string; readonly device: string };
  readonly rows: readonly MirrorRow[];
}

/** The picture that lockdep draws: a column per CPU, each lock as it is taken, those that wait marked. */
export interface LockPicture {
  readonly threads: readonly string[];
  readonly rows: readonly {
    /** Index into `threads`. */
    readonly lane: number;
    /** `down_read M.mmap_sem`. */
    readonly text: string;
    /** Number of the step, from 1. */
    readonly number: number;
    readonly waits: boolean;
  }[];
}

interface ReportCommon {
  /** Title of the scenario instance, `title [writer=true]`. */
  readonly scenario: string;
  /** `HMM4101`. */
  readonly code: string;
  /** `deadlock`. */
  readonly name: string;
  /** One sentence. */
  readonly message: string;
  readonly location: Location;
  /** Null when the source text is not at hand. */
  readonly frame: CodeFrame | null;
  /** `412 states, 1,107 transitions, all schedules; assuming no signals; not checked: livelock`. */
  readonly coverage: string;
}

/** A finding with the schedule that leads to it. */
export interface FindingReport extends ReportCommon {
  readonly kind: 'finding';
  /** Whether an expectation of the scenario names it. */
  readonly expected: boolean;
  /** Thread whose step shows it, and the procs it is in, outermost first, without its own body. */
  readonly thread: string | null;
  readonly within: readonly string[];
  /** Where the scenario's own file calls into what shows it; null if it is shown there itself. */
  readonly calledAt: Location | null;
  /** Whether the finding cuts schedules short that could go on: what lies behind is unexplored. */
  readonly hidesSomething: boolean;
  /** Names of the threads that take part, in the Program's order. */
  readonly threads: readonly string[];
  readonly comparison: Comparison;
  readonly rows: readonly Row[];
  /** Steps of the failing schedule. */
  readonly steps: number;
  readonly preemptions: number;
  readonly minimal: boolean;
  /** Number of the step (from 1) at which an endless loop begins, or null. */
  readonly loopFrom: number | null;
  readonly locks: readonly HeldLock[];
  /** The cycle first; empty unless threads are stuck. */
  readonly waits: readonly Wait[];
  /** The two steps whose order decides, or null. Of a data race the two accesses, neither of them taken yet. */
  readonly race: RacingPair | null;
  readonly choice: Choice | null;
  readonly history: History | null;
  /** For a stale mapping. */
  readonly window: MirrorWindow | null;
  /** For threads that wait for each other's locks. */
  readonly picture: LockPicture | null;
  /** Why less than usual is shown, in one sentence; null as a rule. */
  readonly trouble: string | null;
  /** Words of the command that replays it, not yet quoted for a shell; empty where no command can. */
  readonly replay: readonly string[];
}

/** An expectation that is not met, a statement never reached, ... */
export interface ProblemReport extends ReportCommon {
  readonly kind: 'problem';
}

export type Report = FindingReport | ProblemReport;
