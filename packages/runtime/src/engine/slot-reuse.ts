// SPDX-License-Identifier: MIT
/**
 * Reuse of dead slots, on packed states: a dead slot that nothing refers to becomes free, and its cells
 * are as at creation. What a value refers to is looked up once per value; see `references.ts`, whose
 * rules these are.
 */

import type { World } from '../interpreter/draft.ts';
import { initialValueOf } from '../interpreter/draft.ts';
import { lockHolders } from '../interpreter/lock-holders.ts';
import { mayRefer, referencesOf, threadReferences } from '../interpreter/references.ts';
import type { Entry } from './fields.ts';
import type { Model } from './model.ts';

/** A field whose values may keep slots from being used again. */
interface Keeper {
  readonly field: number;
  /** Slot whose cell it is and that has to be alive for its references to count, or null. */
  readonly within: number | null;
  /** By value: slots it refers to, once they have been asked for. */
  readonly keeps: (readonly number[])[];
  readonly slotsOf: (value: number) => readonly number[];
}

export class SlotReuse {
  readonly #model: Model;
  readonly #keepers: readonly Keeper[];
  /** By slot: what is written when it becomes free. */
  readonly #freed: readonly (readonly Entry[])[];

  constructor(world: World, model: Model) {
    this.#model = model;
    const { fields } = model;
    this.#keepers = [...threadKeepers(world, model), ...cellKeepers(world, model)];
    this.#freed = world.layout.slots.map(({ number, base, size }) => {
      const cells = world.layout.cells.slice(base, base + size);
      return [
        [fields.ofSlot(number), fields.slot(number).numberOf('free')],
        ...cells.map(({ type, initial }, i): Entry => {
          const value = fields.cell(base + i).numberOf(initialValueOf(type, initial));
          return [fields.ofCell(base + i), value];
        }),
      ];
    });
    model.fit();
  }

  /** Whether any slot is dead in the packed state at `offset`. */
  hasDead(offset: number): boolean {
    const { fields, packing, store } = this.#model;
    return fields.slots.some(
      (known, slot) =>
        known.at(packing.read(store.vectors, offset, fields.ofSlot(slot))) === 'dead',
    );
  }

  /** Frees what can be freed in the packed state at `offset`. */
  apply(offset: number): void {
    const { fields, packing, store } = this.#model;
    const status = fields.slots.map((known, slot) =>
      known.at(packing.read(store.vectors, offset, fields.ofSlot(slot))),
    );
    if (!status.includes('dead')) return;
    const kept = new Set<number>();
    for (const { field, within, keeps, slotsOf } of this.#keepers) {
      const value = packing.read(store.vectors, offset, field);
      if (within !== null && status[within] !== 'live') continue;
      const slots = (keeps[value] ??= slotsOf(value));
      for (const slot of slots) kept.add(slot);
    }
    for (const [slot, now] of status.entries()) {
      if (now !== 'dead' || kept.has(slot)) continue;
      for (const [field, value] of this.#freed[slot] ?? []) {
        packing.write(store.vectors, offset, field, value);
      }
    }
  }
}

function threadKeepers(world: World, { fields }: Model): readonly Keeper[] {
  return fields.threads.map((known, thread) => ({
    field: thread,
    within: null,
    keeps: [],
    slotsOf: (value) => slotsAt(world, threadReferences(world, known.at(value))),
  }));
}

function cellKeepers(world: World, { fields }: Model): readonly Keeper[] {
  return world.layout.cells.flatMap(({ type, slot }, address): readonly Keeper[] => {
    if (address === 0) return [];
    const known = fields.cell(address);
    const field = fields.ofCell(address);
    const referring: Keeper = {
      field,
      within: slot,
      keeps: [],
      slotsOf: (value) => slotsAt(world, referencesOf(type, known.at(value))),
    };
    const held: Keeper = {
      field,
      within: null,
      keeps: [],
      slotsOf: (value) => slotsAt(world, lockHolders(known.at(value)).length > 0 ? [address] : []),
    };
    return [
      ...(mayRefer(type) ? [referring] : []),
      ...(slot !== null && world.locks.includes(address) ? [held] : []),
    ];
  });
}

function slotsAt({ layout }: World, addresses: readonly number[]): readonly number[] {
  return addresses.flatMap((address) => layout.cells[address]?.slot ?? []);
}
