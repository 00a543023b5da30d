// SPDX-License-Identifier: MIT
/**
 * A short way round inside a fair component, fair itself: every thread takes a step on it or cannot in
 * some state of it. Greedy: always to the nearest thing still missing, and home at last. A shorter one
 * may exist; shortening it any further could lose a thread.
 */

import { enabledIn, threadBits } from './fair-components.ts';
import type { FairComponents } from './fair-components.ts';
import type { StateGraph } from './graph.ts';
import type { Path } from './minimise.ts';
import type { Sliced } from './sliced.ts';
import { TOGETHER } from './sliced.ts';
import { bitOf } from './step-marks.ts';
import { isOwn } from './transition-code.ts';

/** Walks in the components of one graph, one after the other, in the same rows. */
export class ClosedWalks {
  readonly #graph: StateGraph;
  readonly #components: FairComponents;
  /** By kind of edge: the bit of its thread if it is a step that a fair walk must not hold back, and in any case. */
  readonly #counted: Int32Array;
  readonly #actors: Int32Array;
  /** By state that the present search has met: the edge it was met through, -1 for where it begins. */
  readonly #parents: Int32Array;
  /** By state: the number of the search that met it last. */
  readonly #metBy: Int32Array;
  #search = 0;

  /** @param counts the steps that a fair walk must not hold back */
  constructor(graph: StateGraph, components: FairComponents, counts: typeof isOwn = isOwn) {
    this.#graph = graph;
    this.#components = components;
    this.#counted = threadBits(graph, counts);
    this.#actors = threadBits(graph, () => true);
    this.#parents = new Int32Array(graph.states);
    this.#metBy = new Int32Array(graph.states);
  }

  /** @param thread takes a step on the walk, whatever else it could do */
  *from(start: number, thread: number): Sliced<Path> {
    const graph = this.#graph;
    const walk: number[] = [];
    const own = bitOf(thread);
    const { threads } = graph.codes;
    /** Threads that a fair walk still has to look after, once it has been in `state`. */
    const missingAfter = (missing: number, state: number): number =>
      missing & (enabledIn(graph, state, this.#counted) | own);
    const missingBehind = (missing: number, edge: number): number =>
      missingAfter(missing & ~(this.#actors[graph.kind(edge)] ?? 0), graph.target(edge));
    let missing = missingAfter(threads === 32 ? -1 : bitOf(threads) - 1, start);
    let at = start;
    while (missing !== 0) {
      const before = missing;
      const way = yield* this.#nearest(at, (edge) => missingBehind(before, edge) !== before);
      for (const edge of way) {
        walk.push(edge);
        missing = missingBehind(missing, edge);
        at = graph.target(edge);
      }
    }
    if (at === start) return walk;
    const home = yield* this.#nearest(at, (edge) => graph.target(edge) === start);
    return [...walk, ...home];
  }

  /** The inner edges to the nearest one that `wanted` accepts, that one included. */
  *#nearest(from: number, wanted: (edge: number) => boolean): Sliced<Path> {
    const graph = this.#graph;
    this.#search += 1;
    const queue = [from];
    this.#meet(from, -1);
    for (const [taken, state] of queue.entries()) {
      if (taken % TOGETHER === 0) yield TOGETHER;
      for (let edge = graph.firstEdge(state), end = graph.endEdge(state); edge < end; edge += 1) {
        if (!this.#components.isInner(graph, state, edge)) continue;
        if (wanted(edge)) return [...this.#wayTo(state), edge];
        const target = graph.target(edge);
        if (this.#meet(target, edge)) queue.push(target);
      }
    }
    throw new Error('a component is not strongly connected');
  }

  /** Whether the present search meets a state for the first time. */
  #meet(state: number, edge: number): boolean {
    if (this.#metBy[state] === this.#search) return false;
    this.#metBy[state] = this.#search;
    this.#parents[state] = edge;
    return true;
  }

  #wayTo(to: number): number[] {
    const path: number[] = [];
    let edge = this.#parents[to] ?? -1;
    while (edge >= 0) {
      path.push(edge);
      edge = this.#parents[this.#graph.source(edge)] ?? -1;
    }
    return path.toReversed();
  }
}
