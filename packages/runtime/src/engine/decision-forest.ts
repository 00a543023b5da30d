// SPDX-License-Identifier: MIT
/**
 * Learned functions of a state, as trees: an inner node reads one field and has a child per value of
 * it, a leaf is an answer. What a deterministic function reads next depends on what it has read before,
 * so each of its runs is one path of a tree, and a path that is there answers for every state that
 * agrees with it on the fields along the path.
 *
 * References are numbers: 0 for what is not learned yet, n > 0 for node n, -1-a for the leaf `a`. They
 * live in slots: of a root, and of each child of each node.
 */

import type { Packing } from './packing.ts';
import type { Question, Read } from './recording-view.ts';

/**
 * Nodes of fields with more values than this keep their children in a map, but for the first of a main root,
 * until there are so many that a run of slots takes less.
 */
const MOST_DENSE = 256;
/** Slots that take as much as an entry of a map, about. */
const SLOTS_PER_ENTRY = 10;

/** What a node takes beside the tables, about. */
const NODE_BYTES = 160;

/** The answer of a leaf. */
export function leafOf(reference: number): number {
  return -1 - reference;
}

interface Node {
  readonly field: number;
  /** Null if the node branches on the value itself. Else all values with one answer share a child. */
  readonly question: Question | null;
  readonly byAnswer: Map<boolean, number>;
  readonly isMain: boolean;
  /** Children by value, where there are too many values for a run of slots. */
  readonly sparse: Map<number, number> | null;
}

export class DecisionForest {
  #packing: Packing;
  readonly #nodes: (Node | null)[] = [null];
  /** Four a node: word, shift and mask of its field; the slot of its child for value 0, or -1 if it is sparse. */
  table: Int32Array = new Int32Array(256);
  /** References, by slot. */
  slots: Int32Array = new Int32Array(1024);
  #slotCount = 0;

  constructor(packing: Packing) {
    this.#packing = packing;
  }

  get bytes(): number {
    return this.slots.byteLength + this.table.byteLength + this.#nodes.length * NODE_BYTES;
  }

