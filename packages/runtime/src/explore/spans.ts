// SPDX-License-Identifier: MIT
/** Places in source files: order, inclusion, identity of statements. */

import type { Span } from '../program/index.ts';

function comparePlaces(lineA: number, columnA: number, lineB: number, columnB: number): number {
  return lineA - lineB || columnA - columnB;
}

/** Order by file, then by where they begin. */
export function compareSpans(a: Span, b: Span): number {
  return a.file - b.file || comparePlaces(a.line, a.column, b.line, b.column);
}

/** Whether `inner` lies in `outer`, ends included. */
export function contains(outer: Span, inner: Span): boolean {
  return (
    outer.file === inner.file &&
    comparePlaces(outer.line, outer.column, inner.line, inner.column) <= 0 &&
    comparePlaces(inner.endLine, inner.endColumn, outer.endLine, outer.endColumn) <= 0
  );
}

/** The same text for all spans that begin at one place: one statement, however it is cut up. */
export function statementKey(sources: readonly string[], span: Span): string {
  return `${span.line}:${span.column}:${sources[span.file] ?? ''}`;
}
