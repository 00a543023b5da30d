// SPDX-License-Identifier: MIT
/** What a single statement does, as far as its text says it: calls whom, with what, and whether it stores. */

import type { Command, Expr, ExprStatement, Node, Statement } from '@hmmlab/dsl';

/** A statement without statements inside. */
export type Simple = ExprStatement | Command;

/** Narrows to a call, a command, an assignment or a step. */
export function isSimple(statement: Statement): statement is Simple {
  return statement.kind === 'expression' || statement.kind === 'command';
}

/** The function called and its first argument; of `x = f(a)` too. Null if nothing is called. */
export function callOf(
  statement: Simple,
  textOf: (node: Node) => string,
): { readonly name: string; readonly on: string } | null {
  if (statement.kind === 'command') {
    const [name, on] = statement.items;
    return name === undefined
      ? null
      : { name: textOf(name), on: on === undefined ? '' : textOf(on) };
  }
  const call = calledIn(statement.expression);
  if (call === null) return null;
  const [first] = call.args;
  return { name: textOf(call.callee), on: first === undefined ? '' : textOf(first.value) };
}

type Call = Extract<Expr, { readonly kind: 'call' }>;

function calledIn(expression: Expr): Call | null {
  if (expression.kind === 'call') return expression;
  return expression.kind === 'assign' && expression.value.kind === 'call' ? expression.value : null;
}

/** Whether it writes to something that others see: `range->valid = false`, `table[i]++`, not a local. */
export function storesForOthers(statement: Simple, locals: ReadonlySet<string>): boolean {
  if (statement.kind === 'command') return false;
  const { expression } = statement;
  const target =
    expression.kind === 'assign' || expression.kind === 'step' ? expression.target : null;
  if (target === null) return false;
  return target.kind !== 'ident' || !locals.has(target.name);
}

const ACQUIRE =
  /^(?:mutex_lock|down_read|down_write|(?:spin|read|write|mmap_read|mmap_write)_lock)/;
const RELEASE =
  /^(?:mutex_unlock|up_read|up_write|(?:spin|read|write|mmap_read|mmap_write)_unlock)/;

/** `mutex_lock(m)` and its like, also those that may fail. */
export function acquires(name: string): boolean {
  return ACQUIRE.test(name);
}

/** `mutex_unlock(m)` and its like. */
export function releases(name: string): boolean {
  return RELEASE.test(name);
}
