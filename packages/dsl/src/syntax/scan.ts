// SPDX-License-Identifier: MIT
/**
 * Characters to tokens, in one pass that never fails: what cannot be read is reported and left out.
 * Names of profiles contain `/`, `.` and `-`; they are read as one token after `use`, `profile` and
 * `driver`, up to the end of that line or the `{`.
 */

import type { TokenType } from 'chevrotain';
import { isWordPart, isWordStart, isDigit, isSpace, isPrintable } from './characters.ts';
import type { SyntaxCode } from './codes.ts';
import { answerDirective } from './directive.ts';
import { DocComments } from './doc-comments.ts';
import { longestString, longestWord, mostProblems, mostTokens } from './limits.ts';
import { intValue, isEscape, largestInt } from './literals.ts';
import { countModeTokens } from './scenario-mode.ts';
import type { SyntaxProblem } from './problem.ts';
import * as t from './tokens.ts';

/** A comment as written, `//` without its line end; `end` is exclusive. */
export interface CommentSpan {
  readonly start: number;
  readonly end: number;
}

export interface Scan {
  readonly tokens: readonly t.Token[];
  /** In order of place. */
  readonly comments: readonly CommentSpan[];
  /** Text of the `///` lines above a token, by the token's offset. */
  readonly docs: ReadonlyMap<number, string>;
  readonly problems: readonly SyntaxProblem[];
  /** False if the text is so large or so wrong that its rest was not looked at. */
  readonly complete: boolean;
}

/** Marks by their first character, longest first. */
const marks = new Map<number, readonly (readonly [string, TokenType])[]>();
for (const entry of [...t.markTypes].toSorted(([a], [b]) => b.length - a.length)) {
  const first = entry[0].charCodeAt(0);
  marks.set(first, [...(marks.get(first) ?? []), entry]);
}

const substitutes: ReadonlyMap<string, string> = new Map([
  ["'", 'strings stand between double quotes'],
  ['`', 'strings stand between double quotes'],
  ['\u2018', 'strings stand between double quotes'],
  ['\u2019', 'strings stand between double quotes'],
  ['\u201C', 'strings stand between plain double quotes'],
  ['\u201D', 'strings stand between plain double quotes'],
  ['\\', 'a line goes on after an operator, a comma or inside brackets; no mark is needed'],
  ['\u00A0', 'write a plain space'],
  ['\uFFFD', 'if it is not meant, the file is not UTF-8 here: save it as UTF-8'],
]);

/** Reads the text, up to its limits. Linear in its length. */
export function scan(text: string): Scan {
  const scanner = new Scanner(text);
  scanner.run();
  const { tokens, comments, docs, problems, complete } = scanner;
  return { tokens, comments, docs: docs.found, problems, complete };
}

class Scanner {
  readonly tokens: t.Token[] = [];
  readonly comments: CommentSpan[] = [];
  readonly problems: SyntaxProblem[] = [];
  readonly docs: DocComments = new DocComments();
  readonly #text: string;
  #at = 0;
  #braces = 0;
  #readsProfiles = false;

  constructor(text: string) {
    this.#text = text;
  }

  run(): void {
    if (this.#text.startsWith('\uFEFF')) this.#at = 1;
    this.#carriageReturns();
    while (this.#at < this.#text.length && this.#goesOn()) this.#next();
  }

  /** Whether everything was read. */
  get complete(): boolean {
    return this.#at >= this.#text.length;
  }

  /** One that ends no line would end one for other tools, also in a comment. */
  #carriageReturns(): void {
    const text = this.#text;
    for (let at = text.indexOf('\r'); at !== -1; at = text.indexOf('\r', at + 1)) {
      if (text[at + 1] === '\n' || this.problems.length >= mostProblems) continue;
      const help = 'a line ends with U+000A, alone or after U+000D';
      this.#report('HMM1002', at, at + 1, 'U+000D means nothing here', help);
    }
  }

  #goesOn(): boolean {
    if (this.problems.length >= mostProblems) return false;
    if (this.tokens.length + this.comments.length < mostTokens) return true;
    const message = `this file has more than ${mostTokens} words and marks`;
    const help = 'cut it in several files, or generate less';
    this.#report('HMM1020', this.#at, this.#at + 1, message, help);
    return false;
  }

