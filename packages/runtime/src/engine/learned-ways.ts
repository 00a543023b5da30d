// SPDX-License-Identifier: MIT
/** What each thread may do, by what it depends on: the first question about a state. */

import { Draft } from '../interpreter/draft.ts';
import { isUnfinished } from '../interpreter/endings.ts';
import type { Environmental, Transition } from '../interpreter/machine.ts';
import type { StateView } from '../interpreter/state-view.ts';
import type { StepContext } from '../interpreter/step.ts';
import { waysOf } from '../interpreter/step.ts';
import { leafOf } from './decision-forest.ts';
import type { Model } from './model.ts';
import { Rows } from './rows.ts';

/** Columns of a leaf: what one thread may do. */
export const LEAF = {
  /** Number of own alternatives. */
  own: 0,
  /** Number of things the environment may do for it. */
  environmental: 1,
  /** 1 if it waits for something else than a signal or a spurious wake-up. */
  blocked: 2,
  /** First root of the outcomes of its ways, own ones first. */
  outcomes: 3,
  /** 1 if it has no way of its own, and has not finished nor idles as a daemon. */
  unfinished: 4,
  width: 5,
} as const;

export class LearnedWays {
  /** By thread: root of its tree. */
  readonly roots: readonly number[];
  readonly leaves: Rows = new Rows(LEAF.width);
  /** By leaf. */
  readonly #environment: (readonly Environmental[])[] = [];
  readonly #context: StepContext;
  readonly #model: Model;

  constructor(context: StepContext, model: Model) {
    this.#context = context;
    this.#model = model;
    this.roots = context.world.program.threads.map((_, thread) => model.forest.addMainRoot(thread));
  }

  /** The leaf of a thread in the packed state at `offset`. */
  of(thread: number, offset: number): number {
    const root = this.roots[thread] ?? 0;
    const { forest, store } = this.#model;
    const known = forest.find(root, store.vectors, offset);
    if (known !== 0) return leafOf(known);
    return leafOf(this.#model.leafFor(root, offset, null, (view) => this.#add(thread, view)));
  }

  /** A way of a leaf, by its place among its ways. */
  transition(thread: number, leaf: number, way: number): Transition {
    const own = this.leaves.at(leaf, LEAF.own);
    if (way < own) return { thread, alternative: way, environment: null };
    const environment = this.#environment[leaf]?.[way - own];
    if (environment === undefined) throw new RangeError(`no way ${way} of leaf ${leaf}`);
    return { thread, alternative: 0, environment };
  }

  #add(thread: number, view: StateView): number {
    const { own, environment } = waysOf(this.#context, view, thread);
    const waits = own === 0;
    const unfinished = waits && isUnfinished(new Draft(this.#context.world, view, thread), thread);
    const blocked = unfinished && !environment.includes('timeout');
    this.#environment.push(environment);
    const outcomes = this.#model.forest.addRoots(own + environment.length);
    return this.leaves.push([
      own,
      environment.length,
      Number(blocked),
      outcomes,
      Number(unfinished),
    ]);
  }
}
