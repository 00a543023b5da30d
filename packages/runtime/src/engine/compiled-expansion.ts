// SPDX-License-Identifier: MIT
/** Expands states by generated code, made for the form that they have at the moment. */

import type { StateGraph } from '../explore/graph.ts';
import type { BlockedThreads } from './blocked-threads.ts';
import type { Learned } from './learned.ts';
import type { Walker, WalkerHelp } from './walker.ts';
import { compileWalker } from './walker.ts';
import { NOT_BEGUN } from './walker-code.ts';

/** What the expansion works for. */
export interface Surroundings {
  readonly graph: StateGraph;
  readonly blocked: BlockedThreads;
  /** Enters the state behind the last one, which is new; its number, or negative. */
  readonly admit: () => number;
  /** States expanded in one form before code is made for it. */
  readonly warmUp: number;
}

export class CompiledExpansion {
  readonly #learned: Learned;
  readonly #graph: StateGraph;
  readonly #blocked: BlockedThreads;
  readonly #warmUp: number;
  readonly #help: WalkerHelp;
  #walker: Walker | null = null;
  /** States expanded without a walker since states have their form. */
  #without = 0;

  constructor(learned: Learned, { graph, blocked, admit, warmUp }: Surroundings) {
    this.#learned = learned;
    this.#graph = graph;
    this.#blocked = blocked;
    this.#warmUp = warmUp;
    const { model } = learned;
    model.onRepack(() => {
      this.#walker = null;
      this.#without = 0;
    });
    this.#help = {
      child: (node, value) => model.forest.sparseChild(node, value),
      blocked: (node, thread) => {
        const next = blocked.with(node, thread);
        this.bind();
        return next;
      },
      open: (node) => graph.open(0, blocked.numberOf(node)),
      edge: (code, target) => graph.addNumbered(code, target),
      count: (edges) => graph.count(edges),
      admit: (place, entry) => {
        const { store, forest } = model;
        const { vectors, table } = store;
        const { slots, table: nodes } = forest;
        store.isNewAt(place, entry);
        const number = admit();
        // Nearly always all tables are where they were, and generated code counts the state itself.
        const isInPlace =
          vectors === store.vectors &&
          table === store.table &&
          slots === forest.slots &&
          nodes === forest.table;
        if (number < 0 || !isInPlace) this.bind();
        return number;
      },
    };
  }

  /** As in `walker-code.ts`: the way that it stopped at, or why there is none. */
  expand(state: number, from: number): number {
    if (this.#walker !== null) return this.#walker.expand(state, from);
    if (from > 0) return NOT_BEGUN;
    this.#without += 1;
    if (this.#without === this.#warmUp) this.#compile();
    return NOT_BEGUN;
  }

  /** To be called after anything was learned or entered elsewhere. */
  bind(): void {
    const { model, ways, outcomes } = this.#learned;
    const { store, forest } = model;
    this.#walker?.bind({
      vectors: store.vectors,
      table: store.table,
      bits: store.bits,
      count: store.count,
      slots: forest.slots,
      nodes: forest.table,
      leaves: ways.leaves.items,
      codes: outcomes.plainCodes.items,
      writes: outcomes.writes.items,
      blocked: this.#blocked.next,
    });
  }

  #compile(): void {
    const { model, ways } = this.#learned;
    const { word, shift, mask, words } = model.packing;
    const threads = ways.roots.map((root, thread) => ({
      word: word[thread] ?? 0,
      shift: shift[thread] ?? 0,
      mask: mask[thread] ?? 0,
      base: model.forest.mainBase(root),
    }));
    const shape = { words, threads, keepsGraph: this.#graph.keeps };
    this.#walker = compileWalker(shape, this.#help);
    this.bind();
  }
}
