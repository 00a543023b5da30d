// SPDX-License-Identifier: MIT
/** Assignments: to locals, to cells, of whole structs field by field. */

import { constant, convert } from '../check/convert.ts';
import type { Expr as Address, ScalarType } from '@hmmlab/runtime/program';
import { isBinaryOperator } from '../check/binary-operator.ts';
import { layoutOf } from '../check/struct-layout.ts';
import type { StructInfo } from '../check/symbols.ts';
import type { Place, Typed } from '../check/typed.ts';
import { WIDE_INT, isNumeric, isScalar, typeText } from '../check/types.ts';
import type { Assign, Expr, Node, Step } from '../syntax/ast.ts';
import type { Body } from './body.ts';
import { noteCopy } from './sequences.ts';

/** `x = v`, `x += v`. */
export function compileAssign(expr: Assign, body: Body): void {
  const target = body.env.value(expr.target);
  const value = body.env.value(expr.value);
  if (target.type.kind === 'error' || value.type.kind === 'error') return;
  if (target.type.kind === 'seq' && expr.op !== '=') {
    const toOdd = expr.op === '|=' && value.kind === 'const' && value.value === 1;
    count(target, toOdd ? '|' : null, expr, body);
    return;
  }
  if (expr.op === '=') {
    assign(target, value, expr, body);
    return;
  }
  const op = expr.op.slice(0, -1);
  if (!isBinaryOperator(op)) return;
  update(
    target,
    (old) => ({ kind: 'binary', op, a: old, b: value, type: WIDE_INT, node: expr }),
    [value],
    expr,
    body,
  );
}

/** `x++`: on a cell a load and a store. */
export function compileStep(expr: Step, body: Body): void {
  const target = body.env.value(expr.target);
  if (target.type.kind === 'error') return;
  const op = expr.op === '++' ? '+' : '-';
  if (target.type.kind === 'seq') {
    count(target, op === '+' ? op : null, expr, body);
    return;
  }
  const one = constant(1, WIDE_INT, expr);
  update(
    target,
    (old) => ({ kind: 'binary', op, a: old, b: one, type: WIDE_INT, node: expr }),
    [],
    expr,
    body,
  );
}

/**
 * `s++` and `s |= 1`: a load and a store, as of any cell.
 *
 * @param op null for what a sequence counter cannot do
 */
function count(target: Typed, op: '+' | '|' | null, expr: Assign | Step, body: Body): void {
  const { problems, numbering } = body.context;
  if (op === null || target.kind !== 'read') {
    const message =
      op === null ? 'a sequence counter only counts up' : 'this is a copy, no counter';
    problems.error(
      'HMM3017',
      body.at(expr),
      message,
      'a world or field is counted with `s++` or `s |= 1`',
    );
    return;
  }
  numbering.counters.add(target.place.identity);
  // Between load and store another thread may count: the counter goes back to what waits here.
  const { address, value } = readOnce(target, body, { kind: 'seq', counter: true });
  const one = constant(1, WIDE_INT, expr);
  const counted: Typed = { kind: 'binary', op, a: value, b: one, type: target.type, node: expr };
  if (address !== null) finishStore(address, target, counted, expr, body);
}

function assign(target: Typed, value: Typed, expr: Assign, body: Body): void {
  if (target.kind === 'place' && target.type.kind === 'struct' && value.kind === 'place') {
    copyStruct(target.place, value, target.type.struct, expr, body);
    return;
  }
  if (!assignable(target, expr.target, body)) return;
  const converted = convert(value, target.type, body.env);
  if (converted.type.kind !== 'error') storeTo(target, converted, expr, body);
}

function update(
  target: Typed,
  make: (old: Typed) => Typed,
  others: readonly Typed[],
  expr: Expr,
  body: Body,
): void {
  if (!assignable(target, expr, body)) return;
  const wrong = [target, ...others].find((t) => !isNumeric(t.type) && t.type.kind !== 'pte');
  if (wrong !== undefined) {
    const message = `this works on numbers, not on ${typeText(wrong.type)}`;
    body.context.problems.error('HMM3001', body.at(wrong.node), message);
    return;
  }
  const old = readOnce(target, body);
  const made = make(old.value);
  const value =
    target.type.kind === 'pte'
      ? { ...made, type: target.type }
      : convert(made, target.type, body.env);
  if (value.type.kind === 'error') return;
  if (old.address === null) storeTo(target, value, expr, body);
  else finishStore(old.address, target, value, expr, body);
}

