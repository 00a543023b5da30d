// SPDX-License-Identifier: MIT
/** Graphs of the naive and of the exhaustive exploration as plain data, with what their numbers stand for. */

import { LearnedExploration } from '../engine/learned-exploration.ts';
import type { Exploration } from '../explore/exploration.ts';
import { END_KIND, endKind, endSet } from '../explore/graph.ts';
import { NaiveExploration } from '../explore/naive.ts';
import type { SearchOptions } from '../explore/search.ts';
import { taskOf } from '../explore/search-machine.ts';
import { finish } from '../explore/sliced.ts';
import { createInterpreter } from '../interpreter/interpreter.ts';
import { stateKey } from '../interpreter/state-key.ts';
import type { State } from '../interpreter/state.ts';
import type { Program } from '../program/index.ts';
import type { Expansion } from './engine-verdict.ts';
import { warmUpOf } from './engine-verdict.ts';

/** A graph, and the keys of its states in order of their numbers; without keys if a limit cut it short. */
export interface PlainGraph {
  readonly graph: unknown;
  readonly keys: readonly string[];
}

/** By the interpreter, one step after the other. */
export function naiveGraph(program: Program, options: SearchOptions): PlainGraph {
  const naive = new NaiveExploration(createInterpreter(program), taskOf(program, options));
  finish(naive.run());
  const keys = naive.incomplete === 'state-limit' ? [] : keysInOrder(program);
  return { graph: plain(naive), keys };
}

/** By the engine. */
export function engineGraph(
  program: Program,
  options: SearchOptions,
  expansion: Expansion,
): PlainGraph {
  const manner = { keepsGraph: true, warmUp: warmUpOf(expansion) };
  const engine = new LearnedExploration(program, taskOf(program, options), manner);
  finish(engine.run());
  const states = engine.incomplete === 'state-limit' ? 0 : engine.graph.states;
  const keys = Array.from({ length: states }, (_, state) => stateKey(engine.stateAt(state)));
  return { graph: plain(engine), keys };
}

function findingNames(exploration: Exploration<State>, set: number): readonly string[] {
  return exploration.findings
    .inSet(set)
    .map((number) => exploration.findings.at(number).occurrence.key);
}

function plain(exploration: Exploration<State>): unknown {
  const { graph, blockedSets } = exploration;
  const ends = graph.ends();
  const states = Array.from({ length: graph.states }, (_, state) => ({
    parent: graph.parentEdge(state),
    first: graph.firstEdge(state),
    kind: endKind(ends[state] ?? END_KIND.running),
    shows: findingNames(exploration, endSet(ends[state] ?? 0)),
    blocked: blockedSets.members(graph.blocked(state)),
  }));
  const edges = Array.from({ length: graph.edges }, (_, edge) => {
    const target = graph.target(edge);
    const shows = target < -1 ? findingNames(exploration, -1 - target) : target;
    return [graph.code(edge), graph.passing(edge), graph.isRefused(edge), shows];
  });
  return { states, edges, hidden: [...exploration.hiddenBehind].toSorted((a, b) => a - b) };
}

/** Keys of all states in the order in which breadth-first search meets them. */
function keysInOrder(program: Program): readonly string[] {
  const machine = createInterpreter(program);
  const first = machine.initial();
  const states = first.kind === 'state' ? [first.state] : [];
  const keys = new Set(states.map((state) => machine.key(state)));
  for (const state of states) {
    const enabled = machine.enabled(state);
    if (machine.ending(state, enabled).kind === 'stuck') continue;
    for (const transition of enabled) {
      const result = machine.step(state, transition);
      if (result.kind !== 'state' || keys.has(machine.key(result.state))) continue;
      keys.add(machine.key(result.state));
      states.push(result.state);
    }
  }
  return [...keys];
}
