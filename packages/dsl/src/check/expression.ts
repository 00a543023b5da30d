// SPDX-License-Identifier: MIT
/** Kinds of expressions, and the one place that knows all their forms. */

import type { Binary, Expr, Ident, Unary } from '../syntax/ast.ts';
import { constantFor } from './c-words.ts';
import { callOf } from './call.ts';
import { commandOf } from './command.ts';
import { chooseOf } from './choose.ts';
import { comparable, operand } from './compare.ts';
import { namedConstant } from './constant.ts';
import { asBool, condition, constant, errorAt, addressOf } from './convert.ts';
import { errorNumber } from './errno-constant.ts';
import { applyBinary, applyUnary } from '@hmmlab/runtime/program';
import { isBinaryOperator } from './binary-operator.ts';
import { didYouMean } from './nearest.ts';
import { refuseSequence, sequenceOf } from './sequence.ts';
import {
  bareMember,
  elementOf,
  memberOf,
  objectPlace,
  pageRange,
  valueOf,
  worldObjects,
} from './place.ts';
import { threadLocal } from './thread-local.ts';
import type { ValueSymbol } from './symbols.ts';
import type { Env, LocalSymbol, Place, Typed } from './typed.ts';
import { BOOL, ERRNO, WIDE_INT, isNumeric, sameType, typeText } from './types.ts';

/** The kind and place of an expression's value. An expression with an error is silent afterwards. */
export function expressionOf(expr: Expr, env: Env): Typed {
  switch (expr.kind) {
    case 'int':
      return constant(expr.value, WIDE_INT, expr);
    case 'bool':
      return constant(Number(expr.value), BOOL, expr);
    case 'null':
      return constant(0, { kind: 'null' }, expr);
    case 'string':
      return { kind: 'const', value: 0, text: expr.value, type: { kind: 'string' }, node: expr };
    case 'ident':
      return named(expr, env);
    case 'unary':
      return unary(expr, env);
    case 'binary':
      return binary(expr, env);
    case 'conditional':
      return conditional(expr, env);
    case 'call':
      return callOf(expr, env);
    case 'member':
      return threadLocal(expr, env) ?? memberOf(expr, env);
    case 'index':
      return elementOf(expr, env);
    case 'page-range':
      return pageRange(expr, env);
    case 'choose':
      return chooseOf(expr, env);
    case 'command-expr':
      return commandOf(expr.command, env);
    case 'assign':
    case 'step':
      env.problems.error(
        'HMM2021',
        { source: env.source, node: expr },
        'an assignment is a statement of its own',
      );
      return errorAt(expr);
  }
}

function named(ident: Ident, env: Env): Typed {
  const local = env.local(ident.name);
  if (local !== null) return localValue(local, ident);
  const symbol = env.scope.value(ident.name);
  if (symbol !== null) return symbolValue(symbol, ident, env);
  const errno = errorNumber(ident.name);
  if (errno !== null) return constant(errno, ERRNO, ident);
  const bare = env.bareMembers ? bareMember(ident, env) : null;
  if (bare !== null) return bare;
  const proc = env.scope.proc(ident.name);
  if (proc !== null) return { kind: 'function', proc, type: { kind: 'proc' }, node: ident };
  reportUnknown(ident, env);
  return errorAt(ident);
}

function localValue(local: LocalSymbol, node: Ident): Typed {
  switch (local.kind) {
    case 'scalar':
      return { kind: 'local', slot: local.slot, type: local.type, node };
    case 'pages':
      return { ...local.value, node };
    case 'object': {
      const pointer: Typed = {
        kind: 'local',
        slot: local.slot,
        type: { kind: 'pointer', to: local.type },
        node,
      };
      const place: Place = { kind: 'target', pointer, type: local.type, identity: null, node };
      return valueOf(place);
    }
  }
}

