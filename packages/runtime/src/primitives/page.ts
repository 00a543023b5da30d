// SPDX-License-Identifier: MIT
/**
 * Page frames, page table entries, and what the stale mapping check must know of invalidations.
 *
 * A frame allocator hands out the lowest free frame with one reference; who drops the last one frees it, and
 * it is reused at once. Each is one step: zone->lock is never held around anything else, and nobody can tell
 * a page without references from a free one.
 */

import type { Draft } from '../interpreter/draft.ts';
import { RaisedFinding, RaisedLimit } from '../interpreter/raised.ts';
import type { OwedValue } from '../interpreter/values.ts';
import type { Call, Primitive } from './primitive.ts';
import { always, operand } from './primitive.ts';

function allocate(draft: Draft, call: Call): number {
  const address = operand(call, 0);
  const { used } = draft.compound(address, 'frames');
  const type = draft.cellType(address);
  const count = type.kind === 'frames' ? type.count : 0;
  const first = draft.world.layout.firstFrames.get(address) ?? 1;
  for (let pfn = first; pfn < first + count; pfn++) {
    if (used.includes(pfn)) continue;
    const next = [...used, pfn].toSorted((a, b) => a - b);
    draft.poke(address, { kind: 'frames', used: next });
    return pfn;
  }
  throw new RaisedLimit('pool-exhausted', `all ${count} page frames are in use`);
}

function free(draft: Draft, call: Call): null {
  const address = operand(call, 0);
  const pfn = operand(call, 1);
  const { used } = draft.compound(address, 'frames');
  if (!used.includes(pfn)) {
    const name = draft.cellName(address);
    throw new RaisedFinding('double_free', name, `page frame ${pfn} is freed, but it is free`);
  }
  draft.poke(address, { kind: 'frames', used: used.toSpliced(used.indexOf(pfn), 1) });
  return null;
}

function get(draft: Draft, call: Call): null {
  const address = operand(call, 0);
  const pfn = operand(call, 1);
  const { used } = draft.compound(address, 'frames');
  if (!used.includes(pfn)) {
    const name = draft.cellName(address);
    const message = `a reference is taken on page frame ${pfn}, but it is free`;
    throw new RaisedFinding('use_after_free', name, message);
  }
  const next = [...used, pfn].toSorted((a, b) => a - b);
  draft.poke(address, { kind: 'frames', used: next });
  return null;
}

function references(draft: Draft, call: Call): number {
  const { used } = draft.compound(operand(call, 0), 'frames');
  return used.filter((frame) => frame === operand(call, 1)).length;
}

function getAndClear(draft: Draft, call: Call): number {
  const entry = draft.load(operand(call, 0));
  draft.store(operand(call, 0), 0);
  return entry;
}

const range = (call: Call): readonly [number, number] => [operand(call, 1), operand(call, 2)];

function owe(draft: Draft, call: Call): null {
  const { ranges } = draft.compound(operand(call, 0), 'owed');
  write(draft, call, [...ranges, range(call)]);
  return null;
}

function deliver(draft: Draft, call: Call): null {
  const { ranges } = draft.compound(operand(call, 0), 'owed');
  const [start, end] = range(call);
  const at = ranges.findIndex(([a, b]) => a === start && b === end);
  if (at >= 0) write(draft, call, ranges.toSpliced(at, 1));
  return null;
}

function write(draft: Draft, call: Call, ranges: OwedValue['ranges']): void {
  const sorted = ranges.toSorted(([a, b], [c, d]) => a - c || b - d);
  draft.poke(operand(call, 0), { kind: 'owed', ranges: sorted });
}

export const pagePrimitives: ReadonlyMap<string, Primitive> = new Map<string, Primitive>([
  ['pfn_alloc', always(allocate)],
  ['pfn_free', always(free)],
  ['pfn_get', always(get)],
  ['pfn_count', always(references)],
  ['ptep_get_and_clear', always(getAndClear)],
  ['owe_invalidation', always(owe)],
  ['deliver_invalidation', always(deliver)],
]);
