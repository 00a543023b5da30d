// SPDX-License-Identifier: MIT
/** Expressions over a whole state, evaluated atomically: invariants, final conditions, wait conditions. */

import type { Inspection, StateExpr } from '../program/index.ts';
import { applyUnary } from '../program/index.ts';
import { binaryValue, containerAddress, elementAddress, fieldAddress } from './evaluate.ts';
import type { Layout } from './layout.ts';
import type { Program } from '../program/index.ts';
import type { StateView } from './state-view.ts';
import type { Value } from './values.ts';
import { NOBODY } from './values.ts';
import { RaisedFinding } from './raised.ts';

/** What an expression is evaluated in. `locals` are those of a waiting frame, else empty. */
export interface StateScope {
  readonly program: Program;
  readonly layout: Layout;
  readonly view: StateView;
  readonly locals: readonly number[];
  /** Told the address of every cell that is read. */
  readonly touch?: (address: number) => void;
}

/**
 * The value of a state expression.
 *
 * @throws RaisedFinding for NULL, dead objects, a bad index or a division by zero
 */
export function evaluateState(expr: StateExpr, scope: StateScope): number {
  const value = (e: StateExpr): number => evaluateState(e, scope);
  switch (expr.kind) {
    case 'const':
      return expr.value;
    case 'object':
      return (scope.layout.objects[expr.object] ?? 0) + expr.cell;
    case 'load':
      return loadNumber(value(expr.address), scope);
    case 'thread-local':
      return threadLocal(expr.thread, expr.slot, scope);
    case 'local':
      return scope.locals[expr.slot] ?? 0;
    case 'finished':
      return Number(scope.view.isFinished(expr.thread));
    case 'unary':
      return applyUnary(expr.op, value(expr.a));
    case 'binary':
      if (expr.op === '&&') return value(expr.a) !== 0 && value(expr.b) !== 0 ? 1 : 0;
      if (expr.op === '||') return value(expr.a) !== 0 || value(expr.b) !== 0 ? 1 : 0;
      return binaryValue(expr.op, value(expr.a), value(expr.b));
    case 'conditional':
      return value(expr.test) === 0 ? value(expr.else) : value(expr.then);
    case 'field':
      return expr.cells < 0
        ? containerAddress(value(expr.base), expr.cells, scope.layout)
        : fieldAddress(value(expr.base), expr.cells);
    case 'element':
      return elementAddress(value(expr.base), value(expr.index), expr.stride, expr.length);
    case 'inspect':
      return inspect(expr.what, readCell(value(expr.address), scope));
  }
}

function readCell(address: number, { layout, view, touch }: StateScope): Value {
  touch?.(address);
  if (address === 0) throw new RaisedFinding('null_dereference', null, 'a condition reads NULL');
  const slot = layout.cells[address]?.slot ?? null;
  if (slot !== null && view.slot(slot) !== 'live') {
    const name = layout.slots[slot]?.name ?? null;
    throw new RaisedFinding('use_after_free', name, `a condition reads ${name}, which is gone`);
  }
  return view.cell(address);
}

function loadNumber(address: number, scope: StateScope): number {
  const value = readCell(address, scope);
  if (typeof value !== 'number') throw new Error('a condition loads a compound cell');
  return value;
}

function threadLocal(thread: number, slot: number, { program, view }: StateScope): number {
  const now = view.thread(thread);
  const frame = now.frames[0];
  if (frame !== undefined) return frame.locals[slot] ?? 0;
  const place = program.threads[thread]?.observed.indexOf(slot) ?? -1;
  return now.observed[place] ?? 0;
}

function inspect(what: Inspection, value: Value): number {
  if (typeof value === 'number') return value;
  switch (value.kind) {
    case 'mutex':
    case 'spinlock':
      return what === 'waiters' ? value.queue.length : Number(value.owner !== NOBODY);
    case 'rwsem': {
      if (what === 'waiters') return value.queue.length;
      const read = value.readers.length > 0;
      const write = value.writer !== NOBODY;
      if (what === 'is_read_locked') return Number(read);
      return Number(what === 'is_write_locked' ? write : read || write);
    }
    case 'wait_queue':
      return value.queue.length;
    case 'completion':
      return what === 'waiters' ? value.queue.length : value.done;
    case 'work':
      return Number(value.pending);
    case 'workqueue':
    case 'list':
      return value.items.length;
    case 'frames':
      return value.used.length;
    case 'owed':
      return value.ranges.length;
  }
}
