// SPDX-License-Identifier: MIT
/**
 * Minimal counterexamples: one uniform-cost search over pairs of (state, running thread) gives each
 * finding a schedule with the fewest preemptions and, among those, the fewest transitions.
 *
 * A preemption is a step by another thread while the running one still has a step of its own. Steps of
 * the environment neither switch nor count as one. Without a heap: costs only grow by (0, 1) or (1, 1),
 * so each level of preemptions is a merge of two rows that are in order already. Ties fall to the way
 * met first, and edges are met in the machine's order: lower thread, then lower alternative.
 */

import { endSet, LIMIT_TARGET, setOfTarget } from './graph.ts';
import type { StateGraph } from './graph.ts';
import { Growable } from './growable.ts';
import type { KnownFindings } from './known-findings.ts';
import type { Sliced } from './sliced.ts';
import { TOGETHER } from './sliced.ts';
import { isOwn } from './transition-code.ts';

const UNSEEN = 0;
/** Reached with a preemption more than the level at hand. */
const SEEDED = 1;
/** The same, once that level is at hand. */
const DUE = 2;
const SETTLED = 3;
/** A finding whose way is decided. */
const DONE = 4;
const NONE = -1;
const NOBODY = -1;
const BYTES_PER_NODE = 4 * 3 + 1 + 2 * 4;

/** Edges of the state graph from the initial state on. */
export type Path = readonly number[];

/** Where findings are, and what they are. */
export interface FindingGraph {
  readonly graph: StateGraph;
  readonly ends: Int32Array;
  readonly findings: KnownFindings;
}

/** Bytes that {@link minimise} needs at most. */
export function minimiseBytes(graph: StateGraph): number {
  return graph.states * (graph.codes.threads + 1) * BYTES_PER_NODE;
}

/** Node numbers: `state * width + running thread + 1` (0: nobody runs yet), then one per finding. */
class UniformCost {
  readonly #graph: StateGraph;
  readonly #ends: Int32Array;
  readonly #findings: KnownFindings;
  readonly #width: number;
  readonly #firstFinding: number;
  /** By kind of edge: the thread whose own step it is, or {@link NOBODY}. */
  readonly #actors: Int32Array;
  readonly #marks: Uint8Array;
  readonly #parents: Int32Array;
  /** By node: the edge it was reached by; -1 where the state itself shows the finding. */
  readonly #edges: Int32Array;
  /** By node: transitions of its schedule. */
  readonly #lengths: Int32Array;
  #level = new Growable();
  #nextLevel = new Growable();
  #unsettled: number;

  constructor({ graph, ends, findings }: FindingGraph) {
    this.#graph = graph;
    this.#ends = ends;
    this.#findings = findings;
    this.#width = graph.codes.threads + 1;
    this.#firstFinding = graph.states * this.#width;
    this.#actors = graph.byKind((code) => (isOwn(code) ? graph.codes.thread(code) : NOBODY));
    this.#unsettled = findings.list.length;
    const nodes = this.#firstFinding + this.#unsettled;
    this.#marks = new Uint8Array(nodes);
    this.#parents = new Int32Array(nodes).fill(NONE);
    this.#edges = new Int32Array(nodes).fill(NONE);
    this.#lengths = new Int32Array(nodes);
  }

  *run(): Sliced<readonly Path[]> {
    let seeds = new Growable();
    seeds.push(0);
    while (this.#unsettled > 0) {
      if (seeds.length === 0) throw new Error('a finding is out of reach of the stored graph');
      this.#level = new Growable();
      this.#nextLevel = new Growable();
      yield* this.#exhaustLevel(seeds);
      seeds = this.#nextLevel;
    }
    return this.#findings.list.map((_, finding) => this.#pathTo(this.#firstFinding + finding));
  }