  /** Makes slots for the roots of as many functions, side by side; returns the first. */
  addRoots(count: number): number {
    const first = this.#slotCount;
    this.#slotCount += count;
    if (this.#slotCount > this.slots.length) {
      const larger = new Int32Array(Math.max(this.#slotCount, this.slots.length * 2));
      larger.set(this.slots);
      this.slots = larger;
    }
    return first;
  }

  /** Makes the root of a function that reads this field of every state first; its first node is never sparse. */
  addMainRoot(field: number): number {
    const root = this.addRoots(1);
    const node = this.#addNode({ field, question: null }, true);
    this.slots[root] = node;
    return root;
  }

  /** The slot of a main root's child for value 0. */
  mainBase(root: number): number {
    return this.table[(this.slots[root] ?? 0) * 4 + 3] ?? 0;
  }

  /** The leaf reference for a state, or 0 if it is not learned yet. */
  find(root: number, vectors: Int32Array, offset: number): number {
    const { slots, table } = this;
    let reference = slots[root] ?? 0;
    while (reference > 0) {
      const at = reference * 4;
      const bits = vectors[offset + (table[at] ?? 0)] ?? 0;
      const value = (bits >>> (table[at + 1] ?? 0)) & (table[at + 2] ?? 0);
      const base = table[at + 3] ?? 0;
      reference = base >= 0 ? (slots[base + value] ?? 0) : this.sparseChild(reference, value);
    }
    return reference;
  }

  /**
   * The same for one state only, and slower: answers that another value has in common with its own are found
   * on the way, and entered.
   */
  findShared(root: number, value: (field: number) => number): number {
    let reference = this.slots[root] ?? 0;
    while (reference > 0) reference = this.#child(reference, value(this.#node(reference).field));
    return reference;
  }

  /** What is read on the way to the leaf of a state, as far as it is learned. */
  readsOnWay(root: number, value: (field: number) => number): Read[] {
    const reads: Read[] = [];
    let reference = this.slots[root] ?? 0;
    while (reference > 0) {
      const node = this.#node(reference);
      reads.push({ field: node.field, question: node.question });
      reference = this.#child(reference, value(node.field));
    }
    return reads;
  }

  /**
   * Adds the path of one run.
   *
   * @param leaf the answer
   * @throws if the run read something else than an earlier one that agreed with it so far
   */
  learn(
    root: number,
    reads: readonly Read[],
    leaf: number,
    value: (field: number) => number,
  ): number {
    let set = (reference: number): void => void (this.slots[root] = reference);
    let reference = this.slots[root] ?? 0;
    for (const read of reads) {
      if (reference === 0) set((reference = this.#addNode(read, false)));
      this.#requireSame(reference, read);
      const [node, number] = [reference, value(read.field)];
      reference = this.#child(node, number);
      set = (next) => this.#setChild(node, number, next);
    }
    if (reference !== 0 && reference !== -1 - leaf) throw contradiction();
    set(-1 - leaf);
    return -1 - leaf;
  }

  /** Fields have other places or widths now. */
  repack(packing: Packing): void {
    const before = this.#packing;
    this.#packing = packing;
    for (const [number, node] of this.#nodes.entries()) {
      if (node === null) continue;
      const count = (before.mask[node.field] ?? 0) + 1;
      const widens = (packing.mask[node.field] ?? 0) + 1 > count;
      if (widens && node.sparse === null) this.#widen(number, node, count);
      this.#place(number, node.field);
    }
  }

  #place(number: number, field: number): void {
    const { word, shift, mask } = this.#packing;
    this.table[number * 4] = word[field] ?? 0;
    this.table[number * 4 + 1] = shift[field] ?? 0;
    this.table[number * 4 + 2] = mask[field] ?? 0;
  }

  #widen(number: number, node: Node, count: number): void {
    const from = this.#base(number);
    const size = (this.#packing.mask[node.field] ?? 0) + 1;
    const children = this.slots.slice(from, from + count);
    if (size <= MOST_DENSE || node.isMain) {
      const base = this.addRoots(size);
      this.table[number * 4 + 3] = base;
      this.slots.set(children, base);
      return;
    }
    const sparse = new Map<number, number>();
    this.#nodes[number] = { ...node, sparse };
    this.table[number * 4 + 3] = -1;
    for (const [value, child] of children.entries()) if (child !== 0) sparse.set(value, child);
  }

  #addNode({ field, question }: Read, isMain: boolean): number {
    const number = this.#nodes.length;
    if ((number + 1) * 4 > this.table.length) this.table = doubled(this.table);
    const size = (this.#packing.mask[field] ?? 0) + 1;
    const sparse = size > MOST_DENSE && !isMain ? new Map<number, number>() : null;
    this.#nodes.push({ field, question, byAnswer: new Map(), isMain, sparse });
    this.#place(number, field);
    this.table[number * 4 + 3] = sparse === null ? this.addRoots(size) : -1;
    return number;
  }

  /** A child by its value; one that other values with the same answer lead to becomes this value's too. */
  #child(reference: number, value: number): number {
    const { question, byAnswer, sparse } = this.#node(reference);
    const known =
      sparse === null ? (this.slots[this.#base(reference) + value] ?? 0) : (sparse.get(value) ?? 0);
    if (known !== 0 || question === null) return known;
    const shared = byAnswer.get(question.of(value)) ?? 0;
    if (shared !== 0) this.#setChild(reference, value, shared);
    return shared;
  }

  #base(reference: number): number {
    return this.table[reference * 4 + 3] ?? 0;
  }

  /** The child of a sparse node, or 0. */
  sparseChild(reference: number, value: number): number {
    return this.#node(reference).sparse?.get(value) ?? 0;
  }

  #setChild(reference: number, value: number, child: number): void {
    const { question, byAnswer, sparse } = this.#node(reference);
    if (sparse === null) this.slots[this.#base(reference) + value] = child;
    else this.#setSparse(reference, sparse, value, child);
    if (question !== null) byAnswer.set(question.of(value), child);
  }

  #setSparse(reference: number, sparse: Map<number, number>, value: number, child: number): void {
    sparse.set(value, child);
    const node = this.#node(reference);
    const size = (this.#packing.mask[node.field] ?? 0) + 1;
    if (sparse.size * SLOTS_PER_ENTRY < size) return;
    const base = this.addRoots(size);
    for (const [at, each] of sparse) this.slots[base + at] = each;
    this.#nodes[reference] = { ...node, sparse: null };
    this.table[reference * 4 + 3] = base;
  }

  #requireSame(reference: number, read: Read): void {
    const { field, question } = this.#node(reference);
    if (field !== read.field || question?.name !== read.question?.name) throw contradiction();
  }

  #node(reference: number): Node {
    const node = this.#nodes[reference];
    if (node === undefined || node === null) throw new RangeError(`no node ${reference}`);
    return node;
  }
}

function doubled(list: Int32Array): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(list.length * 2);
  larger.set(list);
  return larger;
}

function contradiction(): Error {
  return new Error('two runs that read the same values differ: a read was not noted');
}
