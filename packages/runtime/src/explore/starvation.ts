// SPDX-License-Identifier: MIT
/**
 * Starvation: what an `eventually` or `leads to` waits for never comes, on a run that ends without it or
 * on a weakly fair cycle. Timed waits count as steps here: they expire some day, and one that expires
 * again and again may be part of the cycle. Signals, spurious wake-ups and failed allocations are forced
 * on nobody, so that no cycle needs one.
 */

import { ClosedWalks } from './closed-walk.ts';
import { enabledIn, FairComponents, threadBits } from './fair-components.ts';
import { endEntry, endKind } from './graph.ts';
import type { Path } from './minimise.ts';
import type { Obligations } from './obligations.ts';
import type { Sliced } from './sliced.ts';
import { stronglyConnected } from './strongly-connected.ts';
import { REFUSED } from './step-marks.ts';
import { isUnforced } from './transition-code.ts';

/** Components of which a way round is looked for: those that are reached with the fewest steps. */
const MOST_COMPONENTS = 16;
/** States of a component from which one is tried; the shortest is kept. */
const MOST_STARTS = 16;
/** A walk longer than this is taken as it is. */
const LONG = 100;

/** Set number of a node at which a run can be left that never gets what it waits for. */
export const STARVED = 1;

/** Where runs are that starve. */
export interface Starved {
  /** The ends table with {@link STARVED} at the ends of runs and at every node of the ways round. */
  readonly ends: Int32Array;
  /** The same without the ways round, for schedules that pass. */
  readonly passing: Int32Array;
  /** By node of a way round: the way, and which of its edges leaves the node. */
  readonly turns: ReadonlyMap<number, Turn>;
}

interface Turn {
  readonly round: Path;
  readonly turn: number;
}

function* pendingComponents({ graph, pending }: Obligations): Sliced<FairComponents> {
  const taken = graph.byKind((code, marks) => Number(isUnforced(code) && (marks & REFUSED) === 0));
  const follows = (edge: number): boolean =>
    taken[graph.kind(edge)] === 1 && graph.target(edge) >= 0 && pending[graph.target(edge)] === 1;
  const component = yield* stronglyConnected(graph, follows);
  const components = new FairComponents(graph, component, follows);
  const bits = threadBits(graph, isUnforced);
  for (let node = 0; node < graph.states; node += 1) {
    yield;
    components.enter(graph, node, enabledIn(graph, node, bits));
  }
  return components;
}

/** By fair component, nearest first: its first nodes in order of discovery. */
function* startsOf(
  { graph }: Obligations,
  components: FairComponents,
): Sliced<ReadonlyMap<number, number[]>> {
  const starts = new Map<number, number[]>();
  for (let node = 0; node < graph.states; node += 1) {
    yield;
    const own = components.component[node] ?? 0;
    const known = starts.get(own);
    if (known !== undefined) {
      if (known.length < MOST_STARTS) known.push(node);
    } else if (starts.size < MOST_COMPONENTS && components.isFair(own)) starts.set(own, [node]);
  }
  return starts;
}

/** The shortest of the fair walks from these nodes. */
function* shortestRound(
  { graph }: Obligations,
  components: FairComponents,
  walks: ClosedWalks,
  nodes: readonly number[],
): Sliced<Path> {
  let best: Path | null = null;
  for (const start of nodes) {
    const thread = steppingIn(graph, components, start);
    const walk = yield* walks.from(start, thread);
    if (best === null || walk.length < best.length) best = walk;
    if (walk.length > LONG) break;
  }
  if (best === null) throw new Error('a component without a node');
  return best;
}

/** Some thread that steps from a node inside its component: the walk is not empty. */
function steppingIn(graph: Obligations['graph'], components: FairComponents, node: number): number {
  for (let edge = graph.firstEdge(node), end = graph.endEdge(node); edge < end; edge += 1) {
    if (components.isInner(graph, node, edge)) return graph.codes.thread(graph.code(edge));
  }
  throw new Error('a node of a cycle that nothing leaves');
}

/** Whether a run ends at a node while it still waits. */
function endsIn(
  { graph, pending, states }: Obligations,
  bits: Int32Array,
  node: number,
  isExpanded: (state: number) => boolean,
): boolean {
  if (pending[node] !== 1 || !isExpanded(states[node] ?? 0)) return false;
  return enabledIn(graph, node, bits) === 0;
}

/**
 * Finds where runs starve; null if none does.
 *
 * @param isExpanded whether all edges of a state are known: of others nothing is claimed
 */
export function* starvedIn(
  obligations: Obligations,
  isExpanded: (state: number) => boolean,
): Sliced<Starved | null> {
  const { graph } = obligations;
  const passing = obligations.ends.slice();
  const ends = passing.map((entry) => endEntry(endKind(entry), 0));
  let found = false;
  const bits = threadBits(obligations.graph, isUnforced);
  for (const [node, entry] of ends.entries()) {
    yield;
    if (!endsIn(obligations, bits, node, isExpanded)) continue;
    found = true;
    ends[node] = endEntry(endKind(entry), STARVED);
    passing[node] = ends[node];
  }
  const components = yield* pendingComponents(obligations);
  const walks = new ClosedWalks(obligations.graph, components, isUnforced);
  const turns = new Map<number, Turn>();
  for (const nodes of (yield* startsOf(obligations, components)).values()) {
    const round = yield* shortestRound(obligations, components, walks, nodes);
    found = true;
    for (const [turn, edge] of round.entries()) {
      const node = graph.source(edge);
      if (turns.has(node)) continue;
      turns.set(node, { round, turn });
      ends[node] = endEntry(endKind(ends[node] ?? 0), STARVED);
    }
  }
  return found ? { ends, passing, turns } : null;
}

/** The way round that begins at a node; empty where the run ends. */
export function roundFrom({ turns }: Starved, node: number): Path {
  const found = turns.get(node);
  if (found === undefined) return [];
  return [...found.round.slice(found.turn), ...found.round.slice(0, found.turn)];
}
