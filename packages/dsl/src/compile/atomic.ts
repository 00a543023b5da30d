// SPDX-License-Identifier: MIT
/**
 * `atomic { }` and `await`: both begin with a border of their own, and nothing in their block is one, so
 * that the whole block is one transition however control flows through it.
 */

import type { Span, StateExpr } from '@hmmlab/runtime/program';
import { condition } from '../check/convert.ts';
import type { Atomic, Await, AwaitWay, Expr, Statement } from '../syntax/ast.ts';
import type { Body } from './body.ts';
import { quoted } from './quoted.ts';
import { stateOf } from './state.ts';

/** Stands for a condition with an error: never run. */
const NEVER: StateExpr = { kind: 'const', value: 0 };

type CompileStatement = (statement: Statement, body: Body) => void;

export function compileAtomic(statement: Atomic, body: Body, compile: CompileStatement): void {
  const word = { start: statement.start, end: statement.start + 'atomic'.length };
  const begin = { op: 'await', condition: null, text: '' } as const;
  body.code.emit(begin, body.span(word), { border: true });
  body.code.atomically(() => compile(statement.body, body));
}

export function compileAwait(statement: Await, body: Body, compile: CompileStatement): void {
  const { code, context } = body;
  const span = body.span(statement.condition);
  if (code.region !== null)
    context.problems.error(
      'HMM3016',
      body.at(statement.condition),
      'an `await` waits, and an atomic block never does',
      'wait before the block: `await condition { ... }` is atomic itself',
    );
  const block = statement.body;
  if (block !== null && statement.or.length > 0) {
    compileWays(
      [{ condition: statement.condition, body: block }, ...statement.or],
      span,
      body,
      compile,
    );
    return;
  }
  const { state, text } = awaited(statement.condition, body);
  code.emit({ op: 'await', condition: state, text }, span, { border: true });
  if (block !== null) code.atomically(() => compile(block, body));
}

/** One step for all ways: which of those that are open is taken is part of it. */
function compileWays(
  ways: readonly Pick<AwaitWay, 'condition' | 'body'>[],
  span: Span,
  body: Body,
  compile: CompileStatement,
): void {
  const { code } = body;
  const end = code.label();
  const drafts = ways.map((way) => {
    const { state, text } = awaited(way.condition, body);
    return { condition: state ?? NEVER, text, target: code.label() };
  });
  code.awaitAny(drafts, span);
  ways.forEach((way, i) => {
    code.bind(drafts[i]?.target ?? end);
    code.atomically(() => compile(way.body, body));
    code.join(end, span);
  });
  code.bind(end);
  body.flowing = true;
}

/** The condition as it is evaluated and as it is written; null once an error is reported. */
function awaited(
  expr: Expr,
  body: Body,
): { readonly state: StateExpr | null; readonly text: string } {
  const { context, env, options } = body;
  const typed = condition(env.value(expr), env);
  const state = typed.type.kind === 'error' ? null : stateOf(typed, context.numbering);
  if (typed.type.kind !== 'error' && state === null)
    context.problems.error(
      'HMM3011',
      body.at(expr),
      'this calls something, and an `await` looks at one moment only',
      'read worlds, fields and locals; `mutex_is_locked`, `list_empty` and the like only look',
    );
  return { state, text: quoted(options.source, expr) };
}
