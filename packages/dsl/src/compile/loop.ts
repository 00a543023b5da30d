// SPDX-License-Identifier: MIT
/** Loops. Each iteration is a block: its local structs die at the end of the body. */

import { opTable } from '@hmmlab/runtime/program';
import { condition, convert, errorAt } from '../check/convert.ts';
import { requireStruct } from '../check/resolve-type.ts';
import type { Type } from '../check/symbols.ts';
import type { Typed } from '../check/typed.ts';
import { typeText } from '../check/types.ts';
import type { DoWhile, Expr, For, ForEach, Ident, Statement, While } from '../syntax/ast.ts';
import { setLocal } from './assignment.ts';
import type { Body } from './body.ts';
import type { Label } from './code.ts';

type CompileStatement = (statement: Statement, body: Body) => void;
type CompileExpression = (expr: Expr, body: Body) => void;

/** `forever` is `while (true)` with a head that tells the search that going round is meant. */
export function compileWhile(statement: While, body: Body, compile: CompileStatement): void {
  const { code } = body;
  const { test, start } = statement;
  const [head, inside, end] = [code.label(), code.label(), code.label()];
  const word = { start, end: start + 'forever'.length };
  code.bind(head, code.reachable);
  if (test === null) code.round(inside, body.span(word));
  else testTo(test, inside, end, body);
  code.bind(inside);
  iterate(statement.body, { breakTo: end, continueTo: head }, body, compile);
  code.join(head, body.span(test ?? word));
  code.bind(end);
}

export function compileDoWhile(statement: DoWhile, body: Body, compile: CompileStatement): void {
  const { code } = body;
  const [head, again, end] = [code.label(), code.label(), code.label()];
  code.bind(head, code.reachable);
  iterate(statement.body, { breakTo: end, continueTo: again }, body, compile);
  code.bind(again);
  testTo(statement.test, head, end, body);
  code.bind(end);
}

export function compileFor(
  statement: For,
  body: Body,
  compile: CompileStatement,
  compileExpression: CompileExpression,
): void {
  const { code } = body;
  const [head, inside, next, end] = [code.label(), code.label(), code.label(), code.label()];
  body.enter();
  if (statement.init !== null) compile(statement.init, body);
  code.bind(head, code.reachable);
  if (statement.test !== null) testTo(statement.test, inside, end, body);
  code.bind(inside);
  iterate(statement.body, { breakTo: end, continueTo: next }, body, compile);
  code.bind(next);
  if (statement.update !== null && code.reachable) compileExpression(statement.update, body);
  code.join(head, body.span(statement.test ?? statement));
  code.bind(end);
  body.leave(statement);
}

/**
 * The list is named once. The successor is asked for after the body, as list_for_each_entry does; with a
 * second name before it, as list_for_each_entry_safe does.
 */
export function compileForEach(statement: ForEach, body: Body, compile: CompileStatement): void {
  const { code, emit } = body;
  const element = elementType(statement, body);
  const list = listOf(statement, element, body);
  const [head, inside, next, end] = [code.label(), code.label(), code.label(), code.label()];
  const span = body.span(statement.list);
  body.enter();
  const symbol = walker(statement.name, element, body);
  const address = list.type.kind === 'error' ? null : emit.value(list);
  const step = (name: 'list_first' | 'list_next', to: number): void => {
    const row = opTable.get(name);
    if (address === null || row === undefined) return;
    const current = { kind: 'local', slot: symbol.slot } as const;
    const args = name === 'list_first' ? [address] : [address, current];
    code.emit({ op: 'primitive', name, args, to }, span, { border: row.visible });
  };
  step('list_first', symbol.slot);
  const ahead = statement.next === null ? null : walker(statement.next, element, body);
  code.bind(head, code.reachable);
  code.branch({ kind: 'local', slot: symbol.slot }, inside, end, span);
  code.bind(inside);
  if (ahead !== null) step('list_next', ahead.slot);
  iterate(statement.body, { breakTo: end, continueTo: next }, body, compile);
  code.bind(next);
  if (code.reachable) {
    if (ahead === null) step('list_next', symbol.slot);
    else setLocal(symbol.slot, { ...ahead, kind: 'local' }, statement.list, body);
    code.join(head, span);
  }
  code.bind(end);
  body.leave(statement);
}

/** The local that stands for an entry of the list. */
function walker(name: Ident, element: Type, body: Body): ReturnType<Body['scalar']> {
  const symbol = body.scalar(name.name, element, name);
  body.declare(symbol, name);
  return symbol;
}

function elementType(statement: ForEach, body: Body): Type {
  const place = {
    source: body.options.source,
    scope: body.options.scope,
    problems: body.context.problems,
  };
  const ident = {
    kind: 'ident',
    name: statement.type.name,
    start: statement.type.start,
    end: statement.type.end,
  } as const;
  const struct = requireStruct(ident, place);
  return struct === null ? { kind: 'error' } : { kind: 'pointer', to: { kind: 'struct', struct } };
}

function listOf(statement: ForEach, element: Type, body: Body): Typed {
  const list = body.env.value(statement.list);
  const type = list.type.kind === 'pointer' ? list.type.to : list.type;
  if (list.type.kind === 'error' || element.kind !== 'pointer') return errorAt(statement.list);
  if (type.kind !== 'primitive' || type.primitive !== 'list' || type.of === null) {
    body.context.problems.error(
      'HMM3001',
      body.at(statement.list),
      `${typeText(list.type)} is no list`,
    );
    return errorAt(statement.list);
  }
  if (element.to.kind !== 'struct' || element.to.struct !== type.of) {
    const message = `this is a ${typeText(type)}, its entries are struct ${type.of.name}`;
    body.context.problems.error('HMM3001', body.at(statement.type), message);
    return errorAt(statement.list);
  }
  return convert(list, { kind: 'pointer', to: type }, body.env);
}

function iterate(
  statement: Statement,
  labels: { readonly breakTo: Label; readonly continueTo: Label },
  body: Body,
  compile: CompileStatement,
): void {
  body.loops.push({ ...labels, live: body.live.length });
  body.enter();
  compile(statement, body);
  body.leave(statement);
  body.loops.pop();
}

/** Jumps by a condition; after an error the code is never used. */
export function testTo(expr: Expr, then: Label, otherwise: Label, body: Body): void {
  const typed = condition(body.env.value(expr), body.env);
  if (typed.type.kind !== 'error') body.emit.condition(typed, then, otherwise);
  else body.code.branch({ kind: 'const', value: 0 }, then, otherwise, body.span(expr));
}
