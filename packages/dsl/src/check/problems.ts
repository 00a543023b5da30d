// SPDX-License-Identifier: MIT
/** Collects what is wrong, each thing once, in the words and places people see. */

import { cutOff, mostShown } from '../cut-off.ts';
import type { Diagnostic, Place } from '../diagnostics.ts';
import type { Source } from '../load/source.ts';
import type { Node } from '../syntax/ast.ts';
import type { CheckCode } from './codes.ts';

/** A piece of a source text. */
export interface At {
  readonly source: Source;
  readonly node: Node;
}

export interface Related {
  readonly message: string;
  readonly at: At;
}

/** Lines and columns of a piece of text. */
export function placeOf({ source, node }: At): Place {
  const from = source.lines.at(node.start);
  const to = source.lines.at(Math.max(node.start, node.end));
  return {
    file: source.file,
    line: from.line,
    column: from.column,
    endLine: to.line,
    endColumn: to.column,
  };
}

/** Errors that are kept of a compilation, and warnings. */
const mostKept = 100;

/** Thrown by an error that is one too many: what comes after it is not looked at. */
export class TooManyErrors extends Error {}

export class Problems {
  readonly #seen = new Map<string, Diagnostic>();
  #errors = 0;
  #warnings = 0;
  #complete = true;
  readonly #most: number;

  constructor(most: number = mostKept) {
    this.#most = most;
  }

  get errors(): number {
    return this.#errors;
  }

  /** Whether no more errors are kept. */
  get full(): boolean {
    return this.#errors >= this.#most;
  }

  /** @throws TooManyErrors if there is no room for it */
  error(
    code: CheckCode,
    at: At,
    message: string,
    help: string | null = null,
    related: readonly Related[] = [],
  ): void {
    this.#add(code, 'error', at, message, help, related);
    if (!this.#complete) throw new TooManyErrors();
  }

  warning(code: CheckCode, at: At, message: string, help: string | null = null): void {
    this.#add(code, 'warning', at, message, help, []);
  }

  /** Takes a diagnostic that is already complete, such as a parser's, if there is room for it. */
  take(diagnostic: Diagnostic): void {
    const { code, place, message } = diagnostic;
    const key = JSON.stringify([code, place, message]);
    if (this.#seen.has(key)) return;
    if (diagnostic.severity === 'error') {
      this.#complete &&= !this.full;
      if (this.full) return;
      this.#errors++;
    } else if (this.#warnings++ >= this.#most) return;
    this.#seen.set(key, diagnostic);
  }

  /** In the order of files given, then of places; of very many errors the first. */
  list(files: readonly string[]): readonly Diagnostic[] {
    const rank = new Map(files.map((file, i) => [file, i]));
    const fileRank = (d: Diagnostic): number => rank.get(d.place.file) ?? files.length;
    const sorted = [...this.#seen.values()].toSorted(
      (a, b) =>
        fileRank(a) - fileRank(b) || a.place.line - b.place.line || a.place.column - b.place.column,
    );
    const complete = this.#complete && !this.full;
    if (this.#errors <= mostShown && complete) return sorted;
    const errors = sorted.filter(({ severity }) => severity === 'error');
    return cutOff(errors, errors.length, complete);
  }

  #add(
    code: CheckCode,
    severity: 'error' | 'warning',
    at: At,
    message: string,
    help: string | null,
    related: readonly Related[],
  ): void {
    this.take({
      code,
      severity,
      message,
      place: placeOf(at),
      help,
      related: related.map((r) => ({ message: r.message, place: placeOf(r.at) })),
    });
  }
}
