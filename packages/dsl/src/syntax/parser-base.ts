// SPDX-License-Identifier: MIT
/**
 * What all parts of the parser share: spans, doc comments, lists whose elements fail on their own.
 * Chevrotain's recovery is off. A list catches the error of an element, skips to where the next one can
 * begin and goes on; since a file with errors has no tree, nothing is ever made up.
 */

import {
  EmbeddedActionsParser,
  EOF,
  isRecognitionException,
  type IOrAlt,
  type IRecognitionException,
  type IToken,
  type ParserMethod,
} from 'chevrotain';
import type { SyntaxCode } from './codes.ts';
import { describe, expectedPart, helpFor } from './expectations.ts';
import { answerHabit } from './c-habits.ts';
import type { Where } from './failed-element.ts';
import { failedElement, reachAhead } from './failed-element.ts';
import type { SyntaxProblem } from './problem.ts';
import { TableLookahead } from './table-lookahead.ts';
import * as t from './tokens.ts';

/** A rule of the grammar that gives a `T`. */
export type Rule<T, Arguments extends unknown[] = []> = ParserMethod<Arguments, T>;

/** After so many problems of a file no habits are looked for: nobody reads that far. */
const mostAnswered = 100;
/** Tokens before the one that did not fit, above which an element is not looked at for habits. */
const longest = 400;

/** After so many failed statements and items the rest of a file is not looked at. */
export const mostFailures = 1000;

/** What is known where an element fails. */
type Problem = Omit<SyntaxProblem, 'taints' | 'related'>;

/** Thrown by rules for errors with a code of their own; a list catches it. */
class SyntaxFailure extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.message);
    this.problem = problem;
  }
}

export abstract class ParserBase extends EmbeddedActionsParser {
  protected docs: ReadonlyMap<number, string> = new Map();
  protected problems: SyntaxProblem[] = [];
  /** The element before this one failed: if this one does not even begin well, that is the same error. */
  protected afterFailure = false;
  /** Failed elements of this file, reported or not. */
  protected failures = 0;

  constructor() {
    super(t.vocabulary, {
      maxLookahead: 1,
      lookaheadStrategy: new TableLookahead(),
      errorMessageProvider: expectedPart,
    });
  }

  /** A rule of the grammar; `name` is that of the field it is assigned to. */
  protected define<T, Arguments extends unknown[] = []>(
    name: string,
    parse: (...given: Arguments) => T,
  ): Rule<T, Arguments> {
    return this.RULE(name, parse);
  }

  /**
   * One of several alternatives: the first whose gate is open and that can begin with the next token.
   *
   * @param index tells the choices of one rule apart
   * @param expected what an error says would fit
   */
  protected choose<T>(index: number, alternatives: IOrAlt<T>[], expected = 'something else'): T {
    const gated = this.RECORDING_PHASE && alternatives.some(({ GATE }) => GATE !== undefined);
    return this.or(index, { DEF: alternatives, ERR_MSG: expected, IGNORE_AMBIGUITIES: gated });
  }

  /** Offset where the next token begins. */
  protected begin(): number {
    return this.LA(1).startOffset;
  }

  /** Offset after the last token. */
  protected finish(): number {
    return (this.LA(0).endOffset ?? -1) + 1;
  }

  /** Doc comment above the next token. */
  protected doc(): string | null {
    return this.docs.get(this.begin()) ?? null;
  }

  /** Whether the token `ahead` is of this kind or category. */
  protected is(ahead: number, type: t.Token['tokenType']): boolean {
    return t.isA(this.LA(ahead), type);
  }

  /** Whether a list of statements or items ends here. */
  protected atListEnd(): boolean {
    const { tokenType } = this.LA(1);
    return tokenType === t.RightBrace || tokenType === EOF;
  }

  /** Whether nothing stands between the last token and the next. */
  protected isAdjacent(): boolean {
    return this.LA(1).startOffset === this.finish();
  }

  /** Elements up to a closing brace or the end of the file, each failing on its own. */
  protected elements<T>(where: Where, parse: () => T): readonly T[] {
    const found: T[] = [];
    this.afterFailure = false;
    if (this.RECORDING_PHASE) found.push(parse());
    else
      while (!this.atListEnd()) {
        if (this.is(1, t.Newline) || this.is(1, t.Semicolon)) this.SKIP_TOKEN();
        else this.attempt(where, parse, found);
      }
    return found;
  }

