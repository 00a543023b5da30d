// SPDX-License-Identifier: MIT
/**
 * What a state shows in which no thread goes on by itself. The usual case, a final state with nothing wrong, is
 * learned; all else is asked of the interpreter on the state itself.
 */

import type { Ending, Machine } from '../interpreter/machine.ts';
import { conditionValue } from '../interpreter/interpreter.ts';
import type { State } from '../interpreter/state.ts';
import type { StateQuestion } from '../interpreter/state-questions.ts';
import { endQuestions } from '../interpreter/state-questions.ts';
import { DecisionTree } from './decision-tree.ts';
import type { LearnedProgram } from './learned-program.ts';

/** Learned answers of a question about states. */
class LearnedQuestion {
  readonly #learned: LearnedProgram;
  readonly #question: StateQuestion;
  readonly #answers = new DecisionTree<boolean>();

  constructor(learned: LearnedProgram, question: StateQuestion) {
    this.#learned = learned;
    this.#question = question;
  }

  of(rows: Int32Array, offset: number): boolean {
    const known = this.#answers.find(rows, offset);
    if (known !== null) return known;
    const { answer, reads } = this.#learned.observe(rows, offset, this.#question);
    this.#answers.learn(reads, (field) => rows[offset + field] ?? 0, answer);
    return answer;
  }
}

/** A state that is to be looked at as a whole. */
export interface Judged {
  readonly state: State;
  readonly ending: Ending;
}

export class EndJudge {
  readonly #learned: LearnedProgram;
  readonly #machine: Machine<State>;
  readonly #ends: readonly LearnedQuestion[];
  /** By expectation; undefined if it is no condition over final states. */
  readonly #conditions: readonly (LearnedQuestion | undefined)[];

  /** @param machine of the same context as what is learned */
  constructor(learned: LearnedProgram, machine: Machine<State>) {
    const { world } = learned.context;
    this.#learned = learned;
    this.#machine = machine;
    this.#ends = endQuestions(world).map((question) => new LearnedQuestion(learned, question));
    this.#conditions = world.program.expectations.map(({ kind }, index) =>
      kind === 'sometimes'
        ? new LearnedQuestion(learned, (view) => conditionValue(world, view, index) === true)
        : undefined,
    );
  }

  /** Whether all threads have finished and nothing is wrong. */
  isGoodEnd(rows: Int32Array, offset: number): boolean {
    for (let thread = 0; thread < this.#learned.threads; thread += 1) {
      if (!this.#learned.waysOf(thread, rows, offset).finished) return false;
    }
    return this.#ends.every((question) => question.of(rows, offset));
  }

  /** Value of a `sometimes` in a final state. */
  condition(expectation: number, rows: Int32Array, offset: number): boolean {
    return this.#conditions[expectation]?.of(rows, offset) === true;
  }

  judge(rows: Int32Array, offset: number): Judged {
    const state = this.#learned.decode(rows, offset);
    return { state, ending: this.#machine.ending(state, this.#machine.enabled(state)) };
  }

  /** Whether nothing but signals and spurious wake-ups is left, and these are not asked about. */
  isStuck(rows: Int32Array, offset: number): boolean {
    for (let thread = 0; thread < this.#learned.threads; thread += 1) {
      const { own, expires } = this.#learned.waysOf(thread, rows, offset);
      if (own > 0 || expires) return false;
    }
    return this.judge(rows, offset).ending.kind === 'stuck';
  }
}
