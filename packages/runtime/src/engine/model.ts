// SPDX-License-Identifier: MIT
/**
 * What has been learned of a program, and the packed states it was learned from. One place keeps
 * dictionaries, packing, trees and store in step: whoever enters new values calls `fit`.
 */

import type { World } from '../interpreter/draft.ts';
import type { State } from '../interpreter/state.ts';
import { DecisionForest } from './decision-forest.ts';
import { Fields } from './fields.ts';
import type { Packing } from './packing.ts';
import { packed, repacked, roomyWidthFor, widthFor, withSlack } from './packing.ts';
import { RecordingView } from './recording-view.ts';
import { StateStore } from './state-store.ts';

/** So many states are not to be repacked for one field after the other: full ones get room in advance. */
export const MANY = 20_000;

/** Whether a field is likely to need more room soon. Flags are not. */
function grows(size: number, width: number): boolean {
  return size > 2 && size > 0.875 * 2 ** width;
}

export class Model {
  readonly fields: Fields;
  readonly forest: DecisionForest;
  readonly store: StateStore;
  readonly #onRepack: ((packing: Packing) => void)[] = [];

  /** @param store of states packed from these fields */
  constructor(fields: Fields, store: StateStore) {
    this.fields = fields;
    this.store = store;
    this.forest = new DecisionForest(store.packing);
  }

  get packing(): Packing {
    return this.store.packing;
  }

  /** Called whenever fields have got other places. */
  onRepack(listener: (packing: Packing) => void): void {
    this.#onRepack.push(listener);
  }

  /** Makes room for values that have been entered into dictionaries. */
  fit(): void {
    const { packing } = this;
    const { grown } = this.fields;
    if (grown.size === 0) return;
    const fits = [...grown].every((field) => packing.holds(field, this.fields.size(field)));
    grown.clear();
    if (!fits) this.#repack(repacked(packing, this.#widths(packing)));
  }

  /** To be called when there are {@link MANY} states: gives back the room that few states may waste. */
  tighten(): void {
    const { count } = this.fields;
    const sizes = Array.from({ length: count }, (_, field) => this.fields.size(field));
    const next = packed(withSlack(sizes.map(widthFor), sizes));
    if (next.words < this.packing.words) this.#repack(next);
  }

  #repack(next: Packing): void {
    this.store.repack(next);
    this.forest.repack(next);
    for (const listener of this.#onRepack) listener(next);
  }

  /** Reads fields of the packed state that begins at a word. */
  reader(offset: number): (field: number) => number {
    return (field) => this.packing.read(this.store.vectors, offset, field);
  }

  decode(offset: number): State {
    return this.fields.decode(this.reader(offset));
  }

  /**
   * The leaf for the packed state at `offset`, learned from a run if no earlier one was like it.
   *
   * @param before root of a function that has been asked of this state before, or null: what that one
   *   read is known here
   * @param run the function; returns the number of its answer
   */
  leafFor(
    root: number,
    offset: number,
    before: number | null,
    run: (view: RecordingView) => number,
  ): number {
    const value = this.reader(offset);
    const { forest } = this;
    const shared = forest.findShared(root, value);
    if (shared !== 0) return shared;
    const known = before === null ? [] : forest.readsOnWay(before, value);
    const view = new RecordingView(this.fields, value, known);
    const answer = run(view);
    return forest.learn(root, view.reads, answer, value);
  }

  #widths(before: Packing): readonly number[] {
    const sizes = Array.from({ length: this.fields.count }, (_, field) => this.fields.size(field));
    const isFew = this.store.count < MANY;
    const widths = sizes.map((size, field) => {
      if (!before.holds(field, size)) return isFew ? roomyWidthFor(size) : widthFor(size);
      const width = before.width[field] ?? 0;
      return grows(size, width) && this.store.count >= MANY ? width + 1 : width;
    });
    return this.store.count >= MANY ? withSlack(widths, sizes) : widths;
  }
}

/** Knows one state, which is in place but not entered. */
export function modelOf(world: World, initial: State): Model {
  const fields = new Fields(world);
  const numbers = fields.encode(initial);
  const packing = packed(numbers.map((_, field) => widthFor(fields.size(field))));
  const store = new StateStore(packing);
  for (const [field, value] of numbers.entries()) packing.write(store.vectors, 0, field, value);
  return new Model(fields, store);
}
