// SPDX-License-Identifier: MIT
/** Expressions that are known when a scenario instance is compiled: sizes, ranges, `if` of threads. */

import type { Expr } from '../syntax/ast.ts';
import { errorNumber } from './errno-constant.ts';
import { applyBinary, applyUnary } from '@hmmlab/runtime/program';
import { isBinaryOperator } from './binary-operator.ts';
import { limits } from './limits.ts';
import { didYouMean } from './nearest.ts';
import type { At, Problems } from './problems.ts';
import type { NamedConstant, Scope } from './symbols.ts';
import type { Type } from './types.ts';
import { BOOL, ERRNO, WIDE_INT, isNumeric, sameType, typeText } from './types.ts';

export interface Constant {
  readonly type: Type;
  readonly value: number;
  /** Of a string. */
  readonly text: string | null;
}

/** Value of a constant expression; null once reported. */
export function constantOf(at: At, expr: Expr, scope: Scope, problems: Problems): Constant | null {
  return new Evaluator(at, scope, problems).value(expr);
}

/** What a `const` stands for; null once reported. */
export function namedConstant(constant: NamedConstant, problems: Problems): Constant | null {
  const { name, at, def, scope } = constant;
  if (constant.value === 'in progress') {
    const help = 'give one of the constants a value of its own';
    problems.error('HMM3005', at, `\`${name}\` is defined by itself`, help);
    return null;
  }
  if (constant.value !== 'unknown') return constant.value;
  if (depth >= limits.constants) {
    const message = `constants are defined by each other more than ${limits.constants} times in a row`;
    constant.value = null;
    problems.error('HMM2019', at, message, 'give one of them a value of its own');
    return null;
  }
  constant.value = 'in progress';
  depth++;
  try {
    constant.value = constantOf({ source: at.source, node: def.value }, def.value, scope, problems);
  } finally {
    depth--;
  }
  return constant.value;
}

/** Constants whose values are being worked out, one for the other. */
let depth = 0;

/** A constant number (int, bool, errno); null once reported. */
export function constantNumber(
  at: At,
  expr: Expr,
  scope: Scope,
  problems: Problems,
): number | null {
  const constant = constantOf(at, expr, scope, problems);
  if (constant === null) return null;
  if (isNumeric(constant.type)) return constant.value;
  const message = `a number is needed here, not ${typeText(constant.type)}`;
  problems.error('HMM3001', { source: at.source, node: expr }, message);
  return null;
}

class Evaluator {
  readonly #at: At;
  readonly #scope: Scope;
  readonly #problems: Problems;

  constructor(at: At, scope: Scope, problems: Problems) {
    this.#at = at;
    this.#scope = scope;
    this.#problems = problems;
  }

  value(expr: Expr): Constant | null {
    switch (expr.kind) {
      case 'int':
        return { type: WIDE_INT, value: expr.value, text: null };
      case 'bool':
        return { type: BOOL, value: Number(expr.value), text: null };
      case 'string':
        return { type: { kind: 'string' }, value: 0, text: expr.value };
      case 'ident':
        return this.#named(expr);
      case 'unary':
        return this.#unary(expr);
      case 'binary':
        return this.#binary(expr);
      case 'conditional': {
        const test = this.value(expr.test);
        if (test === null) return null;
        return this.value(test.value === 0 ? expr.else : expr.then);
      }
      default:
        return this.#notConstant(expr);
    }
  }

  #named(expr: Extract<Expr, { kind: 'ident' }>): Constant | null {
    const symbol = this.#scope.value(expr.name);
    if (symbol?.kind === 'constant') return symbol;
    if (symbol?.kind === 'named-constant') return namedConstant(symbol, this.#problems);
    if (symbol !== null) return this.#notConstant(expr);
    const errno = errorNumber(expr.name);
    if (errno !== null) return { type: ERRNO, value: errno, text: null };
    const constants = [...this.#scope.chain()].flatMap((scope) =>
      [...scope.values.values()]
        .filter((v) => v.kind === 'constant' || v.kind === 'named-constant')
        .map((v) => v.name),
    );
    const help =
      didYouMean(expr.name, constants) ??
      'only literals, constants and scenario parameters are known here';
    this.#problems.error('HMM2001', this.#place(expr), `unknown name \`${expr.name}\``, help);
    return null;
  }

  #unary(expr: Extract<Expr, { kind: 'unary' }>): Constant | null {
    if (expr.op === '&' || expr.op === '*') return this.#notConstant(expr);
    const a = this.value(expr.operand);
    if (a === null) return null;
    if (!isNumeric(a.type)) return this.#mismatch(expr, a.type);
    const type = expr.op === '!' ? BOOL : a.type.kind === 'errno' ? ERRNO : WIDE_INT;
    return { type, value: applyUnary(expr.op, a.value), text: null };
  }

  #binary(expr: Extract<Expr, { kind: 'binary' }>): Constant | null {
    const a = this.value(expr.left);
    const b = this.value(expr.right);
    if (a === null || b === null || !isBinaryOperator(expr.op)) return null;
    const equality = expr.op === '==' || expr.op === '!=';
    if (a.text !== null && b.text !== null && equality)
      return { type: BOOL, value: Number((a.text === b.text) === (expr.op === '==')), text: null };
    const comparable = equality && sameType(a.type, b.type);
    if (!comparable && !(isNumeric(a.type) && isNumeric(b.type)))
      return this.#mismatch(expr, isNumeric(a.type) ? b.type : a.type);
    const value = applyBinary(expr.op, a.value, b.value);
    if (value === null) {
      this.#problems.error('HMM3004', this.#place(expr), 'a division by zero');
      return null;
    }
    const logical = equality || ['<', '<=', '>', '>=', '&&', '||'].includes(expr.op);
    return { type: logical ? BOOL : WIDE_INT, value, text: null };
  }

  #mismatch(expr: Expr, type: Type): null {
    this.#problems.error('HMM3001', this.#place(expr), `\`${typeText(type)}\` does not fit here`);
    return null;
  }

  #notConstant(expr: Expr): null {
    this.#problems.error(
      'HMM3005',
      this.#place(expr),
      'this must be known before the scenario starts',
      'use literals, constants, scenario parameters, enum members and NR_PAGES',
    );
    return null;
  }

  #place(node: Expr): At {
    return { source: this.#at.source, node };
  }
}
