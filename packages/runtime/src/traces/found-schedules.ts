// SPDX-License-Identifier: MIT
/** The schedules that findings of traces are shown by, each with the nearest one that passes. */

import type { Transition } from '../interpreter/machine.ts';
import type { TransitionCode } from '../explore/transition-code.ts';
import { isSameTransition } from '../schedule/same-transition.ts';
import type { Execution } from './execution.ts';
import { causesOfLast, wholeSchedule } from './shown-schedule.ts';

interface Found {
  readonly schedule: readonly Transition[];
  /** Schedules that pass, in the order of the counterexample as far as they can follow it. */
  readonly passing: Transition[][];
}

/**
 * Remembers for each finding the schedule it was met on. Neighbours of a depth-first search have the longest common
 * beginnings, so the passing schedule just before it and the one just behind it are the nearest ones.
 */
export class FoundSchedules {
  readonly #codes: TransitionCode;
  readonly #found: Found[] = [];
  /** Findings that no passing schedule has followed yet. */
  #open: Found[] = [];
  /** The last schedule that passed, as codes. */
  #passed: readonly number[] | null = null;

  constructor(codes: TransitionCode) {
    this.#codes = codes;
  }

  /** The next finding has just been met, in the last step or in the state behind it. */
  add(execution: Execution, inStep: boolean): void {
    const schedule = inStep ? causesOfLast(execution) : wholeSchedule(execution);
    const before = this.#passed?.map((code) => this.#codes.read(code));
    const found = { schedule, passing: before === undefined ? [] : [[...before]] };
    this.#found.push(found);
    this.#open.push(found);
  }

  /** A schedule without a finding has come to its end. */
  pass(execution: Execution): void {
    this.#passed = execution.steps.map(({ way }) => way.label);
    for (const { schedule, passing } of this.#open) {
      passing.push(wholeSchedule(execution, schedule));
    }
    this.#open = [];
  }

  schedule(finding: number): readonly Transition[] {
    return this.#found[finding]?.schedule ?? [];
  }

  /** A schedule that passes and goes along with the finding's for as long as any that is known; null if none is. */
  nearestPassing(finding: number): readonly Transition[] | null {
    const { schedule = [], passing = [] } = this.#found[finding] ?? {};
    const common = (other: readonly Transition[]): number => {
      const at = other.findIndex((one, index) => {
        const same = schedule[index];
        return same === undefined || !isSameTransition(one, same);
      });
      return at < 0 ? other.length : at;
    };
    return passing.toSorted((a, b) => common(b) - common(a))[0] ?? null;
  }
}
