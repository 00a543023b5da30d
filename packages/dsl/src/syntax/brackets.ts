// SPDX-License-Identifier: MIT
/**
 * Pairs brackets before parsing, so that the parser only ever sees balanced ones. `[0..2)` is a pair of
 * its own. A missing bracket is reported once and put in; `scenario`, `import`, `thread` and `proc` at
 * the start of a line show where a `}` is missing, since they cannot stand deeper.
 */

import type { TokenType } from 'chevrotain';
import { countModeTokens } from './scenario-mode.ts';
import { mostProblems } from './limits.ts';
import type { SyntaxProblem } from './problem.ts';
import * as t from './tokens.ts';

/** An open bracket; the counts are of `(` and `[` open since the last `{`, itself included. */
interface Open {
  readonly token: t.Token;
  readonly rounds: number;
  readonly squares: number;
  /** A `..` has been seen directly inside. */
  range: boolean;
}

/** How many `{` may be open where a word stands that begins an item. */
const deepest: ReadonlyMap<TokenType, number> = new Map([
  [t.Scenario, 0],
  [t.Import, 0],
  [t.Thread, 1],
  [t.Proc, 1],
]);

const closers: ReadonlyMap<TokenType, string> = new Map([
  [t.LeftBrace, '}'],
  [t.LeftRound, ')'],
  [t.LeftSquare, ']'],
]);

/** Returns the tokens with all brackets in pairs, and what was wrong, up to a limit. Linear. */
export function balance(
  tokens: readonly t.Token[],
  end: number,
): { readonly tokens: t.Token[]; readonly problems: readonly SyntaxProblem[] } {
  const balancer = new Balancer();
  for (const token of tokens) balancer.take(token);
  balancer.close(0, null, end);
  return { tokens: balancer.tokens, problems: balancer.problems };
}

class Balancer {
  readonly tokens: t.Token[] = [];
  readonly problems: SyntaxProblem[] = [];
  readonly #open: Open[] = [];
  #braces = 0;
  /** `{` of this scenario that were taken for unclosed; a `}` too many later shows that they were not. */
  #forgiven = 0;

  take(token: t.Token): void {
    const type = token.tokenType;
    const top = this.#open.at(-1);
    if (closers.has(type)) this.#push(token);
    else if (type === t.RightRound) this.#closeRound(token, top);
    else if (type === t.RightSquare) this.#closeSquare(token, top);
    else if (type === t.RightBrace) this.#closeBrace(token);
    else {
      if (type === t.DotDot && top?.token.tokenType === t.LeftSquare) top.range = true;
      this.#checkItemWord(token);
      this.tokens.push(token);
    }
  }

  /** Closes open brackets until `left` remain; `found` is what stands where they should have closed. */
  close(left: number, found: t.Token | null, at: number): void {
    while (this.#open.length > left) {
      const open = this.#open.at(-1);
      if (open === undefined) return;
      this.#reportUnclosed(open, found, at);
      this.#pop(closingType(open), at);
    }
  }

