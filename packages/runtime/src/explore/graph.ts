// SPDX-License-Identifier: MIT
/**
 * The reachable graph as flat tables: one row per state, one per edge, edges of a state side by side
 * in the machine's order. States are numbered as they are discovered and expanded in that order; their
 * contents are not kept.
 */

import { Growable } from './growable.ts';
import { bitOf, MEANT, REFUSED } from './step-marks.ts';
import { TransitionCode } from './transition-code.ts';

/** How a state reads once it is expanded; `running` also before. */
export const END_KIND = { running: 0, final: 1, stuck: 2, stalled: 3 } as const;

/** Target of an edge where the model itself was too small to go on, or the run is none that is asked about. */
export const LIMIT_TARGET = -1;

/** Target of an edge that ends in a set of findings (numbered from 1). */
export function targetOfSet(set: number): number {
  return LIMIT_TARGET - set;
}

/** The set of findings of a negative target; 0 for {@link LIMIT_TARGET}. */
export function setOfTarget(target: number): number {
  return LIMIT_TARGET - target;
}

/** What a state's entry of the ends table holds: its kind, and the findings shown by the state itself. */
export function endEntry(kind: number, set: number): number {
  return set * 4 + kind;
}

/** Kind in an entry of the ends table. */
export function endKind(entry: number): number {
  return entry & 3;
}

/** Set of findings in an entry of the ends table; 0 is the empty set. */
export function endSet(entry: number): number {
  return entry >> 2;
}

const MARK_BITS = 2;
/** An entry of a map, about. */
const BYTES_OF_OTHERS = 48;

/** The code of a transition with its marks, as edges keep them. */
export function markedCode(code: number, marks: number): number {
  return (code << MARK_BITS) | marks;
}

/** How far a graph has come. */
export interface GraphCounts {
  readonly states: number;
  readonly edges: number;
  readonly opened: number;
  readonly expanded: number;
  /** Edges there were when the last state was opened. */
  readonly openedAt: number;
}

/** The rows of a graph; all empty if it does not keep them. `others` are pairs of an edge and a mask. */
export interface GraphRows {
  readonly targets: Int32Array;
  readonly codes: Int32Array;
  readonly first: Int32Array;
  readonly parents: Int32Array;
  readonly ends: Int32Array;
  readonly blocked: Int32Array;
  readonly others: Int32Array;
}

export class StateGraph {
  readonly codes: TransitionCode;
  readonly #targets = new Growable();
  /** By edge: the code of its transition, then its marks. */
  readonly #codes = new Growable();
  /** By state: its first edge, for states whose expansion began. */
  readonly #first = new Growable();
  /** By state: the edge it was discovered through, -1 for the initial state. */
  readonly #parents = new Growable();
  readonly #ends = new Growable();
  /** By state: the set (numbered by the exploration) of threads that wait in it. */
  readonly #blocked = new Growable();
  /** By edge: threads that pass a head though another acts, as a mask; without those of none. */
  readonly #others = new Map<number, number>();
  readonly #keeps: boolean;
  #states = 0;
  #edges = 0;
  #opened = 0;
  #openedAt = 0;
  #expanded = 0;

  /** @param keeps false if only the counts are wanted: then nothing can be asked of a state or an edge */
  constructor(threads: number, keeps = true) {
    this.codes = new TransitionCode(threads);
    this.#keeps = keeps;
  }

  /** Whether states and edges can be asked for, not only counted. */
  get keeps(): boolean {
    return this.#keeps;
  }

  get states(): number {
    return this.#states;
  }

  get edges(): number {
    return this.#edges;
  }

  /** States whose expansion has begun. */
  get opened(): number {
    return this.#opened;
  }

  get bytes(): number {
    const ofEdges = this.#targets.bytes + this.#codes.bytes;
    const ofStates = this.#first.bytes + this.#parents.bytes;
    const ofOthers = this.#others.size * BYTES_OF_OTHERS;
    return ofEdges + ofOthers + ofStates + this.#ends.bytes + this.#blocked.bytes;
  }

  /** Adds a state discovered through `edge` and returns its number. */
  addState(edge: number): number {
    this.#states += 1;
    if (this.#keeps) {
      this.#parents.push(edge);
      this.#ends.push(endEntry(END_KIND.running, 0));
      this.#blocked.push(0);
    }
    return this.#states - 1;
  }

