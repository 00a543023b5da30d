// SPDX-License-Identifier: MIT
/**
 * Partial deadlocks: a thread that waits in every state of a part of the graph that others run in for
 * ever and that nothing leaves. Signals and spurious wake-ups count neither as a way on nor as a way
 * out. A part from which a finding or a limit of the model is reached is left, so nothing is claimed.
 */

import type { Machine, Occurrence } from '../interpreter/machine.ts';
import { endEntry, endKind, endSet } from './graph.ts';
import type { StateGraph } from './graph.ts';
import type { InternedSets } from './interned-sets.ts';
import type { KnownFindings } from './known-findings.ts';
import { isExpectedFailure } from './expectations.ts';
import { rememberPositions } from './control-flow.ts';
import type { Sliced } from './sliced.ts';
import { TOGETHER } from './sliced.ts';
import type { Follows } from './strongly-connected.ts';
import { stronglyConnected } from './strongly-connected.ts';
import { isUnforced } from './transition-code.ts';
import { visitStates } from './visit-states.ts';

/** What one look at all states tells about each component. */
interface Shape {
  /** 1 for a component that some edge leaves, or that is not fully explored. */
  readonly left: Uint8Array;
  /** 1 for a component with an edge inside. */
  readonly runs: Uint8Array;
}

function* shapeOf(graph: StateGraph, component: Int32Array, follows: Follows): Sliced<Shape> {
  const left = new Uint8Array(graph.states);
  const runs = new Uint8Array(graph.states);
  for (let state = 0; state < graph.states; state += 1) {
    if (state % TOGETHER === 0) yield TOGETHER;
    const own = component[state] ?? 0;
    if (!graph.isExpanded(state)) left[own] = 1;
    for (let edge = graph.firstEdge(state), end = graph.endEdge(state); edge < end; edge += 1) {
      if (!follows(edge)) continue;
      const target = graph.target(edge);
      if (target >= 0 && component[target] === own) runs[own] = 1;
      else left[own] = 1;
    }
  }
  return { left, runs };
}

/** Of each bottom component: its first state, and the threads that wait in all of its states. */
interface Bottom {
  readonly state: number;
  readonly component: number;
  waiting: readonly number[];
}

function* bottomsWithWaiters(
  graph: StateGraph,
  component: Int32Array,
  follows: Follows,
  blockedSets: InternedSets,
): Sliced<ReadonlyMap<number, Bottom>> {
  const { left, runs } = yield* shapeOf(graph, component, follows);
  const bottoms = new Map<number, Bottom>();
  for (let state = 0; state < graph.states; state += 1) {
    if (state % TOGETHER === 0) yield TOGETHER;
    const own = component[state] ?? 0;
    if (left[own] === 1 || runs[own] === 0) continue;
    const waiting = blockedSets.members(graph.blocked(state));
    const bottom = bottoms.get(own);
    if (bottom === undefined) bottoms.set(own, { state, component: own, waiting });
    else if (bottom.waiting !== waiting) {
      bottom.waiting = bottom.waiting.filter((thread) => waiting.includes(thread));
    }
  }
  for (const [own, { waiting }] of bottoms) if (waiting.length === 0) bottoms.delete(own);
  return bottoms;
}

export interface PartialDeadlockSearch<State> {
  readonly machine: Machine<State>;
  readonly graph: StateGraph;
  readonly blockedSets: InternedSets;
  /** Added to. */
  readonly findings: KnownFindings;
  /** The ends table: the findings are entered for every state of the component. */
  readonly ends: Int32Array;
  /** Positions behind expected findings: added to. */
  readonly hiddenBehind: Set<number>;
}

/** Finds all partial deadlocks and enters them. */
export function* partialDeadlocks<State>(search: PartialDeadlockSearch<State>): Sliced<void> {
  const { machine, graph, findings } = search;
  const unforced = graph.byKind((code) => Number(isUnforced(code)));
  const follows = (edge: number): boolean => unforced[graph.kind(edge)] === 1;
  const component = yield* stronglyConnected(graph, follows);
  const bottoms = yield* bottomsWithWaiters(graph, component, follows, search.blockedSets);
  const byState = new Map([...bottoms.values()].map((bottom) => [bottom.state, bottom]));
  const met = new Map<number, readonly (readonly [thread: number, Occurrence])[]>();
  const positions = new Map<number, Set<number>>();
  yield* visitStates(machine, graph, new Set(byState.keys()), (index, state) => {
    const waiting = byState.get(index)?.waiting ?? [];
    met.set(
      index,
      waiting.map((thread) => [thread, machine.blockedForEver(state, thread)] as const),
    );
    const here = new Set<number>();
    rememberPositions(machine, state, here);
    positions.set(index, here);
  });
  const setOf = new Map<number, readonly number[]>();
  for (const { state, component: own } of byState.values()) {
    const place = { state, edge: -1 };
    const numbers = (met.get(state) ?? []).map(([thread, occurrence]) =>
      findings.add(occurrence, place, thread),
    );
    setOf.set(own, numbers);
    if (numbers.some((number) => isExpectedFailure(findings.at(number)))) {
      for (const position of positions.get(state) ?? []) search.hiddenBehind.add(position);
    }
  }
  yield* enter(search, component, setOf);
}

/** Adds each component's findings to what its states show by themselves. */
function* enter<State>(
  { findings, ends }: PartialDeadlockSearch<State>,
  component: Int32Array,
  setOf: ReadonlyMap<number, readonly number[]>,
): Sliced<void> {
  if (setOf.size === 0) return;
  for (const [state, entry] of ends.entries()) {
    if (state % TOGETHER === 0) yield TOGETHER;
    const numbers = setOf.get(component[state] ?? -1);
    if (numbers === undefined) continue;
    const set = findings.setOf([...findings.inSet(endSet(entry)), ...numbers]);
    ends[state] = endEntry(endKind(entry), set);
  }
}