  #push(token: t.Token): void {
    const top = this.#open.at(-1);
    const type = token.tokenType;
    const fresh = type === t.LeftBrace;
    if (fresh) this.#braces++;
    this.#open.push({
      token,
      rounds: fresh ? 0 : (top?.rounds ?? 0) + (type === t.LeftRound ? 1 : 0),
      squares: fresh ? 0 : (top?.squares ?? 0) + (type === t.LeftSquare ? 1 : 0),
      range: false,
    });
    this.tokens.push(token);
  }

  /** Puts a closing bracket in that the text does not have. */
  #pop(type: TokenType, at: number): void {
    this.tokens.push(t.createHmmToken(type, '', at, at));
    this.#drop();
  }

  #drop(): void {
    if (this.#open.pop()?.token.tokenType === t.LeftBrace) this.#braces--;
  }

  #closeRound(token: t.Token, top: Open | undefined): void {
    if (top?.token.tokenType === t.LeftSquare && top.range) return this.#endRange(token);
    if ((top?.rounds ?? 0) === 0) return this.#reportStray(token);
    this.#closeDownTo(t.LeftRound, token);
  }

  #closeSquare(token: t.Token, top: Open | undefined): void {
    if (top?.token.tokenType === t.LeftSquare && top.range) {
      this.#report('HMM1010', token, 'a range of pages does not include its end', {
        help: 'close it with `)`: `[0..2)` is the pages 0 and 1',
      });
      return this.#endRange(token);
    }
    if ((top?.squares ?? 0) === 0) return this.#reportStray(token);
    this.#closeDownTo(t.LeftSquare, token);
  }

  #endRange(token: t.Token): void {
    const { image, startOffset, endOffset } = token;
    this.tokens.push(t.createHmmToken(t.RangeEnd, image, startOffset, endOffset + 1));
    this.#drop();
  }

  #closeBrace(token: t.Token): void {
    if (this.#braces === 0) {
      if (this.#forgiven === 0) this.#reportStray(token);
      else this.#forgiven--;
      return;
    }
    this.#closeDownTo(t.LeftBrace, token);
  }

  #closeDownTo(type: TokenType, token: t.Token): void {
    let index = this.#open.length - 1;
    while (this.#open[index]?.token.tokenType !== type) index--;
    this.close(index + 1, token, token.startOffset);
    this.tokens.push(token);
    this.#drop();
  }

  #checkItemWord(token: t.Token): void {
    const allowed = deepest.get(token.tokenType);
    const modes = token.tokenType === t.Scenario ? countModeTokens(this.tokens) : 0;
    if (allowed === undefined || this.#braces <= allowed || !this.#atLineStart(modes)) return;
    // `held_by a,` and `thread` on the next line: a holder, no item.
    if (token.tokenType === t.Thread && this.tokens.at(-2)?.tokenType === t.Comma) return;
    const mode = this.tokens.splice(this.tokens.length - modes);
    this.#forgiven = allowed === 0 ? 0 : this.#forgiven + this.#braces - allowed;
    let left = this.#open.length;
    for (let braces = this.#braces; braces > allowed; left--)
      if (this.#open[left - 1]?.token.tokenType === t.LeftBrace) braces--;
    const first = mode[0] ?? token;
    this.close(left, first, first.startOffset);
    this.tokens.push(...mode);
  }

  /** @param back how many tokens ago */
  #atLineStart(back: number): boolean {
    return this.tokens.at(-1 - back)?.tokenType === t.Newline;
  }

  #reportStray(token: t.Token): void {
    const partner = token.image === '}' ? '{' : token.image === ')' ? '(' : '[';
    this.#report('HMM1011', token, `found \`${token.image}\`, but no \`${partner}\` is open here`, {
      help: `take it out, or put the \`${partner}\` in that it closes`,
    });
  }

  #reportUnclosed(open: Open, found: t.Token | null, at: number): void {
    const [image, closer] = [open.token.image, closers.get(open.token.tokenType) ?? ''];
    const here = found === null ? 'the end of the file' : `\`${found.image}\``;
    const { startOffset } = open.token;
    const isBrace = open.token.tokenType === t.LeftBrace;
    this.#report(
      'HMM1011',
      open.token,
      `\`${image}\` is never closed: found ${here}, expected \`${closer}\``,
      {
        help: `put the \`${closer}\` in that belongs to this \`${image}\``,
        taints: { start: isBrace ? at : startOffset, end: at },
        related: {
          message: `\`${closer}\` is missing before this`,
          start: at,
          end: found === null ? at : found.endOffset + 1,
        },
      },
    );
  }

  #report(
    code: SyntaxProblem['code'],
    token: t.Token,
    message: string,
    rest: { help: string } & Partial<Pick<SyntaxProblem, 'taints' | 'related'>>,
  ): void {
    if (this.problems.length >= mostProblems) return;
    const place = { start: token.startOffset, end: token.endOffset + 1 };
    this.problems.push({ code, ...place, message, taints: place, related: null, ...rest });
  }
}

function closingType(open: Open): TokenType {
  if (open.token.tokenType === t.LeftBrace) return t.RightBrace;
  if (open.token.tokenType === t.LeftRound) return t.RightRound;
  return open.range ? t.RangeEnd : t.RightSquare;
}