  /** Settles all nodes of one number of preemptions: seeds and what follows them, by length. */
  *#exhaustLevel(seeds: Growable): Sliced<void> {
    for (let i = 0; i < seeds.length; i += 1) {
      if (i % TOGETHER === 0) yield TOGETHER;
      if (!this.#isSettled(seeds.at(i))) this.#marks[seeds.at(i)] = DUE;
    }
    let seed = 0;
    let local = 0;
    while (this.#unsettled > 0 && (seed < seeds.length || local < this.#level.length)) {
      if ((seed + local) % TOGETHER === 0) yield TOGETHER;
      if (seed < seeds.length && this.#isSettled(seeds.at(seed))) {
        // Reached another way meanwhile, and its length is now of that way.
        seed += 1;
      } else if (this.#seedIsNext(seeds, seed, local)) {
        const node = seeds.at(seed);
        seed += 1;
        this.#marks[node] = SETTLED;
        this.#settle(node);
      } else {
        this.#settle(this.#level.at(local));
        local += 1;
      }
    }
  }

  #isSettled(node: number): boolean {
    return (this.#marks[node] ?? UNSEEN) >= SETTLED;
  }

  #seedIsNext(seeds: Growable, seed: number, local: number): boolean {
    if (seed === seeds.length) return false;
    if (local === this.#level.length) return true;
    return this.#lengthOf(seeds.at(seed)) <= this.#lengthOf(this.#level.at(local));
  }

  #lengthOf(node: number): number {
    return this.#lengths[node] ?? 0;
  }

  #settle(node: number): void {
    if (node >= this.#firstFinding) {
      this.#finish(node);
      return;
    }
    const state = Math.floor(node / this.#width);
    const running = (node % this.#width) - 1;
    this.#settleShownBy(state, node);
    const first = this.#graph.firstEdge(state);
    const end = this.#graph.endEdge(state);
    const canGoOn = this.#canGoOn(running, first, end);
    for (let edge = first; edge < end; edge += 1) {
      const own = this.#actors[this.#graph.kind(edge)] ?? NOBODY;
      const thread = own === NOBODY ? running : own;
      this.#follow(node, edge, thread, canGoOn && thread !== running);
    }
  }

  #canGoOn(running: number, first: number, end: number): boolean {
    if (running === NOBODY) return false;
    for (let edge = first; edge < end; edge += 1) {
      if (this.#actors[this.#graph.kind(edge)] !== running) continue;
      if (this.#graph.target(edge) !== LIMIT_TARGET) return true;
    }
    return false;
  }

  /** A step to the same finding may be waiting with one transition more: this way is better. */
  #settleShownBy(state: number, node: number): void {
    for (const finding of this.#findings.inSet(endSet(this.#ends[state] ?? 0))) {
      const end = this.#firstFinding + finding;
      if (this.#marks[end] === DONE) continue;
      this.#parents[end] = node;
      this.#edges[end] = NONE;
      this.#finish(end);
    }
  }

  #finish(finding: number): void {
    if (this.#marks[finding] === DONE) return;
    this.#marks[finding] = DONE;
    this.#unsettled -= 1;
  }

  #follow(node: number, edge: number, thread: number, preempts: boolean): void {
    const target = this.#graph.target(edge);
    if (target >= 0) {
      this.#reach(target * this.#width + thread + 1, node, edge, preempts);
      return;
    }
    for (const finding of this.#findings.inSet(setOfTarget(target))) {
      this.#reach(this.#firstFinding + finding, node, edge, preempts);
    }
  }

  #reach(node: number, parent: number, edge: number, preempts: boolean): void {
    const mark = this.#marks[node] ?? UNSEEN;
    const length = this.#lengthOf(parent) + 1;
    if (mark >= SETTLED || (preempts && mark !== UNSEEN)) return;
    if (mark === DUE && this.#lengthOf(node) <= length) return;
    this.#marks[node] = preempts ? SEEDED : SETTLED;
    this.#parents[node] = parent;
    this.#edges[node] = edge;
    this.#lengths[node] = length;
    (preempts ? this.#nextLevel : this.#level).push(node);
  }

  #pathTo(end: number): Path {
    const path: number[] = [];
    for (let node = end; node !== NONE; node = this.#parents[node] ?? NONE) {
      const edge = this.#edges[node] ?? NONE;
      if (edge !== NONE) path.push(edge);
    }
    return path.toReversed();
  }
}

/** By finding: a minimal way to it. The graph must be complete and have a state. */
export function minimise(place: FindingGraph): Sliced<readonly Path[]> {
  return new UniformCost(place).run();
}
