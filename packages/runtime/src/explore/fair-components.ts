// SPDX-License-Identifier: MIT
/**
 * Components in which threads can go round for ever without one of them being held back: weakly fair
 * cycles. A maximal component decides: the walk along all of its edges is weakly fair if any cycle in it
 * is, for a thread that every state of the component enables and no edge of it moves is treated unfairly
 * by each of its cycles.
 */

import type { StateGraph } from './graph.ts';
import type { Sliced } from './sliced.ts';
import { TOGETHER } from './sliced.ts';
import type { Follows } from './strongly-connected.ts';
import { stronglyConnected } from './strongly-connected.ts';
import { bitOf, REFUSED } from './step-marks.ts';
import { isOwn, isUnforced } from './transition-code.ts';

/** Sets of threads are masks. */
const MOST_THREADS = 32;

/** By kind of edge: the bit of its thread, or 0 for a step that does not count. */
export function threadBits(graph: StateGraph, counts: typeof isOwn): Int32Array {
  return graph.byKind((code) => (counts(code) ? bitOf(graph.codes.thread(code)) : 0));
}

/** Threads with a step that counts in a state, as a mask. */
export function enabledIn(graph: StateGraph, state: number, bits: Int32Array): number {
  let mask = 0;
  for (let edge = graph.firstEdge(state), end = graph.endEdge(state); edge < end; edge += 1) {
    mask |= bits[graph.kind(edge)] ?? 0;
  }
  return mask;
}

/** The components of a part of the graph; the masks are by component. */
export class FairComponents {
  readonly component: Int32Array;
  readonly follows: Follows;
  readonly #bits: Int32Array;
  readonly #steps: Int32Array;
  readonly #passes: Int32Array;
  readonly #waits: Int32Array;
  /** 1 if a state of the component is not fully explored. */
  readonly #cut: Uint8Array;
  readonly #all: number;

  constructor(graph: StateGraph, component: Int32Array, follows: Follows) {
    const { threads } = graph.codes;
    if (threads > MOST_THREADS) throw new RangeError(`more than ${MOST_THREADS} threads`);
    this.component = component;
    this.follows = follows;
    this.#bits = threadBits(graph, () => true);
    this.#steps = new Int32Array(graph.states);
    this.#passes = new Int32Array(graph.states);
    this.#waits = new Int32Array(graph.states);
    this.#cut = new Uint8Array(graph.states);
    this.#all = threads === MOST_THREADS ? -1 : bitOf(threads) - 1;
  }

  /** Whether an edge from `state` stays in its component. */
  isInner(graph: StateGraph, state: number, edge: number): boolean {
    const target = graph.target(edge);
    if (target < 0 || this.component[target] !== this.component[state]) return false;
    return this.follows(edge);
  }

  /** Takes one state into the account of its component. */
  enter(graph: StateGraph, state: number, enabled: number): void {
    const own = this.component[state] ?? 0;
    if (!graph.isExpanded(state)) this.#cut[own] = 1;
    this.#waits[own] = (this.#waits[own] ?? 0) | ~enabled;
    for (let edge = graph.firstEdge(state), end = graph.endEdge(state); edge < end; edge += 1) {
      if (!this.isInner(graph, state, edge)) continue;
      this.#steps[own] = (this.#steps[own] ?? 0) | (this.#bits[graph.kind(edge)] ?? 0);
      this.#passes[own] = (this.#passes[own] ?? 0) | graph.passing(edge);
    }
  }

  /** Whether the component has a weakly fair cycle through all of it. */
  isFair(component: number): boolean {
    const steps = this.#steps[component] ?? 0;
    const treated = steps | (this.#waits[component] ?? 0);
    return steps !== 0 && this.#cut[component] === 0 && (treated & this.#all) === this.#all;
  }

  /** Threads that step in the component, and pass the head of no loop that is meant. */
  lost(component: number): number {
    return (this.#steps[component] ?? 0) & ~(this.#passes[component] ?? 0);
  }
}

/** Steps of threads, without failed allocations and those on which `except` passes the head of a `forever`. */
function stepsWithout(graph: StateGraph, except: number | null, counts: typeof isOwn): Follows {
  const taken = graph.byKind((code, marks) => Number(counts(code) && (marks & REFUSED) === 0));
  return (edge) =>
    taken[graph.kind(edge)] === 1 &&
    (except === null || (graph.passing(edge) & bitOf(except)) === 0);
}

/**
 * @param except a thread: steps on which it passes the head of a `forever` are left out; or null
 * @param timeouts whether timed waits expire; then one that could expire all the way round has to
 */
export function* fairComponents(
  graph: StateGraph,
  except: number | null,
  timeouts: boolean,
): Sliced<FairComponents> {
  const counts = timeouts ? isUnforced : isOwn;
  const follows = stepsWithout(graph, except, counts);
  const component = yield* stronglyConnected(graph, follows);
  const components = new FairComponents(graph, component, follows);
  const bits = threadBits(graph, counts);
  for (let state = 0; state < graph.states; state += 1) {
    if (state % TOGETHER === 0) yield TOGETHER;
    components.enter(graph, state, enabledIn(graph, state, bits));
  }
  return components;
}
