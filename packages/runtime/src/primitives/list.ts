// SPDX-License-Identifier: MIT
/**
 * Lists, include/linux/list.h: an ordered run of references to objects of one struct.
 * Adding an entry twice or removing an absent one is what CONFIG_DEBUG_LIST reports as corruption;
 * going on from an absent one is following the poison that list_del leaves in its links.
 * Differs: an entry's links are the list's, not the entry's, so an object may be on several lists
 * without a field for each. Not modelled: list_del_init, list_move, lists under RCU.
 */

import type { Draft } from '../interpreter/draft.ts';
import { RaisedFinding, RaisedLimit } from '../interpreter/raised.ts';
import type { ListValue } from '../interpreter/values.ts';
import type { Call, Primitive } from './primitive.ts';
import { always, operand, without } from './primitive.ts';

const read = (draft: Draft, call: Call): ListValue => draft.compound(operand(call, 0), 'list');

/** The entry operand: it must be a live object. */
function entry(draft: Draft, call: Call): number {
  const address = operand(call, 1);
  draft.access(address);
  return address;
}

/** Changing a list writes to the links of the neighbours, which therefore have to be there. */
function linkThrough(draft: Draft, neighbour: number | undefined): void {
  if (neighbour !== undefined) draft.access(neighbour);
}

function objectName(draft: Draft, item: number): string {
  return draft.world.layout.cells[item]?.object ?? 'the entry';
}

function corrupt(draft: Draft, call: Call, what: string): never {
  const name = draft.cellName(operand(call, 0));
  const item = objectName(draft, operand(call, 1));
  throw new RaisedFinding('list_corruption', name, `${item} ${what} ${name}`);
}

function add(draft: Draft, call: Call, atTail: boolean): null {
  const { items } = read(draft, call);
  const item = entry(draft, call);
  if (items.includes(item)) corrupt(draft, call, 'is added although it is already on');
  const type = draft.cellType(operand(call, 0));
  if (type.kind === 'list' && items.length >= type.max) {
    const name = draft.cellName(operand(call, 0));
    throw new RaisedLimit('pool-exhausted', `${name} holds ${type.max} entries, its bound`);
  }
  const longer = atTail ? [...items, item] : [item, ...items];
  linkThrough(draft, atTail ? items.at(-1) : items[0]);
  draft.poke(operand(call, 0), { kind: 'list', items: longer });
  return null;
}

function remove(draft: Draft, call: Call): null {
  const { items } = read(draft, call);
  const item = entry(draft, call);
  const at = items.indexOf(item);
  if (at < 0) corrupt(draft, call, 'is removed although it is not on');
  linkThrough(draft, items[at - 1]);
  linkThrough(draft, items[at + 1]);
  draft.poke(operand(call, 0), { kind: 'list', items: without(items, item) });
  return null;
}

function next(draft: Draft, call: Call): number {
  const { items } = read(draft, call);
  const item = entry(draft, call);
  const at = items.indexOf(item);
  if (at >= 0) return items[at + 1] ?? 0;
  const name = draft.cellName(operand(call, 0));
  const text = `${objectName(draft, item)} is not on ${name}, and the way along ${name} goes on from it`;
  throw new RaisedFinding('poisoned_entry', name, text);
}

export const listPrimitives: ReadonlyMap<string, Primitive> = new Map<string, Primitive>([
  ['list_add', always((draft, call) => add(draft, call, false))],
  ['list_add_tail', always((draft, call) => add(draft, call, true))],
  ['list_del', always(remove)],
  ['list_empty', always((draft, call) => Number(read(draft, call).items.length === 0))],
  ['list_first', always((draft, call) => read(draft, call).items[0] ?? 0)],
  ['list_next', always(next)],
]);
