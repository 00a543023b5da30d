// SPDX-License-Identifier: MIT
/** Collects what is wrong, each thing once, in the words and places people see. */

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

export class Problems {
  readonly #seen = new Map<string, Diagnostic>();
  #errors = 0;

  get errors(): number {
    return this.#errors;
  }

  error(
    code: CheckCode,
    at: At,
    message: string,
    help: string | null = null,
    related: readonly Related[] = [],
  ): void {
    this.#add(code, 'error', at, message, help, related);
  }

  warning(code: CheckCode, at: At, message: string, help: string | null = null): void {
    this.#add(code, 'warning', at, message, help, []);
  }

  /** Takes a diagnostic that is already complete, such as a parser's. */
  take(diagnostic: Diagnostic): void {
    const { code, place, message } = diagnostic;
    const key = JSON.stringify([code, place, message]);
    if (this.#seen.has(key)) return;
    this.#seen.set(key, diagnostic);
    if (diagnostic.severity === 'error') this.#errors++;
  }

  /** In the order of files given, then of places. */
  list(files: readonly string[]): readonly Diagnostic[] {
    const rank = new Map(files.map((file, i) => [file, i]));
    const fileRank = (d: Diagnostic): number => rank.get(d.place.file) ?? files.length;
    return [...this.#seen.values()].toSorted(
      (a, b) =>
        fileRank(a) - fileRank(b) || a.place.line - b.place.line || a.place.column - b.place.column,
    );
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
