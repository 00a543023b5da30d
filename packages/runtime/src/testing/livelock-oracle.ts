// SPDX-License-Identifier: MIT
/**
 * Livelocks of a small graph machine by their definition: every set of edges that is a closed walk is
 * looked at. Shares no code with the search, and takes time exponential in the edges.
 */

import type { Machine, Transition } from '../interpreter/machine.ts';
import { graphOracle } from './graph-oracle.ts';

export interface OracleEdge {
  readonly from: number;
  readonly to: number;
  readonly transition: Transition;
  /** Threads that pass the head of a loop that is meant. */
  readonly meant: readonly number[];
}

const own = ({ environment }: Transition): boolean => environment === null;
/** A step that nobody forces: a thread's own, or a timed wait that expires. */
export const timed = ({ environment }: Transition): boolean =>
  environment === null || environment === 'timeout';

/** Edges between states that the machine can take. */
export function oracleEdges(
  machine: Machine<number>,
  meant: (state: number, transition: Transition) => readonly number[],
): readonly OracleEdge[] {
  return [...graphOracle(machine).nodes].flatMap(([from, { ways }]) =>
    ways.flatMap(({ transition, to }) => {
      if (typeof to !== 'number') return [];
      return [{ from, to, transition, meant: meant(from, transition) }];
    }),
  );
}

/** Whether one walk can take all these edges and come back: each leads to the source of each. */
export function isClosed(edges: readonly OracleEdge[]): boolean {
  const first = edges[0];
  if (first === undefined) return false;
  const spread = (from: (e: OracleEdge) => number, to: (e: OracleEdge) => number): Set<number> => {
    const seen = new Set([first.from]);
    for (let before = 0; before !== seen.size;) {
      before = seen.size;
      for (const edge of edges) if (seen.has(from(edge))) seen.add(to(edge));
    }
    return seen;
  };
  const forth = spread(
    (edge) => edge.from,
    (edge) => edge.to,
  );
  const back = spread(
    (edge) => edge.to,
    (edge) => edge.from,
  );
  return edges.every(({ from, to }) => [from, to].every((one) => forth.has(one) && back.has(one)));
}

/** Every thread steps on the walk, or has nothing that `counts` in some state of it. */
export function isFairWalk(
  machine: Machine<number>,
  edges: readonly OracleEdge[],
  counts: (transition: Transition) => boolean = own,
): boolean {
  return [...machine.program.threads.keys()].every(
    (thread) =>
      edges.some(({ transition }) => transition.thread === thread) ||
      edges.some(
        ({ from }) => !machine.enabled(from).some((one) => one.thread === thread && counts(one)),
      ),
  );
}

/** Threads that a livelock is about: a fair closed walk of steps that lasts though timed waits expire. */
export function livelockedThreads(
  machine: Machine<number>,
  edges: readonly OracleEdge[],
): readonly number[] {
  const sets = Array.from({ length: 2 ** edges.length }, (_, mask) => mask).slice(1);
  const members = (mask: number): OracleEdge[] => edges.filter((_, i) => ((mask >> i) & 1) === 1);
  const closed = sets.filter((mask) => isClosed(members(mask)));
  return [...machine.program.threads.keys()].filter((thread) => {
    const walks = closed.filter((mask) =>
      members(mask).every(({ meant }) => !meant.includes(thread)),
    );
    const short = walks.filter((mask) => {
      const walk = members(mask);
      return (
        walk.every(({ transition }) => own(transition)) &&
        walk.some(({ transition }) => transition.thread === thread) &&
        isFairWalk(machine, walk)
      );
    });
    const lasting = walks.filter((mask) => {
      const walk = members(mask);
      return walk.every(({ transition }) => timed(transition)) && isFairWalk(machine, walk, timed);
    });
    return short.some((mask) => lasting.some((wider) => (wider & mask) === mask));
  });
}