  #next(): void {
    const code = this.#text.charCodeAt(this.#at);
    if (code === 10) this.#newline();
    else if (isSpace(code)) this.#at++;
    else if (isWordStart(code) || isDigit(code)) this.#wordOrNumber(code);
    else if (code === 34) this.#string();
    else if (this.#text.startsWith('//', this.#at)) this.#lineComment();
    else if (this.#text.startsWith('/*', this.#at)) this.#blockComment();
    else if (!this.#mark(code)) this.#invalid();
  }

  #push(type: TokenType, image: string): void {
    this.docs.attach(this.#at);
    const end = this.#at + image.length;
    this.tokens.push(t.createHmmToken(type, image, this.#at, end));
    this.#at = end;
  }

  #report(
    code: SyntaxCode,
    start: number,
    end: number,
    message: string,
    help: string,
    taints = { start, end },
  ): void {
    this.problems.push({ code, start, end, message, help, taints, related: null });
  }

  #newline(): void {
    this.docs.newline();
    this.#at++;
    this.#endLine();
  }

  #endLine(): void {
    const last = this.tokens.at(-1);
    if (last === undefined || last.tokenType === t.Newline) return;
    if (last.tokenType !== t.Comma) this.#readsProfiles = false;
    const place = last.endOffset + 1;
    this.tokens.push(t.createHmmToken(t.Newline, '', place, place));
  }

  /** @param back how many tokens ago */
  #atItemStart(back = 0): boolean {
    const last = this.tokens.at(-1 - back)?.tokenType;
    return (
      last === undefined ||
      last === t.Newline ||
      last === t.Semicolon ||
      last === t.LeftBrace ||
      last === t.RightBrace
    );
  }

  #wordOrNumber(first: number): void {
    if (this.#readsProfiles) return this.#profileName();
    let end = this.#at + 1;
    while (isWordPart(this.#text.charCodeAt(end))) end++;
    const image = this.#text.slice(this.#at, end);
    if (isDigit(first)) return this.#number(image);
    this.#checkLength('name', image.length, longestWord, 'choose a shorter one');
    const type = t.wordTypes.get(image) ?? t.Identifier;
    if (type === t.Scenario && this.#atItemStart(countModeTokens(this.tokens))) this.#braces = 0;
    this.#readsProfiles = this.#beginsProfiles(type);
    this.#push(type, image);
  }

  #beginsProfiles(type: TokenType): boolean {
    if (type === t.Use) return this.#atItemStart();
    return (type === t.Profile || type === t.Driver) && this.#braces === 0 && this.#atItemStart();
  }

  #profileName(): void {
    let end = this.#at + 1;
    while (this.#continuesProfileName(end)) end++;
    const image = this.#text.slice(this.#at, end);
    if (image === 'for') this.#push(t.For, image);
    else if (image === 'extends') this.#push(t.Extends, image);
    else {
      this.#checkLength('name', image.length, longestWord, 'choose a shorter one');
      this.#push(t.BareProfile, image);
    }
  }

  #continuesProfileName(at: number): boolean {
    const code = this.#text.charCodeAt(at);
    if (isWordPart(code) || code === 45 || code === 46) return true;
    return code === 47 && isWordPart(this.#text.charCodeAt(at + 1));
  }

  #number(image: string): void {
    const value = intValue(image);
    const [start, end] = [this.#at, this.#at + image.length];
    if (value === null) {
      const plain = image.replace(/[uUlL]+$/, '');
      const help =
        intValue(plain) === null
          ? 'numbers are decimal (`12`), hexadecimal (`0x1f`) or octal (`0755`)'
          : `numbers have no suffix: write \`${shorten(plain)}\``;
      this.#report('HMM1006', start, end, `\`${shorten(image)}\` is not a number`, help);
    } else if (value > largestInt) {
      const message = `the number \`${shorten(image)}\` is too big`;
      this.#report('HMM1007', start, end, message, `the largest number is ${largestInt}`);
    }
    this.#push(t.Int, image);
  }

  #string(): void {
    let end = this.#at + 1;
    for (;;) {
      const code = this.#text.charCodeAt(end);
      if (code === 34) break;
      if (Number.isNaN(code) || code === 10) return this.#unterminatedString(end);
      if (code === 92) this.#escape(end);
      end += code === 92 && this.#text.charCodeAt(end + 1) !== 10 ? 2 : 1;
    }
    this.#checkLength('string', end + 1 - this.#at, longestString, 'say it in a comment');
    this.#push(t.Str, this.#text.slice(this.#at, end + 1));
  }

  #checkLength(what: string, length: number, most: number, help: string): void {
    if (length <= most) return;
    const message = `this ${what} has ${length} characters; the limit is ${most}`;
    this.#report('HMM1020', this.#at, this.#at + length, message, help);
  }

