// SPDX-License-Identifier: MIT
/** A search over any machine, in slices: explore, then conclude. */

import type { Machine } from '../interpreter/machine.ts';
import type { CheckName, Program, Verdict } from '../program/index.ts';
import type { Checkpoint } from './checkpoint.ts';
import { brokenVerdict, conclude } from './conclude.ts';
import type { Exploration, Task } from './exploration.ts';
import { NaiveExploration } from './naive.ts';
import type { Progress, Search, SearchOptions } from './search.ts';
import type { Sliced } from './sliced.ts';
import { finish } from './sliced.ts';

const DEFAULT_STATES = 2_000_000;
const DEFAULT_BYTES = 1.5 * 2 ** 30;

/** Work before the exploration, within the limits of the search. */
export type Prepare = (room: { readonly states: number; readonly bytes: number }) => Sliced<void>;

/** Explorations of one program: `first` decides, and `second` keeps the graph if `first` does not. */
interface Explorations<State> {
  readonly first: Exploration<State>;
  /** Null if `first` needs none. */
  readonly second: (() => Exploration<State>) | null;
  readonly prepare?: Prepare;
}

class ExplorationSearch<State> implements Search {
  readonly #maxBytes: number;
  readonly #second: (() => Exploration<State>) | null;
  readonly #work: Sliced<Verdict>;
  #exploration: Exploration<State>;
  #verdict: Verdict | null = null;

  constructor({ first, second, prepare }: Explorations<State>, task: Task) {
    const { maxStates, maxBytes } = task;
    this.#maxBytes = maxBytes;
    this.#exploration = first;
    this.#second = second;
    this.#work = this.#run(prepare?.({ states: maxStates, bytes: maxBytes }) ?? null);
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
    const { counts, frontier, bytes, done } = this.#exploration;
    return { ...counts, frontier, bytes, ...(done === null ? {} : { done }) };
  }

  checkpoint(): Checkpoint | null {
    return this.#verdict?.kind === 'broken' ? null : this.#exploration.checkpoint();
  }

  verdict(stopped: 'interrupted' | 'time-limit' = 'interrupted'): Verdict {
    if (this.#verdict !== null) return this.#verdict;
    try {
      return finish(conclude(this.#asFarAs(this.#exploration), stopped, this.#maxBytes));
    } catch (error) {
      return brokenVerdict(this.#exploration, String(error));
    }
  }

  *#run(preparation: Sliced<void> | null): Sliced<Verdict> {
    if (preparation !== null) yield* preparation;
    yield* this.#exploration.run();
    const second = this.#secondAfter(this.#exploration);
    if (second !== null) {
      this.#exploration = second;
      yield* this.#exploration.run();
    }
    return yield* conclude(this.#exploration, null, this.#maxBytes);
  }

  /** Findings need the graph for their schedules. */
  #secondAfter({ graph, findings }: Exploration<State>): Exploration<State> | null {
    if (graph.keeps || findings.list.length === 0) return null;
    return this.#second?.() ?? null;
  }

  /** An exploration that has come as far as this one and has the graph if that is needed. */
  #asFarAs(exploration: Exploration<State>): Exploration<State> {
    const second = this.#secondAfter(exploration);
    if (second === null) return exploration;
    const work = second.run();
    while (second.graph.opened < exploration.graph.opened && work.next().done !== true);
    return second;
  }
}

/** Checks that need the edges of the graph. */
const OF_THE_GRAPH: readonly CheckName[] = ['livelock', 'partial_deadlock'];

/** What is asked, where the options leave it open. */
export function taskOf(program: Program, options: SearchOptions): Task {
  const { maxStates = DEFAULT_STATES, maxBytes = DEFAULT_BYTES, checks = 'all' } = options;
  const isAsked = (name: CheckName): boolean => checks === 'all' || !OF_THE_GRAPH.includes(name);
  return { maxStates, maxBytes, checks: program.checks.filter(isAsked) };
}

/** Whether a task can do without the edges of the graph, as long as nothing is found. */
export function needsGraph({ expectations }: Program, { checks }: Task): boolean {
  const asksOfRuns = expectations.some(({ kind }) => kind === 'eventually');
  return asksOfRuns || checks.some((name) => OF_THE_GRAPH.includes(name));
}

/** A search by these explorations. Never throws: a machine that does makes a `broken` verdict. */
export function searchBy<State>(explorations: Explorations<State>, task: Task): Search {
  return new ExplorationSearch(explorations, task);
}

/** Searches all that a machine can do, naively, behind `prepare` if there is any. */
export function searchMachine<State>(
  machine: Machine<State>,
  options: SearchOptions = {},
  prepare: Prepare | null = null,
): Search {
  const task = taskOf(machine.program, options);
  const explore = (): Exploration<State> => new NaiveExploration(machine, task);
  const explorations = { first: explore(), second: explore };
  return searchBy(prepare === null ? explorations : { ...explorations, prepare }, task);
}