function symbolValue(symbol: ValueSymbol, node: Ident, env: Env): Typed {
  switch (symbol.kind) {
    case 'constant':
      return { kind: 'const', value: symbol.value, text: symbol.text, type: symbol.type, node };
    case 'named-constant': {
      const value = namedConstant(symbol, env.problems);
      return value === null ? errorAt(node) : { kind: 'const', ...value, node };
    }
    case 'object':
      env.use(symbol);
      return valueOf(objectPlace(symbol, node));
    case 'table': {
      const ops = env.scope.opsInterface(symbol.def.ops.name);
      if (ops === null) return errorAt(node);
      return { kind: 'table', table: symbol, type: { kind: 'ops', ops }, node };
    }
  }
}

function reportUnknown(ident: Ident, env: Env): void {
  const at = { source: env.source, node: ident };
  if (env.threads.has(ident.name)) {
    const message = `thread \`${ident.name}\` is no value`;
    env.problems.error(
      'HMM2021',
      at,
      message,
      `its locals are read as \`${ident.name}.name\` in expectations`,
    );
    return;
  }
  // It may be a field of an object that is reported already.
  if (env.bareMembers && worldObjects(env).some((object) => object.type.kind === 'error')) return;
  if (env.unknown.has(ident.name)) return;
  env.unknown.add(ident.name);
  const known = env.scope.chain().flatMap((scope) => [...scope.values.keys()]);
  const meant = constantFor(ident.name);
  const help =
    meant === null
      ? (didYouMean(ident.name, [...env.localNames(), ...known]) ??
        'declare it before it is used, as in `int n = 0`')
      : `write \`${meant}\``;
  env.problems.error('HMM2001', at, `unknown name \`${ident.name}\``, help);
}

function unary(expr: Unary, env: Env): Typed {
  const a = env.value(expr.operand);
  if (a.type.kind === 'error') return errorAt(expr);
  switch (expr.op) {
    case '&':
      return address(a, expr, env);
    case '*':
      return dereference(a, expr, env);
    case '!': {
      const test = condition(a, env);
      if (test.type.kind === 'error') return errorAt(expr);
      if (test.kind === 'const') return constant(applyUnary('!', test.value), BOOL, expr);
      return { kind: 'unary', op: '!', a: test, type: BOOL, node: expr };
    }
    case '-':
    case '~': {
      if (!isNumeric(a.type)) return reportOperand(a, expr.op, expr, env);
      const type = expr.op === '-' && a.type.kind === 'errno' ? ERRNO : WIDE_INT;
      if (a.kind === 'const') return constant(applyUnary(expr.op, a.value), type, expr);
      return { kind: 'unary', op: expr.op, a, type, node: expr };
    }
  }
}

function address(a: Typed, expr: Unary, env: Env): Typed {
  if (a.kind === 'read' && a.type.kind === 'seq')
    return refuseSequence(expr, 'a sequence counter has no address', env);
  if (a.kind === 'read' || (a.kind === 'place' && a.type.kind !== 'array'))
    return addressOf(a.place, expr);
  if (a.kind === 'table' || a.kind === 'function') return { ...a, node: expr };
  const help = a.kind === 'local' ? 'locals live in registers: use a field or a world' : null;
  env.problems.error('HMM3007', { source: env.source, node: expr }, `this has no address`, help);
  return errorAt(expr);
}

function dereference(a: Typed, expr: Unary, env: Env): Typed {
  if (a.type.kind === 'pointer')
    return valueOf({ kind: 'target', pointer: a, type: a.type.to, identity: null, node: expr });
  env.problems.error(
    'HMM3001',
    { source: env.source, node: expr },
    `${typeText(a.type)} is no pointer`,
  );
  return errorAt(expr);
}

