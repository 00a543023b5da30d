// SPDX-License-Identifier: MIT
/** `choose(0..3)` and `choose(a, b, c)`: a value that nothing in the program decides. */

import type { Choose, Expr } from '../syntax/ast.ts';
import { comparable, operand } from './compare.ts';
import { errorAt } from './convert.ts';
import { limits } from './limits.ts';
import type { Env, Typed } from './typed.ts';
import { WIDE_INT, isNumeric, sameType, typeText } from './types.ts';

/** Checks the ends of a range, or that the values are of one kind. */
export function chooseOf(expr: Choose, env: Env): Typed {
  const [first] = expr.values;
  if (expr.upTo !== null && first !== undefined) return ranged(first, expr.upTo, expr, env);
  return listed(expr, env);
}

function ranged(first: Expr, last: Expr, expr: Choose, env: Env): Typed {
  const [from, upTo] = [end(first, env), end(last, env)];
  if (from === null || upTo === null) return errorAt(expr);
  const at = { source: env.source, node: expr };
  if (from > upTo) {
    env.problems.error('HMM3004', at, `the range ${from}..${upTo} is empty`);
    return errorAt(expr);
  }
  if (tooMany(upTo - from + 1, expr, env)) return errorAt(expr);
  return { kind: 'choose', from, upTo, type: { kind: 'int', min: from, max: upTo }, node: expr };
}

/** An end of a range; null once reported. */
function end(expr: Expr, env: Env): number | null {
  const typed = env.value(expr);
  if (typed.type.kind === 'error') return null;
  const at = { source: env.source, node: expr };
  if (!isNumeric(typed.type)) {
    env.problems.error('HMM3001', at, `a number is needed here, not ${typeText(typed.type)}`);
    return null;
  }
  if (typed.kind === 'const') return typed.value;
  const help = 'choose among values instead: `choose(a, b)`';
  env.problems.error('HMM3005', at, 'the ends of a choice must be known beforehand', help);
  return null;
}

function listed(expr: Choose, env: Env): Typed {
  const values = expr.values.map((value) => operand(env.value(value)));
  if (values.some(({ type }) => type.kind === 'error')) return errorAt(expr);
  if (tooMany(values.length, expr, env)) return errorAt(expr);
  const given = values.find(({ type }) => type.kind !== 'null') ?? values[0];
  if (given === undefined) return errorAt(expr);
  const other = values.find((value) => !comparable(given.type, value.type));
  if (other !== undefined) {
    const message = `one value is ${typeText(given.type)}, another ${typeText(other.type)}`;
    env.problems.error('HMM3001', { source: env.source, node: other.node }, message);
    return errorAt(expr);
  }
  const same = values.every(({ type }) => sameType(type, given.type));
  const type =
    isNumeric(given.type) && (!same || given.type.kind === 'int') ? WIDE_INT : given.type;
  const texts = expr.values.map(({ start, end: stop }) => env.source.text.slice(start, stop));
  return { kind: 'choose-of', values, texts, type, node: expr };
}

function tooMany(count: number, expr: Choose, env: Env): boolean {
  if (count <= limits.choices) return false;
  const message = `a choice among ${count}; the limit is ${limits.choices}`;
  env.problems.error('HMM2019', { source: env.source, node: expr }, message);
  return true;
}