  /** Begins the expansion of the next state in order. */
  open(end: number, blocked: number): void {
    const state = this.#opened;
    this.#opened += 1;
    this.#openedAt = this.#edges;
    if (!this.#keeps) return;
    this.#first.push(this.edges);
    this.#ends.set(state, end);
    this.#blocked.set(state, blocked);
  }

  /** All edges of the open state have been added. */
  close(): void {
    this.#expanded = this.#opened;
  }

  /**
   * Adds an edge of the open state; its number is known beforehand: `edges`. Marks and others: see
   * `step-marks.ts`.
   */
  addEdge(code: number, target: number, marks = 0, others = 0): void {
    if (others !== 0 && this.#keeps) this.#others.set(this.#edges, others);
    this.addMarkedEdge(markedCode(code, marks), target);
  }

  /** The same, for a code that has its marks already. */
  addMarkedEdge(marked: number, target: number): void {
    this.#edges += 1;
    if (!this.#keeps) return;
    this.#codes.push(marked);
    this.#targets.push(target);
  }

  /** Adds so many edges that are only counted. */
  count(edges: number): void {
    if (this.#keeps) throw new Error('the edges of this graph are kept');
    this.#edges += edges;
  }

  /** Edges of the last opened state so far; null if all of them have been added. */
  get edgesOfOpen(): number | null {
    return this.#expanded === this.#opened ? null : this.#edges - this.#openedAt;
  }

  get counts(): GraphCounts {
    return {
      states: this.#states,
      edges: this.#edges,
      opened: this.#opened,
      expanded: this.#expanded,
      openedAt: this.#openedAt,
    };
  }

  /** The rows themselves, until the graph grows. */
  rows(): GraphRows {
    return {
      targets: this.#targets.view(),
      codes: this.#codes.view(),
      first: this.#first.view(),
      parents: this.#parents.view(),
      ends: this.#ends.view(),
      blocked: this.#blocked.view(),
      others: Int32Array.from([...this.#others].flat()),
    };
  }

  /** Makes an empty graph one that has come so far and has these rows. */
  restore(counts: GraphCounts, rows: GraphRows): void {
    this.#states = counts.states;
    this.#edges = counts.edges;
    this.#opened = counts.opened;
    this.#expanded = counts.expanded;
    this.#openedAt = counts.openedAt;
    this.#targets.restore(rows.targets);
    this.#codes.restore(rows.codes);
    this.#first.restore(rows.first);
    this.#parents.restore(rows.parents);
    this.#ends.restore(rows.ends);
    this.#blocked.restore(rows.blocked);
    for (let at = 0; at < rows.others.length; at += 2) {
      this.#others.set(rows.others[at] ?? 0, rows.others[at + 1] ?? 0);
    }
  }

  /** Whether every edge of the state is in the table. */
  isExpanded(state: number): boolean {
    return state < this.#expanded;
  }

  /** First edge of a state; its edges are `firstEdge(state) .. endEdge(state)`, the latter excluded. */
  firstEdge(state: number): number {
    return state < this.#first.length ? this.#first.at(state) : this.edges;
  }

  endEdge(state: number): number {
    return this.firstEdge(state + 1);
  }

  code(edge: number): number {
    return this.#codes.at(edge) >> MARK_BITS;
  }

  /** Threads that pass the head of a loop that is meant, as a mask. */
  passing(edge: number): number {
    const actor = this.#hasMark(edge, MEANT) ? bitOf(this.codes.thread(this.code(edge))) : 0;
    return this.#others.size === 0 ? actor : actor | (this.#others.get(edge) ?? 0);
  }

  /** Whether the step is an allocation that fails. */
  isRefused(edge: number): boolean {
    return this.#hasMark(edge, REFUSED);
  }

  #hasMark(edge: number, mark: number): boolean {
    return (this.#codes.at(edge) & mark) !== 0;
  }

  /** A state (from 0), or negative: see {@link targetOfSet}. */
  target(edge: number): number {
    return this.#targets.at(edge);
  }

  blocked(state: number): number {
    return this.#blocked.at(state);
  }

  parentEdge(state: number): number {
    return this.#parents.at(state);
  }

  /** A copy of the ends table. */
  ends(): Int32Array {
    return this.#ends.toArray();
  }

  /** The state an edge belongs to: the last one whose first edge is not behind it. */
  source(edge: number): number {
    let low = 0;
    let high = this.#first.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if (this.#first.at(middle) <= edge) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** The edges from the initial state to `state`, a shortest way. */
  pathTo(state: number): number[] {
    const path: number[] = [];
    let edge = this.parentEdge(state);
    while (edge >= 0) {
      path.push(edge);
      edge = this.parentEdge(this.source(edge));
    }
    return path.toReversed();
  }
}
