// SPDX-License-Identifier: MIT
/** Renumbers the sequence counters of packed states, as `sequences.ts` does: by that itself. */

import type { World } from '../interpreter/draft.ts';
import { Draft } from '../interpreter/draft.ts';
import { renumberSequences } from '../interpreter/sequences.ts';
import { viewOf } from '../interpreter/state-view.ts';
import type { Model } from './model.ts';

export class SequenceRenumbering {
  readonly #world: World;
  readonly #model: Model;

  constructor(world: World, model: Model) {
    this.#world = world;
    this.#model = model;
  }

  /** For the state behind the last one, which begins at `offset`; may repack all states. */
  apply(offset: number): void {
    const { fields, store } = this.#model;
    const draft = new Draft(this.#world, viewOf(this.#model.decode(offset)), 0);
    renumberSequences(draft);
    const entries = fields.encodeChanges(draft.changes);
    this.#model.fit();
    for (const [field, value] of entries) {
      this.#model.packing.write(store.vectors, store.next, field, value);
    }
  }
}
