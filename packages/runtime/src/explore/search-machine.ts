// SPDX-License-Identifier: MIT
/** A search over any machine, in slices: explore, then conclude. */

import type { Machine } from '../interpreter/machine.ts';
import type { Verdict } from '../program/index.ts';
import { brokenVerdict, conclude } from './conclude.ts';
import type { Exploration, Limits } from './exploration.ts';
import { NaiveExploration } from './naive.ts';
import type { Progress, Search, SearchOptions } from './search.ts';
import type { Sliced } from './sliced.ts';
import { finish } from './sliced.ts';

const DEFAULT_STATES = 2_000_000;
const DEFAULT_BYTES = 1.5 * 2 ** 30;

class ExplorationSearch<State> implements Search {
  readonly #exploration: Exploration<State>;
  readonly #maxBytes: number;
  readonly #work: Sliced<Verdict>;
  #verdict: Verdict | null = null;

  constructor(exploration: Exploration<State>, maxBytes: number) {
    this.#maxBytes = maxBytes;
    this.#exploration = exploration;
    this.#work = this.#run();
  }

  advance(transitions: number): boolean {
    try {
      for (let done = 0; done < transitions && this.#verdict === null;) {
        const slice = this.#work.next();
        if (slice.done === true) this.#verdict = slice.value;
        else done += slice.value ?? 1;
      }
    } catch (error) {
      this.#verdict = brokenVerdict(this.#exploration, String(error));
    }
    return this.#verdict !== null;
  }

  get progress(): Progress {
    const { graph, frontier, bytes } = this.#exploration;
    return { states: graph.states, transitions: graph.edges, frontier, bytes };
  }

  verdict(stopped: 'interrupted' | 'time-limit' = 'interrupted'): Verdict {
    if (this.#verdict !== null) return this.#verdict;
    try {
      return finish(conclude(this.#exploration, stopped, this.#maxBytes));
    } catch (error) {
      return brokenVerdict(this.#exploration, String(error));
    }
  }

  *#run(): Sliced<Verdict> {
    yield* this.#exploration.run();
    return yield* conclude(this.#exploration, null, this.#maxBytes);
  }
}

/** Limits as given, or the default ones. */
export function limitsOf({ maxStates, maxBytes }: SearchOptions): Limits {
  return { maxStates: maxStates ?? DEFAULT_STATES, maxBytes: maxBytes ?? DEFAULT_BYTES };
}

/** A search by this exploration. Never throws: a machine that does makes a `broken` verdict. */
export function searchBy<State>(exploration: Exploration<State>, { maxBytes }: Limits): Search {
  return new ExplorationSearch(exploration, maxBytes);
}

/** Searches all that a machine can do, naively. */
export function searchMachine<State>(machine: Machine<State>, options: SearchOptions = {}): Search {
  const limits = limitsOf(options);
  return searchBy(new NaiveExploration(machine, limits), limits);
}
