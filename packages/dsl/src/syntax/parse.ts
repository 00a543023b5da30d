// SPDX-License-Identifier: MIT
/** Text to syntax tree, or to everything that is wrong with it. */

import type { Diagnostic, Place } from '../diagnostics.ts';
import { cutOff, mostShown } from '../cut-off.ts';
import type { File } from './ast.ts';
import { balance } from './brackets.ts';
import { fileParser } from './file-parser.ts';
import { mostProblems } from './limits.ts';
import { createLineMap, type LineMap } from './line-map.ts';
import { findTooDeep } from './nesting.ts';
import { dropNewlines } from './newlines.ts';
import type { SyntaxProblem } from './problem.ts';
import { scan } from './scan.ts';

export interface ParseResult {
  /** Null as soon as anything is wrong: a tree patched up after an error is never handed on. */
  readonly ast: File | null;
  /** In order of place; at most 51, and the last one's help says how many more there are. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads a .hmm file. Never throws for any text; linear in its length.
 *
 * @param file the name used in places
 */
export function parse(text: string, file: string): ParseResult {
  const scanned = scan(text);
  if (!scanned.complete)
    return { ast: null, diagnostics: report(scanned.problems, false, text, file) };
  const balanced = balance(scanned.tokens, text);
  const lexical = [...scanned.problems, ...untainted(balanced.problems, scanned.problems)];
  const tokens = dropNewlines(balanced.tokens);
  const tooDeep = findTooDeep(tokens);
  if (tooDeep !== null)
    return { ast: null, diagnostics: report([...scanned.problems, tooDeep], true, text, file) };
  const parsed = fileParser().run(tokens, scanned.docs, text.length);
  const problems = [...lexical, ...untainted(parsed.problems, lexical)];
  if (problems.length === 0) return { ast: parsed.file, diagnostics: [] };
  const complete = parsed.complete && balanced.problems.length < mostProblems;
  return { ast: null, diagnostics: report(problems, complete, text, file) };
}

/** Problems that earlier ones do not explain: those whose text none of the earlier ones touches. */
function untainted(
  later: readonly SyntaxProblem[],
  earlier: readonly SyntaxProblem[],
): readonly SyntaxProblem[] {
  const doubtful = merge(earlier.map(({ taints }) => taints));
  return later.filter(({ taints }) => !overlaps(doubtful, taints));
}

interface Span {
  readonly start: number;
  readonly end: number;
}

/** Sorted spans without overlaps. */
function merge(spans: readonly Span[]): readonly Span[] {
  const merged: { start: number; end: number }[] = [];
  for (const { start, end } of spans.toSorted((a, b) => a.start - b.start)) {
    const last = merged.at(-1);
    if (last !== undefined && start <= last.end) last.end = Math.max(last.end, end);
    else merged.push({ start, end });
  }
  return merged;
}

/** Whether one of the `sorted` spans touches `span`. */
function overlaps(sorted: readonly Span[], span: Span): boolean {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle]?.end ?? 0) < span.start) low = middle + 1;
    else high = middle;
  }
  const candidate = sorted[low];
  return candidate !== undefined && candidate.start <= span.end;
}

function report(
  problems: readonly SyntaxProblem[],
  complete: boolean,
  text: string,
  file: string,
): readonly Diagnostic[] {
  const lines = createLineMap(text);
  const sorted = problems.toSorted((a, b) => a.start - b.start || a.end - b.end);
  const shown = sorted.slice(0, mostShown).map((problem) => diagnose(problem, lines, file));
  return cutOff(shown, sorted.length, complete);
}

function diagnose(problem: SyntaxProblem, lines: LineMap, file: string): Diagnostic {
  const { code, message, help, related } = problem;
  return {
    code,
    severity: 'error',
    message,
    place: placeOf(problem, lines, file),
    help,
    related:
      related === null ? [] : [{ message: related.message, place: placeOf(related, lines, file) }],
  };
}

function placeOf({ start, end }: Span, lines: LineMap, file: string): Place {
  const [from, to] = [lines.at(start), lines.at(end)];
  return { file, line: from.line, column: from.column, endLine: to.line, endColumn: to.column };
}
