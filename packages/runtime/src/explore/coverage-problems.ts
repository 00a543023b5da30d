// SPDX-License-Identifier: MIT
/** Statements of a scenario that run in none of its instances. */

import type { Problem, Program, Span, Verdict } from '../program/index.ts';
import { callees, positionNumber } from './control-flow.ts';
import { problem } from './problem.ts';
import { reachedNumbers } from './reached.ts';
import { compareSpans, contains, statementKey } from './spans.ts';

/** One instance of a scenario, explored. */
export interface ExploredInstance {
  readonly program: Program;
  readonly verdict: Verdict;
}

/** Procs that the threads of a program can call, directly or not; the set-up is none of them. */
function procsOfThreads(program: Program): ReadonlySet<number> {
  const seen = new Set(program.threads.map(({ proc }) => proc));
  const open = [...seen];
  for (let proc = open.pop(); proc !== undefined; proc = open.pop()) {
    const calls = program.procs[proc]?.code.flatMap((instruction) => callees(program, instruction));
    for (const callee of calls ?? []) {
      if (seen.has(callee)) continue;
      seen.add(callee);
      open.push(callee);
    }
  }
  return seen;
}

/** Scenario statements of one instance by key, and the keys of those that need no excuse. */
function statementsOf({ program, verdict }: ExploredInstance): {
  readonly all: ReadonlyMap<string, Span>;
  readonly excused: ReadonlySet<string>;
} {
  const reached = reachedNumbers(verdict.reached);
  const all = new Map<string, Span>();
  const excused = new Set(verdict.hidden.map((span) => statementKey(program.sources, span)));
  for (const number of procsOfThreads(program)) {
    const proc = program.procs[number];
    if (proc === undefined || proc.origin !== 'scenario') continue;
    for (const [pc, { span, implied }] of proc.code.entries()) {
      if (implied === true) continue;
      const key = statementKey(program.sources, span);
      if (!all.has(key)) all.set(key, span);
      const marked = program.unreached.some((mark) => contains(mark.span, span));
      if (marked || reached.has(positionNumber(number, pc))) excused.add(key);
    }
  }
  return { all, excused };
}

/**
 * The statements of a scenario that no instance reached, that no instance hides behind an expected
 * finding, and that carry no `unreached` mark. A statement is a place in the file, the same in every
 * instance. Empty unless every instance was explored to the end: what is not explored is not known.
 */
export function coverageProblems(instances: readonly ExploredInstance[]): Problem[] {
  if (!instances.every(({ verdict }) => verdict.coverage.exhaustive)) return [];
  const statements = instances.map(statementsOf);
  const missing = new Map<string, Span>();
  for (const { all } of statements) {
    for (const [key, span] of all) {
      if (missing.has(key) || statements.some(({ excused }) => excused.has(key))) continue;
      missing.set(key, span);
    }
  }
  return [...missing.values()]
    .toSorted(compareSpans)
    .map((span) =>
      problem('statement_not_reached', 'this statement runs in no schedule of any instance', span),
    );
}
