// SPDX-License-Identifier: MIT
/**
 * `atomic { }` and `await`: both begin with a border of their own, and nothing in their block is one, so
 * that the whole block is one transition however control flows through it.
 */

import { condition } from '../check/convert.ts';
import type { Atomic, Await, Statement } from '../syntax/ast.ts';
import type { Body } from './body.ts';
import { stateOf } from './state.ts';

type CompileStatement = (statement: Statement, body: Body) => void;

export function compileAtomic(statement: Atomic, body: Body, compile: CompileStatement): void {
  const word = { start: statement.start, end: statement.start + 'atomic'.length };
  const begin = { op: 'await', condition: null, text: '' } as const;
  body.code.emit(begin, body.span(word), { border: true });
  body.code.atomically(() => compile(statement.body, body));
}

export function compileAwait(statement: Await, body: Body, compile: CompileStatement): void {
  const { code, context, env, options } = body;
  const at = body.at(statement.condition);
  if (code.region !== null)
    context.problems.error(
      'HMM3016',
      at,
      'an `await` waits, and an atomic block never does',
      'wait before the block: `await condition { ... }` is atomic itself',
    );
  const typed = condition(env.value(statement.condition), env);
  const state = typed.type.kind === 'error' ? null : stateOf(typed, context.numbering);
  if (typed.type.kind !== 'error' && state === null)
    context.problems.error(
      'HMM3011',
      at,
      'this calls something, and an `await` looks at one moment only',
      'read worlds, fields and locals; `mutex_is_locked`, `list_empty` and the like only look',
    );
  const { start, end } = statement.condition;
  const text = options.source.text.slice(start, end).replaceAll(/\s+/g, ' ');
  code.emit({ op: 'await', condition: state, text }, body.span(statement.condition), {
    border: true,
  });
  const block = statement.body;
  if (block !== null) code.atomically(() => compile(block, body));
}
