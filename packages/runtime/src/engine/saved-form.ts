// SPDX-License-Identifier: MIT
/** What the numbers of packed states mean, as plain data and back. */

import type { SavedForm } from '../explore/checkpoint.ts';
import type { World } from '../interpreter/draft.ts';
import type { Dictionary } from './dictionary.ts';
import { Fields } from './fields.ts';
import { Model } from './model.ts';
import { Packing } from './packing.ts';
import { StateStore } from './state-store.ts';

export function savedForm({ fields, packing }: Model): SavedForm {
  return {
    threads: fields.threads.map(({ values }) => values),
    cells: fields.cells.map(({ values }) => values),
    slots: fields.slots.map(({ values }) => values),
    places: Array.from({ length: fields.count }, (_, field) => packing.place(field)),
  };
}

/** A model that knows these values and states, and has learned nothing of the program yet. */
export function restoredModel(world: World, saved: SavedForm, vectors: Int32Array): Model {
  const fields = new Fields(world);
  enterAll(fields.threads, saved.threads);
  enterAll(fields.cells, saved.cells);
  enterAll(fields.slots, saved.slots);
  const store = new StateStore(new Packing(saved.places));
  store.restore(vectors);
  return new Model(fields, store);
}

function enterAll<T>(
  dictionaries: readonly Dictionary<T>[],
  values: readonly (readonly T[])[],
): void {
  for (const [index, dictionary] of dictionaries.entries()) {
    for (const [number, value] of (values[index] ?? []).entries()) {
      if (dictionary.numberOf(value) !== number) throw new Error('a value has another number');
    }
  }
}
