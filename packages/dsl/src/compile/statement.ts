// SPDX-License-Identifier: MIT
/** Statements to instructions. */

import { commandOf } from '../check/command.ts';
import { convert } from '../check/convert.ts';
import type { Typed } from '../check/typed.ts';
import { typeText } from '../check/types.ts';
import type { Block, Command, Expr, Return, Statement, Unreached } from '../syntax/ast.ts';
import { compileAssign, compileStep } from './assignment.ts';
import { compileAtomic, compileAwait } from './atomic.ts';
import type { Body } from './body.ts';
import { compileOrderLabel } from './order-labels.ts';
import { compileEither } from './either.ts';
import { compileLocal } from './local.ts';
import { compileDoWhile, compileFor, compileForEach, compileWhile, testTo } from './loop.ts';

/** Compiles one statement. Its first instruction stands for it where statements are counted. */
export function compileStatement(statement: Statement, body: Body): void {
  noteReach(statement, body);
  body.code.beginStatement();
  compileAny(statement, body);
  body.code.endStatement();
}

function compileAny(statement: Statement, body: Body): void {
  switch (statement.kind) {
    case 'empty':
      return;
    case 'block':
      compileBlock(statement, body);
      return;
    case 'local':
      compileLocal(statement, body);
      return;
    case 'expression':
      compileExpression(statement.expression, body);
      return;
    case 'command':
      evaluate(commandOf(statement, body.env), body);
      return;
    case 'if':
      compileIf(statement, body);
      return;
    case 'while':
      compileWhile(statement, body, compileStatement);
      return;
    case 'do-while':
      compileDoWhile(statement, body, compileStatement);
      return;
    case 'for':
      compileFor(statement, body, compileStatement, compileExpression);
      return;
    case 'for-each':
      compileForEach(statement, body, compileStatement);
      return;
    case 'atomic':
      compileAtomic(statement, body, compileStatement);
      return;
    case 'await':
      compileAwait(statement, body, compileStatement);
      return;
    case 'either':
      compileEither(statement, body, branch);
      return;
    case 'break':
    case 'continue':
      leaveLoop(statement, body);
      return;
    case 'goto':
      body.goto(statement.label);
      return;
    case 'label':
      body.defineLabel(statement.name);
      compileOrderLabel(statement, body);
      return;
    case 'return':
      compileReturn(statement, body);
      return;
    case 'unreached':
      compileUnreached(statement, body);
  }
}

/** Statements of a block, with names and lifetimes of their own. */
function compileBlock(block: Block, body: Body): void {
  body.enter();
  for (const statement of block.statements) compileStatement(statement, body);
  body.leave(block);
}

/** Only the first statement behind a jump is worth a word. */
function noteReach(statement: Statement, body: Body): void {
  const acts = !['label', 'block', 'empty'].includes(statement.kind);
  const { reachable } = body.code;
  if (acts && (reachable || body.flowing)) body.context.usage.reach(body.at(statement), reachable);
  if (acts || reachable) body.flowing = reachable;
}

function compileExpression(expr: Expr, body: Body): void {
  switch (expr.kind) {
    case 'assign':
      compileAssign(expr, body);
      return;
    case 'step':
      compileStep(expr, body);
      return;
    case 'ident': {
      const command: Command = { kind: 'command', items: [expr], start: expr.start, end: expr.end };
      evaluate(commandOf(command, body.env), body);
      return;
    }
    default:
      evaluate(body.env.value(expr), body);
  }
}

/** A call for its effect. */
function evaluate(typed: Typed, body: Body): void {
  if (typed.type.kind === 'error') return;
  const acts = [
    'call',
    'call-ops',
    'primitive',
    'wait',
    'alloc',
    'free',
    'assert',
    'store',
    'read',
    'choose',
    'choose-of',
    'print',
  ];
  if (acts.includes(typed.kind)) {
    body.emit.value(typed);
    return;
  }
  const message = `this ${typeText(typed.type)} does nothing here`;
  body.context.problems.error(
    'HMM2021',
    body.at(typed.node),
    message,
    'call something, or assign it',
  );
}

function compileIf(statement: Extract<Statement, { kind: 'if' }>, body: Body): void {
  const { code } = body;
  const span = body.span(statement.test);
  const [then, otherwise, end] = [code.label(), code.label(), code.label()];
  testTo(statement.test, then, otherwise, body);
  code.bind(then);
  branch(statement.then, body);
  if (statement.else !== null) code.join(end, span);
  code.bind(otherwise);
  if (statement.else !== null) branch(statement.else, body);
  code.bind(end);
  body.flowing = true;
}

/** A branch that a constant rules out is no surprise: it is dead in this instance only. */
function branch(statement: Statement, body: Body): void {
  body.flowing = body.code.reachable;
  body.enter();
  compileStatement(statement, body);
  body.leave(statement);
}

function leaveLoop(
  statement: Extract<Statement, { kind: 'break' | 'continue' }>,
  body: Body,
): void {
  const loop = body.loops.at(-1);
  const span = body.span(statement);
  if (loop === undefined) {
    body.context.problems.error(
      'HMM2021',
      body.at(statement),
      `\`${statement.kind}\` outside a loop`,
    );
    return;
  }
  body.endScopes(loop.live, span);
  body.code.jump(statement.kind === 'break' ? loop.breakTo : loop.continueTo, span);
}

function compileReturn(statement: Return, body: Body): void {
  const { result, name } = body.options;
  const { problems } = body.context;
  const span = body.span(statement);
  const none = result.kind === 'void';
  if (statement.value === null) {
    if (!none && result.kind !== 'error')
      problems.error(
        'HMM3008',
        body.at(statement),
        `\`${name}\` returns ${typeText(result)}`,
        'give a value',
      );
    body.endScopes(0, span);
    body.code.emit({ op: 'return', value: null }, span);
    return;
  }
  const given =
    statement.value.kind === 'command'
      ? commandOf(statement.value, body.env)
      : body.env.value(statement.value);
  const wanted = none && given.type.kind !== 'error' ? null : convert(given, result, body.env);
  if (wanted === null) {
    const help = body.options.bareMembers
      ? 'a thread has none: write `return`'
      : 'declare one: `proc f() -> errno`';
    problems.error('HMM3008', body.at(statement), `\`${name}\` has no result`, help);
  }
  const value = wanted === null || wanted.type.kind === 'error' ? null : body.emit.value(wanted);
  body.endScopes(0, span);
  body.code.emit({ op: 'return', value }, span);
}

function compileUnreached(statement: Unreached, body: Body): void {
  body.context.unreached(body.span(statement), statement.reason.value);
  compileStatement(statement.statement, body);
}