  /** Parses one more of `found`; on a syntax error notes it and skips to the end of the statement or item. */
  protected attempt<T>(where: Where, parse: () => T, found: T[]): void {
    const first = this.LA(1);
    try {
      found.push(parse());
      this.afterFailure = false;
    } catch (error) {
      this.failures++;
      const atEnd = this.LA(1).tokenType === EOF;
      const repeated = this.afterFailure && this.LA(1) === first;
      const habit = repeated ? null : this.#habit(where, first);
      const problem = habit ?? this.#problemOf(error);
      const reached = Math.max(this.#skip(first), problem.end);
      this.afterFailure = true;
      if (repeated) return;
      const end = atEnd ? Number.POSITIVE_INFINITY : reached;
      this.problems.push({ ...problem, taints: { start: first.startOffset, end }, related: null });
    }
  }

  /** Stops the statement or item with an error of its own code. */
  protected fail(
    code: SyntaxCode,
    start: number,
    end: number,
    message: string,
    help: string,
  ): never {
    throw new SyntaxFailure({ code, start, end, message, help });
  }

  /** Stops the statement or item: the next token is not what has to stand here. */
  protected failExpecting(expected: string, help: string): never {
    const found = this.LA(1).tokenType === EOF ? null : this.LA(1);
    const message = `found ${describe(found)}, expected ${expected}`;
    return this.fail('HMM1001', ...this.#span(found), message, help);
  }

  /** A way of writing C that the element shows. */
  #habit(where: Where, first: IToken): Problem | null {
    if (this.problems.length > mostAnswered) return null;
    const before: IToken[] = [];
    for (let back = 0; this.LA(1) !== first && before.at(-1) !== first; back--) {
      if (before.length > longest) return null;
      before.push(this.LA(back));
    }
    const rest: IToken[] = [];
    for (let ahead = 1; ahead <= reachAhead; ahead++) {
      const token = this.LA(ahead);
      if (token.tokenType === EOF || token.tokenType === t.Newline) break;
      rest.push(token);
    }
    const element = failedElement(where, before.toReversed(), rest);
    const answer = element === null ? null : answerHabit(element);
    if (answer === null) return null;
    const { token, message, help } = answer;
    const [start, end] = this.#span(token);
    return { code: 'HMM1014', start, end, message, help };
  }

  #problemOf(error: unknown): Problem {
    if (error instanceof SyntaxFailure) return error.problem;
    if (error instanceof Error && isRecognitionException(error)) return this.#mismatch(error);
    throw error;
  }

  #mismatch(error: Error): Problem {
    const { token, context } = error as IRecognitionException;
    const found = token.tokenType === EOF ? null : token;
    const [start, end] = this.#span(found);
    const message = `found ${describe(found)}, expected ${error.message}`;
    return {
      code: 'HMM1001',
      start,
      end,
      message,
      help: helpFor(found, error.message, context.ruleStack),
    };
  }

  /** Place of a token; of the end of the file: after the last token. */
  #span(found: IToken | null): [number, number] {
    if (found === null) return [this.finish(), this.finish()];
    return [found.startOffset, (found.endOffset ?? found.startOffset) + 1];
  }

  /** Skips to the end of the element that began at `first`; returns the offset reached. */
  #skip(first: IToken): number {
    if (this.failures >= mostFailures) while (this.LA(1).tokenType !== EOF) this.#advance();
    let depth = this.#depthSince(first);
    while (this.LA(1).tokenType !== EOF) {
      const { tokenType } = this.LA(1);
      if (depth === 0 && tokenType === t.RightBrace) break;
      const separates = tokenType === t.Newline || tokenType === t.Semicolon;
      depth += weight(tokenType);
      this.#advance();
      // A `{` on a line of its own belongs to what failed before it, as does the `while` of a `do`.
      const goesOn =
        (tokenType === t.Newline && this.is(1, t.LeftBrace)) ||
        (first.tokenType === t.Do && this.is(1, t.While));
      if (depth === 0 && separates && !goesOn) break;
    }
    return this.finish();
  }

  #advance(): void {
    this.SKIP_TOKEN();
  }

  /** Brackets that the element has opened and not closed. */
  #depthSince(first: IToken): number {
    let depth = 0;
    if (this.LA(1) === first) return 0;
    for (let back = 0; ; back--) {
      const token = this.LA(back);
      depth += weight(token.tokenType);
      if (token === first || token.tokenType === EOF) return depth;
    }
  }
}

const opening: ReadonlySet<unknown> = new Set([t.LeftBrace, t.LeftRound, t.LeftSquare]);
const closing: ReadonlySet<unknown> = new Set([
  t.RightBrace,
  t.RightRound,
  t.RightSquare,
  t.RangeEnd,
]);

function weight(type: IToken['tokenType']): number {
  if (opening.has(type)) return 1;
  return closing.has(type) ? -1 : 0;
}
