// SPDX-License-Identifier: MIT
/**
 * Whether a small graph machine starves, by definition: a run that ends, or any fair closed walk, while
 * the condition is waited for. Shares no code with the search, and takes time exponential in the edges.
 */

import type { Machine } from '../interpreter/machine.ts';
import { isClosed, isFairWalk, timed } from './livelock-oracle.ts';
import type { OracleEdge } from './livelock-oracle.ts';

/** What is true where. */
export interface OraclePromise {
  readonly met: (state: number) => boolean;
  readonly begins: (state: number) => boolean;
}

/** States in which the condition is waited for on some run. */
export function waitingStates(
  edges: readonly OracleEdge[],
  reachable: readonly number[],
  { met, begins }: OraclePromise,
): ReadonlySet<number> {
  const waiting = new Set(reachable.filter((state) => begins(state) && !met(state)));
  for (let before = -1; before !== waiting.size;) {
    before = waiting.size;
    for (const { from, to } of edges) if (waiting.has(from) && !met(to)) waiting.add(to);
  }
  return waiting;
}

/** @param edges all edges between reachable states */
export function starves(
  machine: Machine<number>,
  edges: readonly OracleEdge[],
  reachable: readonly number[],
  promise: OraclePromise,
): boolean {
  const waiting = waitingStates(edges, reachable, promise);
  if ([...waiting].some((state) => !machine.enabled(state).some(timed))) return true;
  const inner = edges.filter(
    ({ from, to, transition }) => waiting.has(from) && waiting.has(to) && timed(transition),
  );
  const sets = Array.from({ length: 2 ** inner.length }, (_, mask) => mask).slice(1);
  return sets.some((mask) => {
    const walk = inner.filter((_, i) => ((mask >> i) & 1) === 1);
    return isClosed(walk) && isFairWalk(machine, walk, timed);
  });
}
