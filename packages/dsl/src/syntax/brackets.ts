// SPDX-License-Identifier: MIT
/**
 * Pairs brackets before parsing, so that the parser only ever sees balanced ones. `[0..2)` is a pair of
 * its own. A missing bracket is reported once and put in; `scenario`, `import`, `thread` and `proc` at
 * the start of a line show where one is missing, since they cannot stand deeper. A `}` further left than the
 * line of its `{` is the one of a `{` further out, and shows which `{` is never closed.
 */

import type { TokenType } from 'chevrotain';
import { isSpace } from './characters.ts';
import { countModeTokens } from './scenario-mode.ts';
import { KindSet } from './kind-set.ts';
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
  /** Of the line it stands on. */
  readonly indent: number;
  /** A `{` directly inside that a `}` further left has closed. */
  doubtful: Doubtful | null;
}

interface Doubtful {
  readonly token: t.Token;
  readonly closedBy: t.Token;
}

/** Words that begin an item, and nothing else at the start of a line. */
const itemWords: KindSet = new KindSet([t.Scenario, t.Import, t.Thread, t.Proc]);

/** Words that begin an item with braces of its own, at the top level; true if threads or procs may stand in them. */
const containers: ReadonlyMap<TokenType, boolean> = new Map([
  [t.Scenario, true],
  [t.Profile, true],
  [t.Driver, true],
  [t.Proc, false],
  [t.Verb, false],
  [t.World, false],
  [t.Struct, false],
  [t.Enum, false],
  [t.Ops, false],
]);

const openers: KindSet = new KindSet([t.LeftBrace, t.LeftRound, t.LeftSquare]);

const closers: ReadonlyMap<TokenType, string> = new Map([
  [t.LeftBrace, '}'],
  [t.LeftRound, ')'],
  [t.LeftSquare, ']'],
]);

/** Returns the tokens with all brackets in pairs, and what was wrong, up to a limit. Linear. */
export function balance(
  tokens: readonly t.Token[],
  text: string,
): { readonly tokens: t.Token[]; readonly problems: readonly SyntaxProblem[] } {
  const balancer = new Balancer(text);
  for (const token of tokens) balancer.take(token);
  balancer.close(0, null, text.length);
  return { tokens: balancer.tokens, problems: balancer.problems };
}

class Balancer {
  readonly tokens: t.Token[] = [];
  readonly problems: SyntaxProblem[] = [];
  readonly #open: Open[] = [];
  #braces = 0;
  /** `{` of this scenario that were taken for unclosed; a `}` too many later shows that they were not. */
  #forgiven = 0;
  readonly #text: string;
  /** The last word that began an item at the top level lets threads and procs stand in its braces. */
  #holdsItems = true;
  /** The first token of the line, and its indentation if that is all that stands before it, else -1. */
  #first: t.Token | null = null;
  #indent = -1;

  constructor(text: string) {
    this.#text = text;
  }

  take(token: t.Token): void {
    const type = token.tokenType;
    const top = this.#open.at(-1);
    if (type !== t.Newline && this.#atLineStart(0)) this.#beginLine(token);
    if (openers.has(type)) this.#push(token);
    else if (type === t.RightRound) this.#closeRound(token, top);
    else if (type === t.RightSquare) this.#closeSquare(token, top);
    else if (type === t.RightBrace) this.#closeBrace(token);
    else {
      if (type === t.DotDot && top?.token.tokenType === t.LeftSquare) top.range = true;
      if (itemWords.has(type)) this.#checkItemWord(token);
      if (this.#braces === 0) this.#holdsItems = containers.get(type) ?? this.#holdsItems;
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
      indent: this.#indent,
      doubtful: null,
    });
    this.tokens.push(token);
  }

  /** Measured once a line, so all of it is linear. */
  #beginLine(token: t.Token): void {
    this.#first = token;
    let start = token.startOffset;
    while (start > 0 && isSpace(this.#text.charCodeAt(start - 1))) start--;
    const alone = start === 0 || this.#text.charCodeAt(start - 1) === 10;
    this.#indent = alone ? token.startOffset - start : -1;
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
    this.#doubt(token);
    this.#closeDownTo(t.LeftBrace, token);
  }

  /** Notes for the brace around it that the innermost `{` is closed further left than its line begins. */
  #doubt(closedBy: t.Token): void {
    const index = this.#open.findLastIndex(({ token }) => token.tokenType === t.LeftBrace);
    const [closed, outer] = [this.#open[index], this.#open[index - 1]];
    const isFurtherLeft = this.#first === closedBy && this.#indent >= 0;
    if (closed === undefined || outer === undefined || !isFurtherLeft) return;
    if (this.#indent >= closed.indent) return;
    outer.doubtful ??= closed.doubtful ?? { token: closed.token, closedBy };
  }

  #closeDownTo(type: TokenType, token: t.Token): void {
    let index = this.#open.length - 1;
    while (this.#open[index]?.token.tokenType !== type) index--;
    this.close(index + 1, token, token.startOffset);
    this.tokens.push(token);
    this.#drop();
  }

  /** Closes what cannot be open where an item begins. */
  #checkItemWord(token: t.Token): void {
    const nests = token.tokenType === t.Thread || token.tokenType === t.Proc;
    const allowed = nests && this.#holdsItems ? 1 : 0;
    const modes = token.tokenType === t.Scenario ? countModeTokens(this.tokens) : 0;
    if (!this.#atLineStart(modes)) return;
    // `held_by a,` and `thread` on the next line: a holder, no item.
    if (token.tokenType === t.Thread && this.tokens.at(-2)?.tokenType === t.Comma) return;
    const left = this.#kept(allowed);
    if (left === this.#open.length) return;
    // What is put in belongs to the line before.
    const [newline, ...mode] = this.tokens.splice(this.tokens.length - modes - 1);
    if (this.#braces > allowed)
      this.#forgiven = allowed === 0 ? 0 : this.#forgiven + this.#braces - allowed;
    const first = mode[0] ?? token;
    this.close(left, first, first.startOffset);
    if (newline !== undefined) this.tokens.push(newline);
    this.tokens.push(...mode);
  }

  /** How many brackets stay open if so many braces do, and nothing in them. */
  #kept(braces: number): number {
    let left = this.#open.length;
    for (let open = this.#braces; left > 0; left--) {
      const isBrace = this.#open[left - 1]?.token.tokenType === t.LeftBrace;
      if (isBrace && open <= braces) break;
      if (isBrace) open--;
    }
    return left;
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
    if (open.doubtful !== null) return this.#reportDoubtful(open.doubtful, at);
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

  #reportDoubtful({ token, closedBy }: Doubtful, at: number): void {
    const message =
      'this `{` is never closed: the next `}` stands where that of an outer `{` would';
    const { startOffset, endOffset } = closedBy;
    const related = { message: '`}` is missing before this', start: startOffset };
    this.#report('HMM1011', token, message, {
      help: 'put the `}` in that belongs to this `{`, or indent the next one as its line',
      taints: { start: at, end: at },
      related: { ...related, end: endOffset + 1 },
    });
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
