// SPDX-License-Identifier: MIT
/** The numbers by which the literature names a state space. */

import { LearnedExploration } from '../engine/learned-exploration.ts';
import type { Exploration } from '../explore/exploration.ts';
import { endKind, endSet, END_KIND } from '../explore/graph.ts';
import type { StateGraph } from '../explore/graph.ts';
import { NaiveExploration } from '../explore/naive.ts';
import { finish } from '../explore/sliced.ts';
import type { Machine } from '../interpreter/machine.ts';
import type { Program } from '../program/index.ts';

export interface GraphMeasures {
  readonly states: number;
  readonly transitions: number;
  /** Depths of a breadth-first search, the initial one included. */
  readonly levels: number;
  readonly finalStates: number;
  /** States in which nothing goes on and some thread is not at its end. */
  readonly deadlocks: number;
  /** Transitions that end in a finding. */
  readonly broken: number;
  /** Transitions of a shortest schedule to a finding, one that a state shows included; null if there is none. */
  readonly error: number | null;
}

const EVERYTHING = { maxStates: Infinity, maxBytes: Infinity, checks: [] };

/** All that a machine can do, explored naively; a limit of the model is an error. */
export function wholeGraph<State>(machine: Machine<State>): StateGraph {
  return graphOf(new NaiveExploration(machine, EVERYTHING));
}

/** All that a program can do, explored by the exhaustive search; a limit of the model is an error. */
export function exhaustiveGraph(program: Program): StateGraph {
  return graphOf(new LearnedExploration(program, EVERYTHING, { keepsGraph: true }));
}

function graphOf<State>(exploration: Exploration<State>): StateGraph {
  finish(exploration.run());
  const { incomplete, graph } = exploration;
  if (incomplete !== null) throw new Error(`not the whole graph: ${incomplete}`);
  return graph;
}

/** Measures a whole graph. Its states are numbered level by level. */
export function measureGraph(graph: StateGraph): GraphMeasures {
  const ends = graph.ends();
  const depths = new Int32Array(graph.states);
  const kinds = [0, 0, 0, 0];
  let [error, broken] = [Infinity, 0];
  for (let state = 0; state < graph.states; state += 1) {
    const parent = graph.parentEdge(state);
    const depth = parent < 0 ? 0 : (depths[graph.source(parent)] ?? 0) + 1;
    depths[state] = depth;
    const entry = ends[state] ?? 0;
    kinds[endKind(entry)] = (kinds[endKind(entry)] ?? 0) + 1;
    if (endSet(entry) !== 0) error = Math.min(error, depth);
    for (let edge = graph.firstEdge(state); edge < graph.endEdge(state); edge += 1) {
      if (graph.target(edge) >= 0) continue;
      broken += 1;
      error = Math.min(error, depth + 1);
    }
  }
  return {
    states: graph.states,
    transitions: graph.edges,
    levels: (depths.at(-1) ?? -1) + 1,
    finalStates: kinds[END_KIND.final] ?? 0,
    deadlocks: kinds[END_KIND.stuck] ?? 0,
    broken,
    error: error === Infinity ? null : error,
  };
}
