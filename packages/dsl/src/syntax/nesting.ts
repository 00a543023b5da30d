// SPDX-License-Identifier: MIT
/**
 * Stops text that nests so deeply that a recursive parser, or anything that walks its tree, would run
 * out of stack. Judged on the tokens, before parsing; what is counted bounds the depth of the tree.
 */

import type { TokenType } from 'chevrotain';
import { KindSet } from './kind-set.ts';
import type { SyntaxProblem } from './problem.ts';
import * as t from './tokens.ts';

/** Brackets, operators of one expression and statements inside statements, together. */
export const deepestNesting = 100;

interface Level {
  /** Operators, members, calls and indexes since the last separator. */
  operators: number;
  /** `if`, `while`, `for`, `do`, `forever` and `unreached` of the statement so far, else-branches included. */
  statements: number;
  /** The bracket is a call or an index, which stays above what follows it. */
  readonly suffix: boolean;
}

const deepening: KindSet = new KindSet(
  t.kindsOf([t.BinaryOperator, t.PrefixOperator, t.StepOperator, t.Question, t.Dot, t.Arrow]),
);
const heads: KindSet = new KindSet([t.If, t.While, t.For, t.Do, t.Forever, t.Unreached]);
const openers: KindSet = new KindSet([t.LeftBrace, t.LeftRound, t.LeftSquare]);
const closers: KindSet = new KindSet([t.RightBrace, t.RightRound, t.RightSquare, t.RangeEnd]);
const separators: KindSet = new KindSet([t.Semicolon, t.Newline, t.Comma]);

/** @param tokens with balanced brackets; returns the first place that is too deep, or null */
export function findTooDeep(tokens: readonly t.Token[]): SyntaxProblem | null {
  const levels: Level[] = [{ operators: 0, statements: 0, suffix: false }];
  let depth = 0;
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i];
    if (token === undefined) continue;
    depth += step(levels, token, tokens[i - 1], tokens[i + 1]);
    if (depth > deepestNesting) return tooDeep(token);
  }
  return null;
}

/** Takes one token in; returns by how much it changes the depth. */
function step(
  levels: Level[],
  token: t.Token,
  before: t.Token | undefined,
  after: t.Token | undefined,
): number {
  const type = token.tokenType;
  const level = levels.at(-1);
  if (level === undefined) return 0;
  if (openers.has(type)) {
    levels.push({
      operators: 0,
      statements: 0,
      suffix: type !== t.LeftBrace && endsOperand(before),
    });
    return 1;
  }
  if (closers.has(type)) return close(levels, level, type, after);
  if (separators.has(type)) return reset(level, after);
  if (heads.has(type)) {
    level.statements++;
    return 1;
  }
  if (!deepening.has(type)) return 0;
  level.operators++;
  return 1;
}

function close(
  levels: Level[],
  closed: Level,
  type: TokenType,
  after: t.Token | undefined,
): number {
  levels.pop();
  const change = -(closed.operators + closed.statements + 1);
  const outer = levels.at(-1);
  if (outer === undefined) return change;
  if (type === t.RightBrace) return change + reset(outer, after);
  if (!closed.suffix) return change;
  outer.operators++;
  return change + 1;
}

/** A statement or list element ends; an `else` goes on with the statement. */
function reset(level: Level, after: t.Token | undefined): number {
  let change = -level.operators;
  level.operators = 0;
  if (after?.tokenType === t.Else) return change;
  change -= level.statements;
  level.statements = 0;
  return change;
}

function endsOperand(token: t.Token | undefined): boolean {
  if (token === undefined) return false;
  return t.isA(token, t.Identifier) || closers.has(token.tokenType);
}

function tooDeep(token: t.Token): SyntaxProblem {
  const place = { start: token.startOffset, end: token.endOffset + 1 };
  return {
    code: 'HMM1008',
    ...place,
    message: `this nests deeper than ${deepestNesting} levels`,
    help: 'split it: name a part of the expression, or move statements to a proc',
    taints: place,
    related: null,
  };
}
