// SPDX-License-Identifier: MIT
/**
 * What a run still owes to an `eventually`: the state graph once more, each state split by whether the
 * condition is still waited for there. What could be taken stays an edge, so that fairness and preemptions
 * are judged by all that a state enables; steps into findings lead to one place that nothing leaves.
 */

import { endEntry, endKind, endSet, LIMIT_TARGET, StateGraph } from './graph.ts';
import type { Sliced } from './sliced.ts';
import { Growable } from './growable.ts';
import { REFUSED } from './step-marks.ts';

/** By state: whether the condition is true there, and whether waiting for it begins there. */
export interface Truths {
  readonly met: Uint8Array;
  readonly begins: Uint8Array;
}

/** Set number in the ends table of a node whose state shows some finding by itself. */
const BAD = 1;

export interface Obligations {
  readonly graph: StateGraph;
  /** Entries as of the state graph; the set is 1 where the state shows a finding, else 0. */
  readonly ends: Int32Array;
  /** By node: its state; one more than there are for what lies behind findings. */
  readonly states: Int32Array;
  /** By node: 1 if the condition is still waited for. */
  readonly pending: Uint8Array;
}

class Builder {
  readonly #from: StateGraph;
  readonly #ends: Int32Array;
  readonly #truths: Truths;
  readonly #graph: StateGraph;
  /** By `2 * state + pending`: the node, or -1. */
  readonly #numbers: Int32Array;
  readonly #nodes = new Growable();

  constructor(from: StateGraph, ends: Int32Array, truths: Truths) {
    this.#from = from;
    this.#ends = ends;
    this.#truths = truths;
    this.#graph = new StateGraph(from.codes.threads);
    this.#numbers = new Int32Array(from.states * 2 + 1).fill(-1);
  }

  *build(): Sliced<Obligations> {
    this.#discover(0, false);
    for (let node = 0; node < this.#nodes.length; node += 1) {
      yield;
      this.#expand(this.#nodes.at(node));
    }
    const nodes = this.#nodes.toArray();
    return {
      graph: this.#graph,
      ends: this.#graph.ends(),
      states: nodes.map((node) => node >> 1),
      pending: Uint8Array.from(nodes, (node) => node & 1),
    };
  }

  #expand(node: number): void {
    const state = node >> 1;
    const end = this.#ends[state] ?? 0;
    this.#graph.open(endEntry(endKind(end), endSet(end) === 0 ? 0 : BAD), 0);
    // Of a state that is not explored to its end nothing is known.
    const whole = this.#from.isExpanded(state);
    const first = this.#from.firstEdge(state);
    const last = whole ? this.#from.endEdge(state) : first;
    for (let edge = first; edge < last; edge += 1) {
      const to = this.#from.target(edge);
      this.#graph.addEdge(
        this.#from.code(edge),
        to === LIMIT_TARGET ? LIMIT_TARGET : this.#arrive(to, (node & 1) === 1),
        this.#from.isRefused(edge) ? REFUSED : 0,
      );
    }
    this.#graph.close();
  }

  /** The node behind a step; findings have a number of their own, that of no state. */
  #arrive(to: number, waited: boolean): number {
    return to < 0 ? this.#discover(this.#from.states, false) : this.#discover(to, waited);
  }

  #discover(state: number, waited: boolean): number {
    const { met, begins } = this.#truths;
    const pending = (waited || begins[state] === 1) && met[state] !== 1;
    const node = state * 2 + Number(pending);
    const known = this.#numbers[node] ?? -1;
    if (known >= 0) return known;
    this.#nodes.push(node);
    const number = this.#graph.addState();
    this.#numbers[node] = number;
    return number;
  }
}

/** Bytes that {@link obligations} needs at most. */
export function obligationBytes(graph: StateGraph): number {
  return graph.bytes * 2 + graph.states * 2 * (4 + 4 + 4 + 1);
}

/** @param ends the ends table of `from`; it must have a state */
export function obligations(
  from: StateGraph,
  ends: Int32Array,
  truths: Truths,
): Sliced<Obligations> {
  return new Builder(from, ends, truths).build();
}
