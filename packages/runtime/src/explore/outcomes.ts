// SPDX-License-Identifier: MIT
/** Conditions over final states: `always`, `never` and `sometimes`. */

import type { Machine, Occurrence } from '../interpreter/machine.ts';
import type { Expectation, Problem, Program } from '../program/index.ts';
import { problem } from './problem.ts';

type Condition = Extract<Expectation, { readonly kind: 'sometimes' | 'always' | 'never' }>;

function conditions(program: Program): readonly (readonly [index: number, Condition])[] {
  return program.expectations.flatMap((expectation, index) => {
    switch (expectation.kind) {
      case 'sometimes':
      case 'always':
      case 'never':
        return [[index, expectation] as const];
      case 'holds':
      case 'finding':
      case 'no-finding':
      case 'eventually':
        return [];
    }
  });
}

function broken(index: number, { kind, text, span }: Condition, value: boolean | null): Occurrence {
  const now = value === null ? 'about NULL or something that is gone' : String(value);
  return {
    key: `outcome ${index} ${value}`,
    name: 'outcome',
    thread: null,
    object: null,
    within: [],
    span,
    message: `${kind} ${text}: it is ${now} in this final state`,
    waiting: [],
  };
}

/** The `always` and `never` conditions that a final state breaks. */
export function brokenOutcomes<State>(machine: Machine<State>, state: State): Occurrence[] {
  return conditions(machine.program).flatMap(([index, condition]) => {
    if (condition.kind === 'sometimes') return [];
    const value = machine.condition(state, index);
    return value === (condition.kind === 'always') ? [] : [broken(index, condition, value)];
  });
}

/** Counts final states and remembers which `sometimes` were true in one. */
export class FinalStates {
  readonly #program: Program;
  #count = 0;
  readonly #met = new Set<number>();

  constructor(program: Program) {
    this.#program = program;
  }

  get count(): number {
    return this.#count;
  }

  /** Indices of the `sometimes` that were true in a final state. */
  get met(): readonly number[] {
    return [...this.#met];
  }

  /** For none that has been entered yet: as if these had been. */
  restore(count: number, met: readonly number[]): void {
    this.#count = count;
    for (const index of met) this.#met.add(index);
  }

  /** Enters a final state; `value` is what a condition is worth there. */
  add(value: (expectation: number) => boolean | null): void {
    this.#count += 1;
    for (const [index, { kind }] of conditions(this.#program)) {
      if (kind !== 'sometimes' || this.#met.has(index)) continue;
      if (value(index) === true) this.#met.add(index);
    }
  }

  /** Conditions that had no final state to be judged on, and `sometimes` that were true in none. */
  problems(): readonly Problem[] {
    return conditions(this.#program).flatMap(([index, { kind, text, span }]) => {
      if (this.#count === 0) {
        return [problem('vacuous', `${kind} ${text}: no schedule reaches a final state`, span)];
      }
      if (kind !== 'sometimes' || this.#met.has(index)) return [];
      return [problem('never_happens', `sometimes ${text}: it is true in no final state`, span)];
    });
  }
}
