// SPDX-License-Identifier: MIT
/** Checked expressions to expressions over a whole state: invariants, final conditions, what a wait waits for. */

import type { Inspection, StateExpr } from '@hmmlab/runtime/program';
import type { Place, Typed } from '../check/typed.ts';
import { noteCounter } from './sequences.ts';
import type { Numbering } from './numbering.ts';

/** Primitives that only look, as what they look at. */
const looks: ReadonlyMap<string, Inspection> = new Map([
  ['mutex_is_locked', 'is_locked'],
  ['rwsem_is_locked', 'is_locked'],
  ['list_empty', 'length'],
  ['kref_read', 'count'],
  ['work_pending', 'pending'],
  ['completion_done', 'count'],
]);

const ZERO: StateExpr = { kind: 'const', value: 0 };

/** Null if the expression calls something: then no state alone says what it is. */
export function stateOf(typed: Typed, numbering: Numbering): StateExpr | null {
  const state = (t: Typed): StateExpr | null => stateOf(t, numbering);
  switch (typed.kind) {
    case 'const':
      return { kind: 'const', value: typed.value };
    case 'local':
      return { kind: 'local', slot: typed.slot };
    case 'thread-local':
      typed.thread.observed.add(typed.slot);
      return { kind: 'thread-local', thread: typed.thread.first + typed.index, slot: typed.slot };
    case 'finished':
      return { kind: 'finished', thread: typed.thread.first + typed.index };
    case 'read': {
      const address = addressOf(typed.place, numbering);
      return address && { kind: 'load', address };
    }
    case 'address':
      return addressOf(typed.place, numbering);
    case 'unary': {
      const a = state(typed.a);
      return a && { kind: 'unary', op: typed.op, a };
    }
    case 'binary': {
      noteCounter(typed, numbering);
      const [a, b] = [state(typed.a), state(typed.b)];
      return a && b && { kind: 'binary', op: typed.op, a, b };
    }
    case 'conditional': {
      const [test, then, otherwise] = [state(typed.test), state(typed.then), state(typed.else)];
      return test && then && otherwise && { kind: 'conditional', test, then, else: otherwise };
    }
    case 'container': {
      const base = state(typed.of);
      return base && { kind: 'field', base, cells: typed.cells };
    }
    case 'table':
      return { kind: 'const', value: 1 + numbering.tables.number(typed.table) };
    case 'inspect': {
      const address = state(typed.cell);
      return address && { kind: 'inspect', what: typed.what, address };
    }
    case 'primitive':
      return look(typed, numbering);
    default:
      return null;
  }
}

function look(
  typed: Extract<Typed, { kind: 'primitive' }>,
  numbering: Numbering,
): StateExpr | null {
  const [cell] = typed.args;
  const address = cell === undefined ? null : stateOf(cell, numbering);
  if (address === null) return null;
  const { name } = typed.row;
  if (name === 'atomic_read') return { kind: 'load', address };
  const what = looks.get(name);
  if (what === undefined) return null;
  const found: StateExpr = { kind: 'inspect', what, address };
  if (name === 'list_empty') return { kind: 'unary', op: '!', a: found };
  return name === 'completion_done' ? { kind: 'binary', op: '!=', a: found, b: ZERO } : found;
}

function addressOf(place: Place, numbering: Numbering): StateExpr | null {
  switch (place.kind) {
    case 'object':
      return { kind: 'object', object: place.object.first + place.index, cell: 0 };
    case 'target':
      return stateOf(place.pointer, numbering);
    case 'member': {
      const base = addressOf(place.of, numbering);
      if (base?.kind === 'object') return { ...base, cell: base.cell + place.field.offset };
      return base && { kind: 'field', base, cells: place.field.offset };
    }
    case 'element': {
      const [base, index] = [addressOf(place.of, numbering), stateOf(place.index, numbering)];
      return (
        base &&
        index && { kind: 'element', base, index, stride: place.stride, length: place.length }
      );
    }
  }
}
