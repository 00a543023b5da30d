// SPDX-License-Identifier: MIT
/**
 * Keeps the line ends that end a statement and drops all others: those inside `( )` and `[ ]`, after an
 * operator, `,`, `=` or `->`, after the `)` that closes the head of `if`, `while` or `for` (not of the
 * `while` of a do-loop, which stands on the line of the `}`), before `else`, after `{` and at the end of the file.
 * After an operator it stays before what cannot be an operand: a declaration, or a word that begins an item.
 */

import type { TokenType } from 'chevrotain';
import { KindSet } from './kind-set.ts';
import * as t from './tokens.ts';

interface Frame {
  readonly type: TokenType;
  /** `(` of an `if`, `while` or `for` head; `{` of a do-loop. */
  readonly special: boolean;
}

const continues: KindSet = new KindSet(
  t.kindsOf([
    t.BinaryOperator,
    t.PrefixOperator,
    t.AssignOperator,
    t.Comma,
    t.Arrow,
    t.Dot,
    t.DotDot,
    t.Question,
    t.LeftBrace,
    t.Do,
    t.Else,
  ]),
);

/** Marks that want an operand behind them. */
const operators: KindSet = new KindSet(
  t.kindsOf([t.BinaryOperator, t.PrefixOperator, t.AssignOperator, t.DotDot, t.Question]),
);

const itemWords: KindSet = new KindSet([t.Scenario, t.Import, t.Thread, t.Proc, t.Use]);

/** Two words that no expression and no command begins with. */
function beginsItem(first: t.Token | undefined, second: t.Token | undefined): boolean {
  if (first === undefined) return false;
  if (itemWords.has(first.tokenType)) return true;
  return t.isA(first, t.TypeWord) && second !== undefined && t.isA(second, t.Identifier);
}

/** @param tokens with balanced brackets */
export function dropNewlines(tokens: readonly t.Token[]): t.Token[] {
  const kept: t.Token[] = [];
  const layout = new Layout();
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i];
    if (token === undefined) continue;
    if (token.tokenType === t.Newline && layout.drops(tokens[i + 1], tokens[i + 2])) continue;
    layout.take(token);
    kept.push(token);
  }
  return kept;
}

class Layout {
  readonly #frames: Frame[] = [];
  #last: t.Token | null = null;
  /** The last token closed the head of a statement. */
  #afterHead = false;
  /** The last token closed the body of a do-loop. */
  #afterDoBody = false;
  /** The last token is an `if`, `while` or `for` that begins a statement. */
  #headWord = false;
  /** The last token but one is `unreached` or `skip`, the last one its reason. */
  #afterReason = false;

  drops(next: t.Token | undefined, second: t.Token | undefined): boolean {
    const type = next?.tokenType;
    if (type === undefined || type === t.Else || this.#afterHead) return true;
    const open = this.#frames.at(-1)?.type;
    if (open === t.LeftRound || open === t.LeftSquare) return true;
    const last = this.#last;
    if (last === null) return true;
    if (operators.has(last.tokenType) && beginsItem(next, second)) return false;
    return this.#afterReason || continues.has(last.tokenType);
  }

  take(token: t.Token): void {
    const type = token.tokenType;
    const last = this.#last?.tokenType;
    const headWord = isHeadWord(type) && this.#beginsStatement() && !this.#closesDoLoop(type);
    const afterReason = type === t.Str && (last === t.Unreached || last === t.Skip);
    let closed: Frame | undefined;
    if (type === t.LeftRound) this.#frames.push({ type, special: this.#headWord });
    else if (type === t.LeftSquare) this.#frames.push({ type, special: false });
    else if (type === t.LeftBrace) this.#frames.push({ type, special: last === t.Do });
    else if (isCloser(type)) closed = this.#frames.pop();
    this.#afterHead = type === t.RightRound && closed?.special === true;
    this.#afterDoBody = type === t.RightBrace && closed?.special === true;
    this.#headWord = headWord;
    this.#afterReason = afterReason;
    this.#last = token;
  }

  #closesDoLoop(type: TokenType): boolean {
    return type === t.While && this.#afterDoBody;
  }

  #beginsStatement(): boolean {
    const last = this.#last?.tokenType;
    if (last === undefined || this.#afterHead || this.#afterReason) return true;
    return statementStarts.has(last);
  }
}

const statementStarts: KindSet = new KindSet([
  t.Newline,
  t.Semicolon,
  t.LeftBrace,
  t.RightBrace,
  t.Else,
  t.Colon,
]);

function isHeadWord(type: TokenType): boolean {
  return type === t.If || type === t.While || type === t.For;
}

function isCloser(type: TokenType): boolean {
  return (
    type === t.RightRound || type === t.RightSquare || type === t.RightBrace || type === t.RangeEnd
  );
}
