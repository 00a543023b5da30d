// SPDX-License-Identifier: MIT
/** A search over any machine, in slices: explore, then conclude. */

import type { Machine } from '../interpreter/machine.ts';
import type { Verdict } from '../program/index.ts';
import { brokenVerdict, conclude } from './conclude.ts';
import { Exploration } from './naive.ts';
import type { Progress, Search, SearchOptions } from './search.ts';
import type { Sliced } from './sliced.ts';
import { finish } from './sliced.ts';

const DEFAULT_STATES = 2_000_000;
const DEFAULT_BYTES = 1.5 * 2 ** 30;

/** Work before the exploration, within the limits of the search. */
export type Prepare = (room: { readonly states: number; readonly bytes: number }) => Sliced<void>;

class MachineSearch<State> implements Search {
  readonly #exploration: Exploration<State>;
  readonly #maxBytes: number;
  readonly #work: Sliced<Verdict>;
  #verdict: Verdict | null = null;

  constructor(machine: Machine<State>, options: SearchOptions, prepare: Prepare | null) {
    const { maxStates = DEFAULT_STATES, maxBytes = DEFAULT_BYTES } = options;
    this.#maxBytes = maxBytes;
    this.#exploration = new Exploration(machine, { maxStates, maxBytes });
    this.#work = this.#run(prepare?.({ states: maxStates, bytes: maxBytes }) ?? null);
  }

  advance(transitions: number): boolean {
    try {
      for (let done = 0; done < transitions && this.#verdict === null; done += 1) {
        const slice = this.#work.next();
        if (slice.done === true) this.#verdict = slice.value;
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

  *#run(preparation: Sliced<void> | null): Sliced<Verdict> {
    if (preparation !== null) yield* preparation;
    yield* this.#exploration.run();
    return yield* conclude(this.#exploration, null, this.#maxBytes);
  }
}

/**
 * Searches all that a machine can do, behind `prepare` if there is any. Never throws: a machine that does
 * makes a `broken` verdict.
 */
export function searchMachine<State>(
  machine: Machine<State>,
  options: SearchOptions = {},
  prepare: Prepare | null = null,
): Search {
  return new MachineSearch(machine, options, prepare);
}
