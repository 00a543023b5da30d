// SPDX-License-Identifier: MIT
/** Atomic operations on plain cells, include/linux/atomic.h: one step each, fully ordered. */

import type { Draft } from '../interpreter/draft.ts';
import type { Call, Primitive } from './primitive.ts';
import { always, operand } from './primitive.ts';

function add(draft: Draft, call: Call, amount: number): number {
  const address = operand(call, 0);
  const sum = draft.load(address) + amount;
  draft.store(address, sum);
  return sum;
}

function exchange(draft: Draft, call: Call): number {
  const address = operand(call, 0);
  const old = draft.load(address);
  draft.store(address, operand(call, 1));
  return old;
}

function compareExchange(draft: Draft, call: Call): number {
  const address = operand(call, 0);
  const old = draft.load(address);
  if (old === operand(call, 1)) draft.store(address, operand(call, 2));
  return old;
}

function incrementNotZero(draft: Draft, call: Call): number {
  if (draft.load(operand(call, 0)) === 0) return 0;
  add(draft, call, 1);
  return 1;
}

export const atomicPrimitives: ReadonlyMap<string, Primitive> = new Map<string, Primitive>([
  ['atomic_read', always((draft, call) => draft.load(operand(call, 0)))],
  ['atomic_set', always((draft, call) => (draft.store(operand(call, 0), operand(call, 1)), null))],
  ['atomic_inc', always((draft, call) => (add(draft, call, 1), null))],
  ['atomic_dec', always((draft, call) => (add(draft, call, -1), null))],
  ['atomic_inc_return', always((draft, call) => add(draft, call, 1))],
  ['atomic_dec_return', always((draft, call) => add(draft, call, -1))],
  ['atomic_dec_and_test', always((draft, call) => Number(add(draft, call, -1) === 0))],
  ['atomic_inc_not_zero', always(incrementNotZero)],
  ['xchg', always(exchange)],
  ['cmpxchg', always(compareExchange)],
]);
