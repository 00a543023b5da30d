// SPDX-License-Identifier: MIT
/** Strongly connected components of the state graph: Tarjan's algorithm (1972) without recursion. */

import type { StateGraph } from './graph.ts';
import { Growable } from './growable.ts';
import type { Sliced } from './sliced.ts';
import { TOGETHER } from './sliced.ts';

const UNSEEN = 0;
const NONE = -1;

/** Whether an edge belongs to the graph that is looked at. */
export type Follows = (edge: number) => boolean;

class Tarjan {
  readonly #graph: StateGraph;
  readonly #follows: Follows;
  /** By state: the component, or -1 as long as it is open. */
  readonly component: Int32Array;
  /** By state: when it was first seen, counted from 1. */
  readonly #order: Int32Array;
  readonly #low: Int32Array;
  readonly #open = new Growable();
  readonly #callStates = new Growable();
  readonly #callEdges = new Growable();
  #clock = 0;
  #components = 0;

  constructor(graph: StateGraph, follows: Follows) {
    this.#graph = graph;
    this.#follows = follows;
    this.component = new Int32Array(graph.states).fill(NONE);
    this.#order = new Int32Array(graph.states);
    this.#low = new Int32Array(graph.states);
  }

  *run(): Sliced<Int32Array> {
    let steps = 0;
    for (let root = 0; root < this.#graph.states; root += 1) {
      if (this.#order[root] !== UNSEEN) continue;
      this.#enter(root);
      while (this.#callStates.length > 0) {
        steps += 1;
        if (steps % TOGETHER === 0) yield TOGETHER;
        this.#step(this.#callStates.pop(), this.#callEdges.pop());
      }
    }
    return this.component;
  }

  #enter(state: number): void {
    this.#clock += 1;
    this.#order[state] = this.#clock;
    this.#low[state] = this.#clock;
    this.#open.push(state);
    this.#suspend(state, this.#graph.firstEdge(state));
  }

  #suspend(state: number, edge: number): void {
    this.#callStates.push(state);
    this.#callEdges.push(edge);
  }

  /** Goes on with a state at one of its edges, up to a state never seen or to the end of its edges. */
  #step(state: number, from: number): void {
    const end = this.#graph.endEdge(state);
    for (let edge = from; edge < end; edge += 1) {
      const target = this.#graph.target(edge);
      if (target < 0 || !this.#follows(edge)) continue;
      if (this.#order[target] === UNSEEN) {
        this.#suspend(state, edge);
        this.#enter(target);
        return;
      }
      if (this.component[target] === NONE) this.#lower(state, target);
    }
    if (this.#low[state] === this.#order[state]) this.#close(state);
  }

  #lower(state: number, target: number): void {
    this.#low[state] = Math.min(this.#low[state] ?? 0, this.#low[target] ?? 0);
  }

  #close(state: number): void {
    for (;;) {
      const member = this.#open.pop();
      this.component[member] = this.#components;
      if (member === state) break;
    }
    this.#components += 1;
  }
}

/**
 * The component of each state over the edges that `follows` admits. Components are numbered from 0 in
 * the order in which they are closed: an edge never leads to a component with a higher number.
 */
export function stronglyConnected(graph: StateGraph, follows: Follows): Sliced<Int32Array> {
  return new Tarjan(graph, follows).run();
}
