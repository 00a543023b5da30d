// SPDX-License-Identifier: MIT
/**
 * Walks one schedule of each Mazurkiewicz trace: of all complete schedules that differ only in the order of
 * independent steps, exactly one. Optimal dynamic partial-order reduction, depth first; see `wakeup-tree.ts` for the
 * source, `reversals.ts` for races and for threads that wait.
 */

import type { Sliced } from '../explore/sliced.ts';
import type { State } from '../interpreter/state.ts';
import { Execution, writeRow } from './execution.ts';
import type { LearnedProgram } from './learned-program.ts';
import { Loops } from './loops.ts';
import { Reversals } from './reversals.ts';
import type { Step, StepEnd, Way } from './step.ts';
import type { WakeupNode } from './wakeup-tree.ts';
import { WakeupTrees } from './wakeup-tree.ts';
import { WholeStateChecks } from './whole-state-checks.ts';

/** Steps after which the caller gets a turn. */
const SLICE = 256;
/** A schedule that is longer is left. */
const LONGEST = 10_000;

/** What a walk tells while it stands at the state or step in question; `execution` is the schedule up to there. */
export interface Observer {
  /** No thread can go on by itself. True if the schedule ends here although the environment could do something. */
  quiet(execution: Execution): boolean;
  /** The last step leads to no state. */
  ended(execution: Execution, end: StepEnd): void;
  /** The schedule is complete. */
  complete(execution: Execution): void;
}

export interface WalkOptions {
  /** The environment has steps of its own, so that being quiet is more than an end. */
  readonly hasEnvironment: boolean;
  /** Whether nothing but signals and spurious wake-ups is left in a state, and these are not asked about there. */
  readonly isStuck: (rows: Int32Array, offset: number) => boolean;
}

export class TraceWalk {
  readonly execution: Execution;
  readonly trees: WakeupTrees;
  /** Complete schedules. */
  traces = 0;
  /** Schedules left because all that they lead to is known. The method is optimal: there are none. */
  wasted = 0;
  /** Steps taken. */
  taken = 0;
  /** Length of the longest schedule. */
  longest = 0;
  /** Ends the walk before the next schedule. */
  stopped = false;
  readonly #learned: LearnedProgram;
  readonly #checks: WholeStateChecks;
  readonly #reversals: Reversals;
  readonly #loops: Loops;
  readonly #observer: Observer;
  readonly #options: WalkOptions;

  constructor(learned: LearnedProgram, observer: Observer, options: WalkOptions) {
    const { fields, threads, dependence } = learned;
    this.#learned = learned;
    this.#observer = observer;
    this.#options = options;
    this.#checks = new WholeStateChecks(learned, options.hasEnvironment);
    this.execution = new Execution(fields.count, threads, dependence);
    this.trees = new WakeupTrees(dependence);
    this.#loops = new Loops(this.execution, threads);
    const { isStuck } = options;
    const { execution, trees } = this;
    this.#reversals = new Reversals({ learned, checks: this.#checks, execution, trees, isStuck });
  }

  /** Walks from a state on until all is explored. */
  *run(initial: State): Sliced<void> {
    this.execution.rows.set(this.#learned.fields.encode(initial), 0);
    /** The first step that is not part of an earlier schedule. */
    let fresh = 0;
    let told = 0;
    let next = this.#arrive();
    while (!this.stopped) {
      while (next !== null) next = this.#take(next);
      this.#reversals.plan(fresh);
      next = this.#back();
      if (next === null) return;
      fresh = this.execution.length;
      if (this.taken - told < SLICE) continue;
      yield this.taken - told;
      told = this.taken;
    }
  }

  /** The step to go on with in a state that the schedule has just come to; null if it is over. */
  #arrive(): WakeupNode | null {
    const { length, rows } = this.execution;
    const offset = this.execution.offset(length);
    const isQuiet = this.#options.hasEnvironment && this.#isQuiet(rows, offset);
    if (isQuiet && this.#observer.quiet(this.execution)) return this.#complete();
    const planned = this.trees.take(length);
    if (planned !== undefined) return planned;
    const way = this.#choose(rows, offset);
    if (way === 'none') {
      if (!isQuiet) this.#observer.quiet(this.execution);
      return this.#complete();
    }
    if (way !== 'asleep') return { step: this.#step(way), children: [] };
    this.wasted += 1;
    return null;
  }

  #complete(): null {
    this.traces += 1;
    this.longest = Math.max(this.longest, this.execution.length);
    this.#observer.complete(this.execution);
    return null;
  }

  #isQuiet(rows: Int32Array, offset: number): boolean {
    for (let thread = 0; thread < this.#learned.threads; thread += 1) {
      if (this.#learned.waysOf(thread, rows, offset).own > 0) return false;
    }
    return true;
  }

  /** Any way on that has not been explored: of the running thread if it can go on, of threads before the environment. */
  #choose(rows: Int32Array, offset: number): Way | 'none' | 'asleep' {
    const { execution, trees } = this;
    const { threads } = this.#learned;
    const running = execution.length === 0 ? 0 : execution.threadOf(execution.length - 1);
    let forced: Way | null = null;
    let isAsleep = false;
    for (let distance = 0; distance < threads; distance += 1) {
      const ways = this.#learned.waysOf((running + distance) % threads, rows, offset);
      for (let index = 0; index < ways.list.length; index += 1) {
        const way = ways.list[index];
        if (way === undefined) continue;
        if (trees.sleeps(execution.length, way.label)) isAsleep = true;
        else if (ways.own > 0) return way;
        else forced ??= way;
      }
    }
    return forced ?? (isAsleep ? 'asleep' : 'none');
  }

  /** The step that a way is from the last state; writes the row behind it. */
  #step(way: Way): Step {
    const { execution } = this;
    const { length, rows, width } = execution;
    const [from, to] = [execution.offset(length), execution.offset(length + 1)];
    const plain = this.#learned.stepOf(way, rows, from);
    writeRow(rows, from, to, plain, width);
    const step = this.#checks.with(plain, rows, from, to);
    const { thread } = way.transition;
    const endless = step.end === null && (length >= LONGEST || this.#loops.closes(thread));
    return endless ? this.#learned.endless(step) : step;
  }

  /** Takes a step; returns the next one, null if the schedule is over. */
  #take({ step: planned, children }: WakeupNode): WakeupNode | null {
    const step = this.#step(planned.way);
    if (step !== planned && step.end?.kind !== 'loop') {
      throw new Error('a planned step does something else than when it was planned');
    }
    this.execution.push(step);
    this.#loops.enter(step.way.transition.thread);
    this.trees.enter(step, children);
    this.taken += 1;
    if (step.end === null) return this.#arrive();
    this.#observer.ended(this.execution, step.end);
    return this.#complete();
  }

  /** Takes steps back to where something is left to be explored; null if that is nowhere. */
  #back(): WakeupNode | null {
    while (this.execution.length > 0) {
      this.#loops.leave(this.execution.threadOf(this.execution.length - 1));
      this.trees.leave(this.execution.pop());
      const next = this.trees.take(this.execution.length);
      if (next !== undefined) return next;
    }
    return null;
  }
}
