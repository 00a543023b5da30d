// SPDX-License-Identifier: MIT
/**
 * What a complete schedule leaves to be explored: for each race in it, a schedule in which the race goes the other way.
 *
 * A race is a step with an earlier one of another thread that it depends on, nothing between them. It is
 * reversed by leaving out the earlier step with all that happens after it, and letting the later thread go on. If that
 * thread has to wait there, what it waits for is itself the result of earlier steps: these are left out in the same
 * way, until it can go on. So races for a lock are between two acquires, though the second one depends on the
 * release. Threads that wait at the end of the schedule are treated in the same way, and so are ways that a
 * thread could have taken instead of the one that it took.
 */

import type { Numbered } from './dependence.ts';
import type { Execution } from './execution.ts';
import { writeRow } from './execution.ts';
import type { LearnedProgram } from './learned-program.ts';
import type { Step, Way, Ways } from './step.ts';
import type { WakeupTrees } from './wakeup-tree.ts';
import type { WholeStateChecks } from './whole-state-checks.ts';

export interface Explored {
  readonly learned: LearnedProgram;
  readonly checks: WholeStateChecks;
  readonly execution: Execution;
  readonly trees: WakeupTrees;
  /** Whether signals and spurious wake-ups are out of the question in this row, because nothing else goes on. */
  readonly isStuck: (rows: Int32Array, offset: number) => boolean;
}

/** Steps of the current schedule, ascending, closed under what happens before them. */
type Kept = readonly number[];

/** A thread that is to go on where it cannot yet, or in another way. */
interface Attempt {
  readonly thread: number;
  /** What the thread did instead; null if nothing. */
  readonly instead: Step | null;
  /** Kept steps that have been tried, as text. */
  seen: Set<string> | null;
  /** All that the attempt looked at is within the footprint of `instead`, so that what follows there cannot matter. */
  isStable: boolean;
}

export class Reversals {
  readonly #explored: Explored;
  /** Two rows: the state behind a kept part, and the one behind a step from there. */
  readonly #scratch: Int32Array;
  /** By step: earlier steps that its race with is to be looked at again whenever the schedule goes on in another way. */
  readonly #unstable: number[][] = [];

  constructor(explored: Explored) {
    this.#explored = explored;
    this.#scratch = new Int32Array(2 * explored.execution.width);
  }

  /**
   * Plans all reversals of races.
   *
   * @param first of the steps that are new since the last complete schedule
   */
  plan(first: number): void {
    const { execution } = this.#explored;
    this.#unstable.length = Math.min(first, this.#unstable.length);
    for (let index = 0; index < first; index += 1) {
      for (const removed of this.#unstable[index] ?? []) this.#reverse(removed, index);
    }
    for (let index = first; index < execution.length; index += 1) {
      const unstable: number[] = [];
      for (const race of execution.races[index] ?? []) {
        if (!this.#reverse(race, index)) unstable.push(race);
      }
      if (!this.#reverse(index, index)) unstable.push(index);
      this.#unstable.push(unstable);
    }
    this.#letOthersGoOn();
  }

  /**
   * Step `index` without an earlier one, or without itself in another way.
   *
   * @returns whether the result does not depend on how the schedule goes on
   */
  #reverse(removed: number, index: number): boolean {
    const step = this.#explored.execution.steps[index];
    if (step === undefined) return true;
    const { way } = step;
    if (removed === index && way.ways.list.length < 2) return true;
    const attempt = attemptOf(way.transition.thread, step);
    this.#goOn(this.#allWithout(removed), attempt);
    return attempt.isStable;
  }

  /** Threads that wait at the end, and all others where a step has ended the run for them. */
  #letOthersGoOn(): void {
    const { execution, learned } = this.#explored;
    const last = execution.steps.at(-1);
    const ended = last === undefined || last.end === null ? null : last.way.transition.thread;
    const length = ended === null ? execution.length : execution.length - 1;
    const offset = execution.offset(length);
    for (let thread = 0; thread < learned.threads; thread += 1) {
      if (thread === ended) continue;
      const ways = learned.waysOf(thread, execution.rows, offset);
      if (ways.finished) continue;
      const attempt = attemptOf(thread, null);
      const canGoOn = ended !== null && this.#canGoOn(ways, execution.rows, offset);
      if (canGoOn) this.#goOn(this.#first(length), attempt);
      else this.#unblock(this.#first(length), ways, attempt);
    }
  }

  /** The first steps, so many. */
  #first(length: number): Kept {
    const kept: number[] = [];
    for (let index = 0; index < length; index += 1) kept.push(index);
    return kept;
  }

