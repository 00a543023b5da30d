// SPDX-License-Identifier: MIT
/**
 * The reachable graph as packed tables: one row per state, one per edge, edges of a state side by side
 * in the machine's order. States are numbered as they are discovered and expanded in that order; their
 * contents are not kept.
 */

import { PackedRow } from './packed-row.ts';
import { RisingRow } from './rising-row.ts';
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
const MARKS = 2 ** MARK_BITS - 1;
/** An entry of a map, about. */
const BYTES_OF_OTHERS = 48;

/** How far a graph has come. */
export interface GraphCounts {
  readonly states: number;
  readonly edges: number;
  readonly opened: number;
  readonly expanded: number;
  /** Edges there were when the last state was opened. */
  readonly openedAt: number;
}

/**
 * The rows of a graph as they are saved; without items if it does not keep them. `codeNumbers` are marked
 * codes by their numbers, `others` pairs of an edge and a mask.
 */
export interface GraphRows {
  readonly targets: Int32Array;
  readonly codes: Int32Array;
  readonly codeNumbers: Int32Array;
  readonly first: Int32Array;
  readonly known: Int32Array;
  readonly ends: Int32Array;
  readonly blocked: Int32Array;
  readonly others: Int32Array;
}

export class StateGraph {
  readonly codes: TransitionCode;
  readonly #targets = new PackedRow();
  /** By edge: the number of its transition's code with its marks. */
  readonly #codes = new PackedRow();
  /** Marked codes by number, and back: there are few. */
  readonly #markedCodes: number[] = [];
  readonly #codeNumbers = new Map<number, number>();
  // By state, for states whose expansion began:
  /** Its first edge. */
  readonly #first = new RisingRow();
  /** States known when its expansion began: the next one is the first that was discovered from it. */
  readonly #known = new RisingRow();
  readonly #ends = new PackedRow();
  /** The set (numbered by the exploration) of threads that wait in it. */
  readonly #blocked = new PackedRow();
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
    const ofStates = this.#first.bytes + this.#known.bytes;
    const ofOthers = this.#others.size * BYTES_OF_OTHERS;
    return ofEdges + ofOthers + ofStates + this.#ends.bytes + this.#blocked.bytes;
  }

  /** Adds the state that the next edge discovers, or the initial one, and returns its number. */
  addState(): number {
    this.#states += 1;
    return this.#states - 1;
  }

  /** Begins the expansion of the next state in order. */
  open(end: number, blocked: number): void {
    this.#opened += 1;
    this.#openedAt = this.#edges;
    if (!this.#keeps) return;
    this.#first.push(this.#edges);
    this.#known.push(this.#states);
    this.#ends.push(end);
    this.#blocked.push(blocked);
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
    this.addNumbered(this.codeNumber(code, marks), target);
  }

  /** The number of a code with its marks. */
  codeNumber(code: number, marks: number): number {
    const marked = (code << MARK_BITS) | marks;
    const known = this.#codeNumbers.get(marked);
    if (known !== undefined) return known;
    this.#markedCodes.push(marked);
    this.#codeNumbers.set(marked, this.#markedCodes.length - 1);
    return this.#markedCodes.length - 1;
  }

  /** Adds an edge without others, by the number of its code and marks. */
  addNumbered(codeNumber: number, target: number): void {
    this.#edges += 1;
    if (!this.#keeps) return;
    this.#codes.push(codeNumber);
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

  /** Copies of all rows. */
  rows(): GraphRows {
    return {
      targets: this.#targets.saved(),
      codes: this.#codes.saved(),
      codeNumbers: Int32Array.from(this.#markedCodes),
      first: this.#first.saved(),
      known: this.#known.saved(),
      ends: this.#ends.saved(),
      blocked: this.#blocked.saved(),
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
    for (const marked of rows.codeNumbers) this.codeNumber(marked >> MARK_BITS, marked & MARKS);
    this.#first.restore(rows.first);
    this.#known.restore(rows.known);
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
    return this.#marked(edge) >> MARK_BITS;
  }

  #marked(edge: number): number {
    return this.#markedCodes[this.#codes.at(edge)] ?? 0;
  }

  /** The number of an edge's code with its marks: the place in a table that {@link byKind} makes. */
  kind(edge: number): number {
    return this.#codes.at(edge);
  }

  /** What depends on code and marks alone, for each kind of edge there is. */
  byKind(of: (code: number, marks: number) => number): Int32Array {
    return Int32Array.from(this.#markedCodes, (marked) => of(marked >> MARK_BITS, marked & MARKS));
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
    return (this.#marked(edge) & mark) !== 0;
  }

  /** A state (from 0), or negative: see {@link targetOfSet}. */
  target(edge: number): number {
    return this.#targets.at(edge);
  }

  /** The set of threads that wait in a state; 0 if its expansion has not begun. */
  blocked(state: number): number {
    return state < this.#opened ? this.#blocked.at(state) : 0;
  }

  /** The first state that was discovered from a state, if any was: others follow it, in order of their edges. */
  firstDiscovered(state: number): number {
    return state < this.#opened ? this.#known.at(state) : this.#states;
  }

  /** The edge that a state was discovered through, -1 for the initial state. */
  parentEdge(state: number): number {
    if (state === 0) return -1;
    const source = this.#known.countUpTo(state) - 1;
    let edge = this.firstEdge(source);
    while (edge < this.#edges && this.#targets.at(edge) !== state) edge += 1;
    return edge;
  }

  /** A copy of the ends table; states whose expansion has not begun are running. */
  ends(): Int32Array {
    const ends = new Int32Array(this.#states);
    this.#ends.copyTo(ends);
    return ends;
  }

  /** The state an edge belongs to: the last one whose first edge is not behind it. */
  source(edge: number): number {
    return this.#first.countUpTo(edge) - 1;
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
