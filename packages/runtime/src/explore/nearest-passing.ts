// SPDX-License-Identifier: MIT
/**
 * The nearest schedule that ends well, for a counterexample.
 *
 * It shares the longest beginning from which a good end can be reached at all; what follows is as short
 * as possible, and among equally short ways each step is, in this order, the one that the
 * counterexample takes soonest from there on, one of the running thread, the first of the machine's.
 */

import { END_KIND, endKind } from './graph.ts';
import type { StateGraph } from './graph.ts';
import type { Path } from './minimise.ts';
import type { Sliced } from './sliced.ts';
import { TOGETHER } from './sliced.ts';
import { isOwn } from './transition-code.ts';

const UNREACHABLE = -1;

/** Edges by target, as a table of sources. */
interface Reverse {
  /** Sources of edges into state s are `sources[first[s] .. first[s + 1])`. */
  readonly first: Int32Array;
  readonly sources: Int32Array;
}

function* countInto(graph: StateGraph): Sliced<Int32Array> {
  const first = new Int32Array(graph.states + 1);
  for (let state = 0; state < graph.states; state += 1) {
    if (state % TOGETHER === 0) yield TOGETHER;
    for (let edge = graph.firstEdge(state), end = graph.endEdge(state); edge < end; edge += 1) {
      const target = graph.target(edge);
      if (target >= 0) first[target] = (first[target] ?? 0) + 1;
    }
  }
  let sum = 0;
  for (const [state, count] of first.entries()) {
    sum += count;
    first[state] = sum;
  }
  return first;
}

function* reverse(graph: StateGraph): Sliced<Reverse> {
  const first = yield* countInto(graph);
  const sources = new Int32Array(first[graph.states] ?? 0);
  for (let state = 0; state < graph.states; state += 1) {
    if (state % TOGETHER === 0) yield TOGETHER;
    for (let edge = graph.firstEdge(state), end = graph.endEdge(state); edge < end; edge += 1) {
      const target = graph.target(edge);
      if (target < 0) continue;
      const slot = (first[target] ?? 0) - 1;
      first[target] = slot;
      sources[slot] = state;
    }
  }
  return { first, sources };
}

/**
 * By state: transitions to the nearest good end, or -1. A good end is a final state; a way to it meets
 * no state (nor step, they lead nowhere) that `isBad` by its entry in the ends table.
 */
export function* distancesToGoodEnd(
  graph: StateGraph,
  ends: Int32Array,
  isBad: (end: number) => boolean,
): Sliced<Int32Array> {
  const { first, sources } = yield* reverse(graph);
  const distances = new Int32Array(graph.states).fill(UNREACHABLE);
  const queue = new Int32Array(graph.states);
  let length = 0;
  const reach = (state: number, distance: number): void => {
    if (distances[state] !== UNREACHABLE || isBad(ends[state] ?? 0)) return;
    distances[state] = distance;
    queue[length] = state;
    length += 1;
  };
  for (const [state, end] of ends.entries()) {
    if (state % TOGETHER === 0) yield TOGETHER;
    if (endKind(end) === END_KIND.final) reach(state, 0);
  }
  for (let taken = 0; taken < length; taken += 1) {
    if (taken % TOGETHER === 0) yield TOGETHER;
    const state = queue[taken] ?? 0;
    const distance = (distances[state] ?? 0) + 1;
    for (let slot = first[state] ?? 0; slot < (first[state + 1] ?? 0); slot += 1) {
      reach(sources[slot] ?? 0, distance);
    }
  }
  return distances;
}

/** The steps that a counterexample still takes, to be followed where that is possible. */
class Pending {
  readonly #places = new Map<number, number[]>();

  constructor(codes: readonly number[]) {
    for (const [place, code] of codes.entries()) {
      const places = this.#places.get(code);
      if (places === undefined) this.#places.set(code, [place]);
      else places.push(place);
    }
    for (const places of this.#places.values()) places.reverse();
  }

  /** How soon the counterexample takes this step; Infinity if it does not any more. */
  place(code: number): number {
    return this.#places.get(code)?.at(-1) ?? Infinity;
  }

  take(code: number): void {
    this.#places.get(code)?.pop();
  }
}

function statesOf(graph: StateGraph, path: Path): readonly number[] {
  return [0, ...path.map((edge) => graph.target(edge))].filter((state) => state >= 0);
}

/** Picks the edge to follow among those that come one step nearer to a good end. */
function choose(
  graph: StateGraph,
  distances: Int32Array,
  state: number,
  rank: (code: number) => readonly [number, number],
): number {
  let best = -1;
  let bestRank: readonly [number, number] = [Infinity, Infinity];
  for (let edge = graph.firstEdge(state), end = graph.endEdge(state); edge < end; edge += 1) {
    const target = graph.target(edge);
    if (target < 0 || distances[target] !== (distances[state] ?? 0) - 1) continue;
    const [first, second] = rank(graph.code(edge));
    const [bestFirst, bestSecond] = bestRank;
    if (best === -1 || first < bestFirst || (first === bestFirst && second < bestSecond)) {
      best = edge;
      bestRank = [first, second];
    }
  }
  if (best === -1) throw new Error(`no way to a good end from state ${state}`);
  return best;
}

/** The nearest schedule with a good end, or null if no schedule has one (that is known of). */
export function* nearestPassing(
  graph: StateGraph,
  distances: Int32Array,
  counterexample: Path,
): Sliced<Path | null> {
  if (graph.states === 0) return null;
  const states = statesOf(graph, counterexample);
  // Behind a state that is bad itself nothing passes any more, whatever can be reached from there.
  const lost = states.findIndex((state) => distances[state] === UNREACHABLE);
  const shared = (lost === -1 ? states.length : lost) - 1;
  let state = states[shared];
  if (state === undefined) return null;
  const path = counterexample.slice(0, shared);
  const codes = counterexample.map((edge) => graph.code(edge));
  const pending = new Pending(codes.slice(shared));
  const last = codes.slice(0, shared).findLast(isOwn);
  let running = last === undefined ? -1 : graph.codes.thread(last);
  const switches = (code: number): number => (graph.codes.thread(code) === running ? 0 : 1);
  while ((distances[state] ?? 0) > 0) {
    yield;
    const edge = choose(graph, distances, state, (code) => [pending.place(code), switches(code)]);
    const code = graph.code(edge);
    if (isOwn(code)) running = graph.codes.thread(code);
    pending.take(code);
    path.push(edge);
    state = graph.target(edge);
  }
  return path;
}