  /** All steps that do not happen after `removed`. */
  #allWithout(removed: number): Kept {
    const { execution } = this.#explored;
    const kept: number[] = [];
    for (let index = 0; index < execution.length; index += 1) {
      if (index < removed || !execution.isBefore(removed, index)) kept.push(index);
    }
    return kept;
  }

  /** The kept steps that do not happen after `removed`. */
  #without(kept: Kept, removed: number): Kept {
    const { execution } = this.#explored;
    return kept.filter((index) => index < removed || !execution.isBefore(removed, index));
  }

  /** Lets the thread take its next step behind the kept ones, in every way that it can. */
  #goOn(kept: Kept, attempt: Attempt): void {
    this.#compose(kept);
    const ways = this.#explored.learned.waysOf(attempt.thread, this.#scratch, 0);
    note(attempt, ways);
    if (!this.#canGoOn(ways, this.#scratch, 0)) return this.#unblock(kept, ways, attempt);
    for (const way of ways.list) {
      const step = this.#stepFromScratch(way);
      note(attempt, step);
      this.#insert(kept, step);
    }
  }

  /** A thread is left out of account whose only ways on are forced ones, where these are not asked about. */
  #canGoOn(ways: Ways, rows: Int32Array, offset: number): boolean {
    if (ways.own > 0 || ways.expires) return true;
    return ways.list.length > 0 && !this.#explored.isStuck(rows, offset);
  }

  /** The thread waits behind the kept steps: leaves out those that what it waits for depends on. */
  #unblock(kept: Kept, ways: Ways, attempt: Attempt): void {
    attempt.seen ??= new Set();
    const key = kept.join();
    if (attempt.seen.has(key)) return;
    attempt.seen.add(key);
    for (const index of this.#disturbing(kept, ways)) {
      this.#goOn(this.#without(kept, index), attempt);
    }
  }

  /** The last kept steps that what a thread may do depends on, of those that it has not passed already. */
  #disturbing(kept: Kept, ways: Ways): readonly number[] {
    const { execution, learned } = this.#explored;
    const clock = execution.newClock();
    const own = kept.findLast((index) => execution.threadOf(index) === ways.thread);
    if (own !== undefined) execution.join(clock, own);
    const forced = ways.list.length > 0;
    const found: number[] = [];
    for (const index of kept.toReversed()) {
      const step = execution.steps[index];
      if (step === undefined || execution.isKnownTo(clock, index)) continue;
      if (!forced && !learned.dependence.of(step, ways)) continue;
      found.push(index);
      execution.join(clock, index);
    }
    return found;
  }

  /** Makes the state behind the kept steps. */
  #compose(kept: Kept): void {
    const { execution } = this.#explored;
    const { rows, width } = execution;
    const shared = sharedLength(kept);
    const from = execution.offset(shared);
    this.#scratch.set(rows.subarray(from, from + width));
    for (let at = shared; at < kept.length; at += 1) {
      const step = execution.steps[kept[at] ?? 0];
      if (step !== undefined) writeRow(this.#scratch, 0, 0, step, width);
    }
  }

  /** Plans the kept steps and then this one. */
  #insert(kept: Kept, step: Step): void {
    const { execution, trees } = this.#explored;
    const shared = sharedLength(kept);
    const sequence: Step[] = [];
    for (let at = shared; at < kept.length; at += 1) {
      const other = execution.steps[kept[at] ?? 0];
      if (other !== undefined) sequence.push(other);
    }
    sequence.push(step);
    trees.insert(execution.steps, shared, sequence);
  }

  #stepFromScratch(way: Way): Step {
    const { learned, checks, execution } = this.#explored;
    const { width } = execution;
    const step = learned.stepOf(way, this.#scratch, 0);
    writeRow(this.#scratch, 0, width, step, width);
    return checks.with(step, this.#scratch, 0, width);
  }
}

function attemptOf(thread: number, instead: Step | null): Attempt {
  return { thread, instead, seen: null, isStable: instead !== null };
}

function note(attempt: Attempt, { footprint }: Numbered): void {
  const { instead } = attempt;
  if (instead !== null && !footprint.isWithin(instead.footprint)) attempt.isStable = false;
}

/** How many of the first steps are kept. */
function sharedLength(kept: Kept): number {
  let length = 0;
  while (length < kept.length && kept[length] === length) length += 1;
  return length;
}