function binary(expr: Binary, env: Env): Typed {
  const a = env.value(expr.left);
  const b = env.value(expr.right);
  const { op } = expr;
  if (a.type.kind === 'error' || b.type.kind === 'error' || !isBinaryOperator(op))
    return errorAt(expr);
  if (a.type.kind === 'void' || b.type.kind === 'void')
    return condition(a.type.kind === 'void' ? a : b, env);
  if (op === '&&' || op === '||') {
    const [left, right] = [condition(a, env), condition(b, env)];
    if (left.type.kind === 'error' || right.type.kind === 'error') return errorAt(expr);
    return logical(op, left, right, expr);
  }
  if (op === '==' || op === '!=') return equality(op, a, b, expr, env);
  if (a.type.kind === 'seq' || b.type.kind === 'seq') return sequenceOf(op, a, b, expr, env);
  const ordered = ['<', '<=', '>', '>='].includes(op);
  const members = ordered && a.type.kind === 'enum' && sameType(a.type, b.type);
  if (!members && !isNumeric(a.type)) return reportOperand(a, op, expr, env);
  if (!members && !isNumeric(b.type)) return reportOperand(b, op, expr, env);
  const type = ordered ? BOOL : WIDE_INT;
  if (a.kind === 'const' && b.kind === 'const') {
    const value = applyBinary(op, a.value, b.value);
    if (value !== null) return constant(value, type, expr);
    env.problems.error('HMM3004', { source: env.source, node: expr }, 'a division by zero');
    return errorAt(expr);
  }
  return { kind: 'binary', op, a, b, type, node: expr };
}

/** A constant side decides, or drops out, as in C. */
function logical(op: '&&' | '||', a: Typed, b: Typed, expr: Binary): Typed {
  if (a.kind === 'const') {
    const decides = (a.value === 0) === (op === '&&');
    return decides ? constant(op === '&&' ? 0 : 1, BOOL, expr) : { ...asBool(b), node: expr };
  }
  return { kind: 'binary', op, a, b, type: BOOL, node: expr };
}

function equality(op: '==' | '!=', a: Typed, b: Typed, expr: Binary, env: Env): Typed {
  if (a.kind === 'const' && b.kind === 'const' && a.text !== null && b.text !== null)
    return constant(Number((a.text === b.text) === (op === '==')), BOOL, expr);
  const [left, right] = [operand(a), operand(b)];
  if (!comparable(left.type, right.type)) {
    const at = { source: env.source, node: expr };
    const both = [left, right];
    const help =
      both.some((t) => t.type.kind === 'pointer') && both.some((t) => t.type.kind === 'int')
        ? 'compare with NULL'
        : null;
    env.problems.error(
      'HMM3001',
      at,
      `${typeText(left.type)} is never equal to ${typeText(right.type)}`,
      help,
    );
    return errorAt(expr);
  }
  if (left.kind === 'const' && right.kind === 'const') {
    const value = applyBinary(op, left.value, right.value);
    if (value !== null) return constant(value, BOOL, expr);
  }
  return { kind: 'binary', op, a: left, b: right, type: BOOL, node: expr };
}

function conditional(expr: Extract<Expr, { kind: 'conditional' }>, env: Env): Typed {
  const test = condition(env.value(expr.test), env);
  const a = operand(env.value(expr.then));
  const b = operand(env.value(expr.else));
  if ([test, a, b].some((part) => part.type.kind === 'error')) return errorAt(expr);
  const type = a.type.kind === 'null' ? b.type : a.type;
  const mixed = isNumeric(a.type) && isNumeric(b.type) && a.type.kind !== b.type.kind;
  if (!comparable(a.type, b.type)) {
    const message = `one side is ${typeText(a.type)}, the other ${typeText(b.type)}`;
    env.problems.error('HMM3001', { source: env.source, node: expr }, message);
    return errorAt(expr);
  }
  if (test.kind === 'const') return { ...(test.value === 0 ? b : a), node: expr };
  const result = mixed || type.kind === 'int' ? WIDE_INT : type;
  return { kind: 'conditional', test, then: a, else: b, type: result, node: expr };
}

function reportOperand(a: Typed, op: string, expr: Expr, env: Env): Typed {
  const message = `\`${op}\` works on numbers, not on ${typeText(a.type)}`;
  env.problems.error('HMM3001', { source: env.source, node: a.node }, message);
  return errorAt(expr);
}
