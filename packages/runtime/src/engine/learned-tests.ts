// SPDX-License-Identifier: MIT
/** Yes-or-no questions about whole states, each by what it depends on. */

import type { World } from '../interpreter/draft.ts';
import { conditionValue } from '../interpreter/interpreter.ts';
import { endQuestions, stateQuestions } from '../interpreter/state-questions.ts';
import type { StateView } from '../interpreter/state-view.ts';
import type { Model } from './model.ts';

const NO = 0;
const YES = 1;

export class LearnedTest {
  readonly root: number;
  readonly #model: Model;
  readonly #test: (view: StateView) => boolean;

  constructor(model: Model, test: (view: StateView) => boolean) {
    this.#model = model;
    this.#test = test;
    this.root = model.forest.addRoots(1);
  }

  /** The answer for the packed state at `offset`. */
  of(offset: number): boolean {
    const { forest, store } = this.#model;
    const known = forest.find(this.root, store.vectors, offset);
    const leaf = known === 0 ? this.#learn(offset) : known;
    return -1 - leaf === YES;
  }

  #learn(offset: number): number {
    return this.#model.leafFor(this.root, offset, null, (view) => (this.#test(view) ? YES : NO));
  }
}

/** One test per thing that can be wrong with any state: see `checkState`. */
export function stateTests(world: World, model: Model): readonly LearnedTest[] {
  return stateQuestions(world).map((question) => new LearnedTest(model, question));
}

/** One test per thing that can be left behind in a final state: see `judgeEnding`. */
export function endTests(world: World, model: Model): readonly LearnedTest[] {
  return endQuestions(world).map((question) => new LearnedTest(model, question));
}

/** By expectation: whether a `sometimes` is true; undefined for others. */
export function sometimesTests(world: World, model: Model): readonly (LearnedTest | undefined)[] {
  return world.program.expectations.map(({ kind }, index) =>
    kind === 'sometimes'
      ? new LearnedTest(model, (view) => conditionValue(world, view, index) === true)
      : undefined,
  );
}