/** The target's address is worked out once, as in C, and its value read from there. */
function readOnce(
  target: Typed,
  body: Body,
  type: ScalarType = body.context.numbering.scalar(target.type),
): { readonly value: Typed; readonly address: Address | null } {
  if (target.kind !== 'read') return { value: target, address: null };
  const { code, emit } = body;
  const address = emit.address(target.place);
  const slot = code.temporary(type);
  const identity = target.place.identity;
  code.emit({ op: 'load', to: slot, address }, body.span(target.node), { border: true, identity });
  return { value: { kind: 'local', slot, type: target.type, node: target.node }, address };
}

function finishStore(address: Address, target: Typed, value: Typed, node: Node, body: Body): void {
  const { code, emit } = body;
  const stored = emit.value(value);
  code.emit({ op: 'store', address, value: stored }, body.span(node), {
    border: true,
    identity: target.kind === 'read' ? target.place.identity : null,
  });
}

function assignable(target: Typed, node: Node, body: Body): boolean {
  if (target.kind === 'local' || (target.kind === 'read' && isScalar(target.type))) return true;
  const { problems } = body.context;
  if (target.type.kind === 'primitive') {
    const message = `a ${typeText(target.type)} is changed by its primitives only`;
    problems.error(
      'HMM3007',
      body.at(node),
      message,
      target.type.primitive === 'work' ? 'use INIT_WORK' : null,
    );
  } else if (target.type.kind === 'array') {
    problems.error('HMM3007', body.at(node), 'an array is assigned element by element');
  } else {
    problems.error('HMM3007', body.at(node), 'this cannot be assigned');
  }
  return false;
}

/** The address first, then the value, then the store: left to right. */
function storeTo(target: Typed, value: Typed, node: Node, body: Body): void {
  if (target.kind === 'local') setLocal(target.slot, value, node, body);
  else if (target.kind === 'read') {
    noteCopy(target.place, node, body.emit.context);
    finishStore(body.emit.address(target.place), target, value, node, body);
  }
}

/** `slot = value`, without a detour if the last instruction can put it there. */
export function setLocal(slot: number, value: Typed, node: Node, body: Body): void {
  const result = body.emit.value(value, slot);
  if (result.kind === 'local' && result.slot === slot && value.kind !== 'local') return;
  body.code.emit({ op: 'let', to: slot, value: result }, body.span(node));
}

/** Cell by cell: a load and a store each. Primitives have no copy. */
function copyStruct(
  target: Place,
  value: Extract<Typed, { kind: 'place' }>,
  struct: StructInfo,
  expr: Assign,
  body: Body,
): void {
  const { problems } = body.context;
  if (value.type.kind !== 'struct' || value.type.struct !== struct) {
    problems.error(
      'HMM3001',
      body.at(expr),
      `${typeText(value.type)} where struct ${struct.name} is needed`,
    );
    return;
  }
  for (const [to, from] of cellPairs(target, value.place, body)) {
    if (to.type.kind === 'primitive') {
      const message = `struct ${struct.name} contains a ${typeText(to.type)}, which cannot be copied`;
      problems.error('HMM3007', body.at(expr), message, 'copy the fields that matter');
      return;
    }
    storeTo(
      { kind: 'read', place: to, type: to.type, node: expr },
      { kind: 'read', place: from, type: from.type, node: expr },
      expr,
      body,
    );
  }
}

function cellPairs(to: Place, from: Place, body: Body): readonly (readonly [Place, Place])[] {
  const { type } = to;
  const { node } = to;
  if (type.kind === 'struct') {
    const member = (of: Place, field: Extract<Place, { kind: 'member' }>['field']): Place => ({
      kind: 'member',
      of,
      field,
      type: field.type,
      identity: field,
      node,
    });
    return [...layoutOf(type.struct, body.context.problems).fields.values()].flatMap((field) =>
      cellPairs(member(to, field), member(from, field), body),
    );
  }
  if (type.kind !== 'array') return [[to, from]];
  const size = type.of.kind === 'struct' ? layoutOf(type.of.struct, body.context.problems).size : 1;
  const element = (of: Place, i: number): Place => ({
    kind: 'element',
    of,
    index: constant(i, WIDE_INT, node),
    stride: size,
    length: type.length,
    type: type.of,
    identity: of.identity,
    node,
  });
  return Array.from({ length: type.length }, (_, i) =>
    cellPairs(element(to, i), element(from, i), body),
  ).flat();
}
