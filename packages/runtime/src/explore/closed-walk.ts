// SPDX-License-Identifier: MIT
/**
 * A short way round inside a fair component, fair itself: every thread takes a step on it or cannot in
 * some state of it. Greedy: always to the nearest thing still missing, and home at last. A shorter one
 * may exist; shortening it any further could lose a thread.
 */

import { enabledIn } from './fair-components.ts';
import type { FairComponents } from './fair-components.ts';
import type { StateGraph } from './graph.ts';
import type { Path } from './minimise.ts';
import type { Sliced } from './sliced.ts';
import { bitOf } from './step-marks.ts';
import { isOwn } from './transition-code.ts';

/** The inner edges to the nearest one that `wanted` accepts, that one included. */
function* nearest(
  graph: StateGraph,
  components: FairComponents,
  from: number,
  wanted: (edge: number) => boolean,
): Sliced<Path> {
  const parents = new Map<number, number>([[from, -1]]);
  for (const state of parents.keys()) {
    yield;
    for (let edge = graph.firstEdge(state); edge < graph.endEdge(state); edge += 1) {
      if (!components.isInner(graph, state, edge)) continue;
      if (wanted(edge)) return [...wayBack(graph, parents, state), edge];
      if (!parents.has(graph.target(edge))) parents.set(graph.target(edge), edge);
    }
  }
  throw new Error('a component is not strongly connected');
}

function wayBack(graph: StateGraph, parents: ReadonlyMap<number, number>, to: number): number[] {
  const path: number[] = [];
  let edge = parents.get(to) ?? -1;
  while (edge >= 0) {
    path.push(edge);
    edge = parents.get(graph.source(edge)) ?? -1;
  }
  return path.toReversed();
}

/**
 * @param thread takes a step on the walk, whatever else it could do
 * @param counts the steps that a fair walk must not hold back
 */
export function* closedWalk(
  graph: StateGraph,
  components: FairComponents,
  start: number,
  thread: number,
  counts: typeof isOwn = isOwn,
): Sliced<Path> {
  const walk: number[] = [];
  const own = bitOf(thread);
  const { threads } = graph.codes;
  /** Threads that a fair walk still has to look after, once it has been in `state`. */
  const missingAfter = (missing: number, state: number): number =>
    missing & (enabledIn(graph, state, counts) | own);
  const missingBehind = (missing: number, edge: number): number =>
    missingAfter(missing & ~bitOf(graph.codes.thread(graph.code(edge))), graph.target(edge));
  let missing = missingAfter(threads === 32 ? -1 : bitOf(threads) - 1, start);
  let at = start;
  while (missing !== 0) {
    const before = missing;
    const way = yield* nearest(
      graph,
      components,
      at,
      (edge) => missingBehind(before, edge) !== before,
    );
    for (const edge of way) {
      walk.push(edge);
      missing = missingBehind(missing, edge);
      at = graph.target(edge);
    }
  }
  if (at === start) return walk;
  const home = yield* nearest(graph, components, at, (edge) => graph.target(edge) === start);
  return [...walk, ...home];
}
