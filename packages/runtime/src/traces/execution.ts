// SPDX-License-Identifier: MIT
/**
 * The schedule that is being looked at: its steps, the states between them as rows, and what happens before what, as
 * vector clocks. Steps of one thread, and those of the environment for it, come one after the other.
 */

import type { Dependence } from './dependence.ts';
import type { Step } from './step.ts';

const FIRST_ROWS = 64;

export class Execution {
  /** Fields of a state. */
  readonly width: number;
  /** State `i`, before step `i`, is the row that begins at `i * width`. There is room for one more. */
  rows: Int32Array;
  readonly steps: Step[] = [];
  /** By step: those of other threads that it depends on with nothing in between. */
  readonly races: (readonly number[])[] = [];
  readonly #dependence: Dependence;
  readonly #threads: number;
  /** By step: its place among those of its thread, from 1 on. */
  readonly #places: number[] = [];
  /** By step: the one before it of its thread, or -1. */
  readonly #before: number[] = [];
  /** By step and thread: how many of the thread's steps happen before it, itself counted. */
  #clocks: Int32Array;
  /** By thread: its last step, or -1. */
  readonly #last: number[];

  constructor(width: number, threads: number, dependence: Dependence) {
    this.width = width;
    this.#dependence = dependence;
    this.#threads = threads;
    this.rows = new Int32Array(FIRST_ROWS * width);
    this.#clocks = new Int32Array(FIRST_ROWS * threads);
    this.#last = Array.from({ length: threads }, () => -1);
  }

  get length(): number {
    return this.steps.length;
  }

  get bytes(): number {
    return this.rows.byteLength + this.#clocks.byteLength;
  }

  /** First word of the state that a number of steps leads to. */
  offset(length: number): number {
    return length * this.width;
  }

  threadOf(index: number): number {
    return this.steps[index]?.way.transition.thread ?? 0;
  }

  /** Whether step `before` happens before step `after`, or is it. */
  isBefore(before: number, after: number): boolean {
    const clock = this.#clocks[after * this.#threads + this.threadOf(before)] ?? 0;
    return clock >= (this.#places[before] ?? 0);
  }

  /** The last step of a thread, or -1. */
  lastOf(thread: number): number {
    return this.#last[thread] ?? -1;
  }

  /** Whether step `index` happens before all that a clock has. */
  isKnownTo(clock: Int32Array, index: number): boolean {
    return (clock[this.threadOf(index)] ?? 0) >= (this.#places[index] ?? 0);
  }

  /** Raises a clock by that of a step. */
  join(clock: Int32Array, index: number): void {
    const from = index * this.#threads;
    for (let thread = 0; thread < this.#threads; thread += 1) {
      const value = this.#clocks[from + thread] ?? 0;
      if (value > (clock[thread] ?? 0)) clock[thread] = value;
    }
  }

  newClock(): Int32Array {
    return new Int32Array(this.#threads);
  }

  /** Appends a step whose row behind it has been written. */
  push(step: Step): void {
    const index = this.steps.length;
    const { thread } = step.way.transition;
    const previous = this.lastOf(thread);
    const from = index * this.#threads;
    const clock = this.#clocks.subarray(from, from + this.#threads).fill(0);
    if (previous >= 0) this.join(clock, previous);
    this.races.push(this.#raceBack(step, clock, index));
    const place = previous < 0 ? 1 : (this.#places[previous] ?? 0) + 1;
    clock[thread] = place;
    this.steps.push(step);
    this.#places.push(place);
    this.#before.push(previous);
    this.#last[thread] = index;
    this.#grow();
  }

  pop(): Step {
    const step = this.steps.pop();
    if (step === undefined) throw new RangeError('no step to take back');
    this.races.pop();
    this.#places.pop();
    this.#last[step.way.transition.thread] = this.#before.pop() ?? -1;
    return step;
  }

  /** Finds what the step depends on, latest first, and raises its clock by that. */
  #raceBack(step: Step, clock: Int32Array, index: number): readonly number[] {
    let races: number[] | null = null;
    for (let at = index - 1; at >= 0; at -= 1) {
      const other = this.steps[at];
      if (other === undefined || this.isKnownTo(clock, at)) continue;
      if (!this.#dependence.of(other, step)) continue;
      races ??= [];
      races.push(at);
      this.join(clock, at);
    }
    return races ?? NONE;
  }

  #grow(): void {
    const needed = this.steps.length + 2;
    if (needed * this.width > this.rows.length) {
      const larger = new Int32Array(needed * 2 * this.width);
      larger.set(this.rows);
      this.rows = larger;
    }
    if (needed * this.#threads > this.#clocks.length) {
      const larger = new Int32Array(needed * 2 * this.#threads);
      larger.set(this.#clocks);
      this.#clocks = larger;
    }
  }
}

const NONE: readonly number[] = [];

/** Writes the row behind a step: that before it, with what the step writes. */
export function writeRow(
  rows: Int32Array,
  from: number,
  to: number,
  step: Step,
  width: number,
): void {
  if (from !== to) rows.copyWithin(to, from, from + width);
  const { entries } = step;
  for (let at = 0; at < entries.length; at += 2) {
    rows[to + (entries[at] ?? 0)] = entries[at + 1] ?? 0;
  }
}
