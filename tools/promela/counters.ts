// SPDX-License-Identifier: MIT
/**
 * Counters of references that stand above the number of their live holders in a final state, from
 * docs/soundness.md and the comments of the Program. All threads have ended, so none of them holds any.
 */

import type { CellPath, CellPlace, Holder } from '@hmmlab/runtime/program';
import { PRESENT_KINDS, PTE_KINDS, pteKindNumber } from '@hmmlab/runtime/program';
import type { Model } from './model.ts';
import { Untranslatable } from './untranslatable.ts';

/** A cell that exists while `exists` is true. */
interface Place {
  readonly address: number;
  readonly exists: string;
}

/** One condition for each counter: it counts more than its declaration accounts for. */
export function raisedCounters(model: Model): readonly string[] {
  return model.program.counters.flatMap(({ cells, holders }) => {
    if (holders === null) return [];
    return cells.flatMap(({ at, owner }) =>
      placesOf(model, at).map(({ address, exists }) => {
        const held = holders.map((holder) => heldBy(model, holder, address - at.cell + owner));
        return `${exists} && m[${address}] > ${total(held)}`;
      }),
    );
  });
}

const total = (terms: readonly string[]): string => `(${['0', ...terms].join(' + ')})`;
const oneIf = (condition: string): string => `(${condition} -> 1 : 0)`;

/** How many references this holder may hold to the object at `owner`. */
function heldBy(model: Model, holder: Holder, owner: number): string {
  switch (holder.kind) {
    case 'number':
      return `${holder.count}`;
    case 'thread':
      return '0';
    case 'own':
      return total(cellsAt(holder, owner).map((address) => worth(model, address)));
    case 'referrer': {
      const starts = holder.from.flatMap((place) => placesOf(model, place));
      return total(
        starts.flatMap(({ address, exists }) =>
          cellsAt(holder, address).map((cell) =>
            oneIf(`${exists} && ${refers(model, cell, owner, holder.pfn)}`),
          ),
        ),
      );
    }
  }
}

function placesOf({ memory }: Model, place: CellPlace): readonly Place[] {
  if (place.kind === 'object') {
    const address = (memory.objects[place.object] ?? 0) + place.cell;
    return [{ address, exists: 'true' }];
  }
  const pool = memory.pools[place.pool];
  if (pool === undefined) throw new Error(`no pool ${place.pool}`);
  const { slot, capacity, base, size } = pool;
  return Array.from({ length: capacity }, (_, i) => {
    return { address: base + i * size + place.cell, exists: `st[${slot + i}] == 1` };
  });
}

function cellsAt({ hops, length }: CellPath, start: number): readonly number[] {
  const [hop = 0, ...more] = hops;
  if (more.length > 0) throw new Untranslatable('holders behind pointers');
  return Array.from({ length }, (_, i) => start + hop + i);
}

/** What a cell of the owner itself accounts for. */
function worth(model: Model, address: number): string {
  const { memory } = model;
  const cell = `m[${address}]`;
  switch (memory.cells[address]?.type.kind) {
    case 'list': {
      const list = `q[${memory.compounds.indexOf(address)}]`;
      const gone = objects(model).map(({ address: item, exists }) =>
        oneIf(`${list}??[${item}] && !(${exists})`),
      );
      return `(len(${list}) - ${total(gone)})`;
    }
    case 'ref': {
      const gone = objects(model).map(
        ({ address: from, exists, to }) =>
          `(${cell} >= ${from} && ${cell} < ${to} && !(${exists}))`,
      );
      return oneIf(`${cell} != 0 && !(${['false', ...gone].join(' || ')})`);
    }
    case 'pte':
      return oneIf(isPresent(cell));
    default:
      return `(${cell} > 0 -> ${cell} : 0)`;
  }
}

/** Whether a cell refers to the owner, or as a page table entry maps its frame. */
function refers(model: Model, address: number, owner: number, pfn: number | null): string {
  const { cells, compounds } = model.memory;
  if (cells[address]?.type.kind === 'list') return `q[${compounds.indexOf(address)}]??[${owner}]`;
  if (pfn === null) return `m[${address}] == ${owner}`;
  return `${isPresent(`m[${address}]`)} && m[${address}] / ${PTE_KINDS.length} == m[${owner + pfn}]`;
}

function isPresent(entry: string): string {
  const kinds = PRESENT_KINDS.map(
    (kind) => `${entry} % ${PTE_KINDS.length} == ${pteKindNumber(kind)}`,
  );
  return `(${kinds.join(' || ')})`;
}

/** All objects of all pools. */
function objects({ memory }: Model): readonly (Place & { readonly to: number })[] {
  return memory.pools.flatMap(({ slot, capacity, base, size }) =>
    Array.from({ length: capacity }, (_, i) => {
      const address = base + i * size;
      return { address, to: address + size, exists: `st[${slot + i}] == 1` };
    }),
  );
}
