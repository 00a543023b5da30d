// SPDX-License-Identifier: MIT
/** Yes-or-no questions about whole states, each by what it depends on. */

import { judgeInvariant } from '../interpreter/check-state.ts';
import { areRacing } from '../interpreter/data-races.ts';
import { Draft } from '../interpreter/draft.ts';
import type { World } from '../interpreter/draft.ts';
import { conditionValue } from '../interpreter/interpreter.ts';
import { leakOccurrences, orphanedHolds } from '../interpreter/leaks.ts';
import { staleEntry } from '../interpreter/stale-mapping.ts';
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
  const { checks } = world.program;
  const invariants = world.program.invariants.map(
    (invariant) =>
      new LearnedTest(model, (view) => judgeInvariant(world, view, invariant) === null),
  );
  return [
    ...(checks.includes('stale_mapping') ? mirrorTests(world, model, true) : []),
    ...invariants,
    ...(checks.includes('data_race') ? raceTests(world, model) : []),
  ];
}

/** One test per pair of threads. */
function raceTests(world: World, model: Model): readonly LearnedTest[] {
  const threads = [...world.program.threads.keys()];
  return threads.flatMap((a) =>
    threads
      .slice(a + 1)
      .map((b) => new LearnedTest(model, (view) => !areRacing(world, view, a, b))),
  );
}

/** One test per thing that can be left behind in a final state: see `judgeEnding`. */
export function endTests(world: World, model: Model): readonly LearnedTest[] {
  const { checks } = world.program;
  const isClean = (judge: (draft: Draft) => readonly unknown[]): LearnedTest =>
    new LearnedTest(model, (view) => judge(new Draft(world, view, 0)).length === 0);
  const outcomes = [...world.program.expectations.entries()].flatMap(([index, { kind }]) =>
    kind === 'always' || kind === 'never'
      ? [
          new LearnedTest(
            model,
            (view) => conditionValue(world, view, index) === (kind === 'always'),
          ),
        ]
      : [],
  );
  return [
    ...(checks.includes('leak') ? [isClean(leakOccurrences)] : []),
    isClean(orphanedHolds),
    ...(checks.includes('stale_mapping') ? mirrorTests(world, model, false) : []),
    ...outcomes,
  ];
}

/** By expectation: whether a `sometimes` is true; undefined for others. */
export function sometimesTests(world: World, model: Model): readonly (LearnedTest | undefined)[] {
  return world.program.expectations.map(({ kind }, index) =>
    kind === 'sometimes'
      ? new LearnedTest(model, (view) => conditionValue(world, view, index) === true)
      : undefined,
  );
}

function mirrorTests(world: World, model: Model, owedCounts: boolean): readonly LearnedTest[] {
  return world.program.mirrors.flatMap((mirror) =>
    Array.from(
      { length: mirror.pages },
      (_, page) =>
        new LearnedTest(
          model,
          (view) => staleEntry(world.layout, view, { mirror, page, owedCounts }) === null,
        ),
    ),
  );
}
