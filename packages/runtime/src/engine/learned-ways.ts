// SPDX-License-Identifier: MIT
/** What each thread may do, by what it depends on: the first question about a state. */

import { Draft } from '../interpreter/draft.ts';
import { isUnfinished } from '../interpreter/endings.ts';
import type { Environmental } from '../interpreter/machine.ts';
import type { StateView } from '../interpreter/state-view.ts';
import type { StepContext } from '../interpreter/step.ts';
import { waysOf } from '../interpreter/step.ts';
import type { Model } from './model.ts';

export class LearnedWays {
  /** By thread: root of its tree. */
  readonly roots: readonly number[];
  /** By leaf: number of own alternatives. */
  readonly own: number[] = [];
  /** By leaf: what the environment may do. */
  readonly environment: (readonly Environmental[])[] = [];
  /** By leaf: 1 if the thread has no way of its own and has not finished, nor idles as a daemon. */
  readonly unfinished: number[] = [];
  /** By leaf: 1 if it is unfinished and not even a timeout lets it go on. */
  readonly blocked: number[] = [];
  /** By leaf: roots of the outcomes of its ways, own ones first. */
  readonly outcomes: number[] = [];
  readonly #context: StepContext;
  readonly #model: Model;

  constructor(context: StepContext, model: Model) {
    this.#context = context;
    this.#model = model;
    this.roots = context.world.program.threads.map(() => model.forest.addMainRoot());
  }

  /** The leaf of a thread in the packed state at `offset`. */
  of(thread: number, offset: number): number {
    const root = this.roots[thread] ?? 0;
    const { forest, store } = this.#model;
    const known = forest.find(root, store.vectors, offset);
    if (known !== 0) return -1 - known;
    const learned = this.#model.leafFor(root, offset, null, (view) => this.#add(thread, view));
    return -1 - learned;
  }

  #add(thread: number, view: StateView): number {
    const { own, environment } = waysOf(this.#context, view, thread);
    const waits = own === 0;
    const unfinished = waits && isUnfinished(new Draft(this.#context.world, view, thread), thread);
    this.own.push(own);
    this.environment.push(environment);
    this.unfinished.push(Number(unfinished));
    this.blocked.push(Number(unfinished && !environment.includes('timeout')));
    this.outcomes.push(this.#model.forest.addRoots(own + environment.length));
    return this.own.length - 1;
  }
}
