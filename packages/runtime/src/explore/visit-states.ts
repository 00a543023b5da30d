// SPDX-License-Identifier: MIT
/** Decodes chosen states again, by walking the tree of first discoveries; each state at most once. */

import type { Machine, StepResult } from '../interpreter/machine.ts';
import type { StateGraph } from './graph.ts';
import type { Sliced } from './sliced.ts';

interface Frame<State> {
  readonly index: number;
  readonly state: State;
  edge: number;
  /** The next state that was discovered from it. */
  child: number;
}

/** Marks the chosen states and all on the tree's way to them. */
function markWays(graph: StateGraph, chosen: Iterable<number>): Uint8Array {
  const marks = new Uint8Array(graph.states);
  for (const state of chosen) {
    let at = state;
    while (marks[at] === 0) {
      marks[at] = 1;
      const edge = graph.parentEdge(at);
      if (edge >= 0) at = graph.source(edge);
    }
  }
  return marks;
}

function stateOf<State>(result: StepResult<State>): State {
  if (result.kind !== 'state') throw new Error('a step that led to a state no longer does');
  return result.state;
}

/** Calls `visit` for each chosen state, or for all, in an order of its own. Linear in the graph. */
export function* visitStates<State>(
  machine: Machine<State>,
  graph: StateGraph,
  chosen: ReadonlySet<number> | 'all',
  visit: (index: number, state: State) => void,
): Sliced<void> {
  const all = chosen === 'all';
  if (graph.states === 0 || (!all && chosen.size === 0)) return;
  const marks = all ? new Uint8Array(graph.states).fill(1) : markWays(graph, chosen);
  const stack: Frame<State>[] = [];
  const enter = (index: number, state: State): void => {
    if (all || chosen.has(index)) visit(index, state);
    const [edge, child] = [graph.firstEdge(index), graph.firstDiscovered(index)];
    stack.push({ index, state, edge, child });
  };
  enter(0, stateOf(machine.initial()));
  for (let frame = stack.at(-1); frame !== undefined; frame = stack.at(-1)) {
    yield;
    if (frame.edge === graph.endEdge(frame.index)) {
      stack.pop();
      continue;
    }
    const edge = frame.edge;
    frame.edge += 1;
    const target = graph.target(edge);
    if (target !== frame.child) continue;
    frame.child += 1;
    if (marks[target] === 0) continue;
    enter(target, stateOf(machine.step(frame.state, graph.codes.read(graph.code(edge)))));
  }
}
