// SPDX-License-Identifier: MIT
/**
 * The random scheduler of one run: probabilistic concurrency testing (Burckhardt, Kothari, Musuvathi and
 * Nagarakatte, "A randomized scheduler with probabilistic guarantees of finding bugs", ASPLOS 2010).
 *
 * Each actor has a priority of its own, and the highest that can go on does. At `depth - 1` steps, chosen
 * beforehand among those of a run, the one that would go on falls behind all others, to a place of its own
 * that does not depend on when that is. A thread's steps and what the environment does for it are two actors.
 * Whoever leads back to a state that the run has been in falls behind everybody: spinning would keep the
 * others out for ever.
 */

import type { Transition } from '../interpreter/machine.ts';
import type { Random } from './random.ts';

export class Priorities {
  readonly #random: Random;
  /** By actor: the higher goes first. */
  readonly #priorities: number[];
  /** Steps at which the one that would go on falls behind; the first of them least far. */
  readonly #changes: readonly number[];
  #lowest: number;

  /** @param length steps that a run is expected to have, at least 1 */
  constructor(random: Random, threads: number, depth: number, length: number) {
    this.#random = random;
    this.#priorities = random.permutation(threads * 2);
    this.#changes = Array.from({ length: depth - 1 }, () => random.below(length));
    this.#lowest = -depth;
  }

  /** Of these ways on the one to take as step number `step`, from 0; there is at least one. */
  choose(enabled: readonly Transition[], step: number): Transition {
    for (const [place, change] of this.#changes.entries()) {
      if (change === step) this.#priorities[actorOf(this.#first(enabled))] = -1 - place;
    }
    const actor = actorOf(this.#first(enabled));
    const ways = enabled.filter((transition) => actorOf(transition) === actor);
    const way = ways[this.#random.below(ways.length)];
    if (way === undefined) throw new Error('an actor without a way on');
    return way;
  }

  /** Puts the actor of a transition behind all others, for good. */
  lower(transition: Transition): void {
    this.#priorities[actorOf(transition)] = this.#lowest;
    this.#lowest -= 1;
  }

  #first(enabled: readonly Transition[]): Transition {
    const [first, ...others] = enabled;
    if (first === undefined) throw new Error('nothing can go on');
    return others.reduce((best, one) => (this.#of(one) > this.#of(best) ? one : best), first);
  }

  #of(transition: Transition): number {
    return this.#priorities[actorOf(transition)] ?? 0;
  }
}

function actorOf({ thread, environment }: Transition): number {
  return thread * 2 + Number(environment !== null);
}
