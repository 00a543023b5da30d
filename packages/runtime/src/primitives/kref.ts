// SPDX-License-Identifier: MIT
/** Reference counts, include/linux/kref.h. `kref_put` says whether it dropped the last one; the caller then releases. */

import type { Draft } from '../interpreter/draft.ts';
import { RaisedFinding } from '../interpreter/raised.ts';
import type { Call, Primitive } from './primitive.ts';
import { always, operand } from './primitive.ts';

function set(draft: Draft, address: number, count: number): void {
  const type = draft.cellType(address);
  if (type.kind === 'kref' && count > type.max) {
    const name = draft.cellName(address);
    throw new RaisedFinding('refcount_overflow', name, `${name} grows beyond ${type.max}`);
  }
  draft.store(address, count);
}

function get(draft: Draft, call: Call): null {
  const address = operand(call, 0);
  const count = draft.load(address);
  if (count === 0) {
    const name = draft.cellName(address);
    throw new RaisedFinding('use_after_free', name, `${name} is taken again after it reached zero`);
  }
  set(draft, address, count + 1);
  return null;
}

function getUnlessZero(draft: Draft, call: Call): number {
  const address = operand(call, 0);
  const count = draft.load(address);
  if (count === 0) return 0;
  set(draft, address, count + 1);
  return 1;
}

function put(draft: Draft, call: Call): number {
  const address = operand(call, 0);
  const count = draft.load(address);
  if (count === 0) {
    const name = draft.cellName(address);
    throw new RaisedFinding('refcount_underflow', name, `${name} is dropped below zero`);
  }
  draft.store(address, count - 1);
  return count === 1 ? 1 : 0;
}

export const krefPrimitives: ReadonlyMap<string, Primitive> = new Map<string, Primitive>([
  ['kref_init', always((draft, call) => (draft.store(operand(call, 0), 1), null))],
  ['kref_get', always(get)],
  ['kref_get_unless_zero', always(getUnlessZero)],
  ['kref_put', always(put)],
  ['kref_read', always((draft, call) => draft.load(operand(call, 0)))],
]);