  #escape(at: number): void {
    const escaped = this.#text[at + 1];
    if (escaped === undefined || escaped === '\n' || escaped === '\r' || isEscape(escaped)) return;
    const help = 'strings know `\\"`, `\\\\`, `\\n` and `\\t`; a backslash itself is `\\\\`';
    const message = `\`\\${nameOf(this.#text, at + 1)}\` is not an escape`;
    this.#report('HMM1005', at, at + 2, message, help);
  }

  #unterminatedString(limit: number): void {
    const end = Math.min(limit, this.#text.length);
    const stop = this.#text[end - 1] === '\r' ? end - 1 : end;
    const help = 'close it with `"`; a line break inside a string is written `\\n`';
    const image = this.#text.slice(this.#at, stop);
    const taints = { start: this.#at, end: /[{}]/.test(image) ? this.#text.length : stop };
    this.#report('HMM1003', this.#at, stop, 'this string does not end on its line', help, taints);
    this.#push(t.Str, image);
  }

  #lineComment(): void {
    const newline = this.#text.indexOf('\n', this.#at);
    const end = newline === -1 ? this.#text.length : newline;
    const last = this.tokens.at(-1)?.tokenType;
    const alone = last === undefined || last === t.Newline;
    this.docs.comment(alone ? this.#text.slice(this.#at, end) : '//');
    this.comments.push({ start: this.#at, end });
    this.#at = end;
  }

  #blockComment(): void {
    const close = this.#text.indexOf('*/', this.#at + 2);
    const end = close === -1 ? this.#text.length : close + 2;
    if (close === -1) {
      const help = 'close it with `*/`';
      const taints = { start: this.#at, end };
      this.#report('HMM1004', this.#at, this.#at + 2, 'this comment never ends', help, taints);
    }
    this.docs.comment('/*');
    const comment = this.#text.slice(this.#at, end);
    this.comments.push({ start: this.#at, end });
    this.#at = end;
    if (comment.includes('\n')) this.#endLine();
  }

  #mark(code: number): boolean {
    const found = marks.get(code)?.find(([image]) => this.#text.startsWith(image, this.#at));
    if (found === undefined) return false;
    const [image, type] = found;
    if (type === t.LeftBrace) this.#braces++;
    else if (type === t.RightBrace && this.#braces > 0) this.#braces--;
    if (type !== t.Comma) this.#readsProfiles = false;
    this.#push(type, image);
    return true;
  }

  /** `#define`, or a comment of another language: the rest of the line belongs to it. */
  #directive(): void {
    const start = this.#at;
    const newline = this.#text.indexOf('\n', start);
    this.#at = newline === -1 ? this.#text.length : newline;
    const { length, message, help } = answerDirective(this.#text.slice(start, this.#at));
    this.#report('HMM1002', start, start + length, message, help);
  }

  #invalid(): void {
    const start = this.#at;
    if (this.#text[start] === '#') return this.#directive();
    const character = /^'(?:\\.|[^'\\\n])'/.exec(this.#text.slice(start, start + 4))?.[0];
    if (character !== undefined) {
      this.#at += character.length;
      const help = 'write the number of the character; strings stand between double quotes';
      this.#report('HMM1002', start, this.#at, `${character} is no number here`, help);
      return;
    }
    do this.#at++;
    while (this.#at < this.#text.length && !this.#begins(this.#text.charCodeAt(this.#at)));
    const first = String.fromCodePoint(this.#text.codePointAt(start) ?? 0);
    const message = `${quote(nameOf(this.#text, start))} means nothing here`;
    const help =
      substitutes.get(first) ?? 'take it out; names are made of `a-z`, `A-Z`, `0-9` and `_`';
    this.#report('HMM1002', start, this.#at, message, help);
  }

  #begins(code: number): boolean {
    const blank = code === 10 || code === 34 || isSpace(code);
    return blank || isWordPart(code) || marks.has(code);
  }
}

function quote(name: string): string {
  return name.startsWith('U+') ? name : `\`${name}\``;
}

/** The character at `at`, or its number if it would not be visible. */
function nameOf(text: string, at: number): string {
  const code = text.codePointAt(at) ?? 0;
  if (isPrintable(code)) return String.fromCodePoint(code);
  return `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
}

function shorten(image: string): string {
  return image.length > 24 ? `${image.slice(0, 20)}...` : image;
}
