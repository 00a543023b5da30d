// SPDX-License-Identifier: MIT
/** What a scenario's expectations say about an occurrence, and which of them were not met. */

import type { Occurrence } from '../interpreter/machine.ts';
import type { Expectation, Problem, Program } from '../program/index.ts';
import { checkRows } from '../program/index.ts';
import { problem } from './problem.ts';

type Named = Extract<Expectation, { readonly kind: 'finding' | 'no-finding' }>;

export interface Judgement {
  /** Indices of all expectations that name it, wanted or forbidden, ascending. */
  readonly namedBy: readonly number[];
  /** Index of the first expectation that asks for it; null also where another one forbids it. */
  readonly expectedBy: number | null;
  /** Whether it speaks against the program; a report does so only when it is forbidden. */
  readonly fails: boolean;
}

/** Reported, but no failure unless a `no-finding` expectation forbids it. */
const REPORTS: ReadonlySet<string> = new Set(['stalled_until_timeout']);

function isNamed(expectation: Expectation): expectation is Named {
  return expectation.kind === 'finding' || expectation.kind === 'no-finding';
}

function isPromise({ kind }: Expectation): boolean {
  return kind === 'eventually';
}

/** `M` includes `M`, `M.x`, `M[0]` and, for pools, `M#1`. */
function includes(outer: string, inner: string | null): boolean {
  if (inner === null || !inner.startsWith(outer)) return false;
  return inner.length === outer.length || /[.[#]/.test(inner.charAt(outer.length));
}

/**
 * Whether an occurrence is one the expectation names. In the deadlock family each waiting thread
 * stands for the whole: `on`, `in` and `at` are any one's of them.
 */
function matches(program: Program, expectation: Named, occurrence: Occurrence): boolean {
  if (expectation.finding !== occurrence.name) return false;
  const { at } = expectation;
  const own = {
    object: occurrence.object,
    within: occurrence.within,
    thread: occurrence.thread === null ? null : (program.threads[occurrence.thread]?.name ?? null),
  };
  return [own, ...occurrence.waiting].some(
    ({ object, thread, within }) =>
      (at === null || within.includes(at)) &&
      (expectation.on === null || includes(expectation.on, object)) &&
      (expectation.in === null || includes(expectation.in, thread)),
  );
}

/** Reads an occurrence by the program's expectations. */
export function judge(program: Program, occurrence: Occurrence): Judgement {
  const { expectations } = program;
  const namedBy = [...expectations.keys()].filter((index) => {
    const expectation = expectations[index];
    return expectation && isNamed(expectation) && matches(program, expectation, occurrence);
  });
  const forbidden = namedBy.some((index) => expectations[index]?.kind === 'no-finding');
  const fails = forbidden || !REPORTS.has(occurrence.name);
  const holdsExpected = expectations.some(({ kind }) => kind === 'holds');
  const unexpected = forbidden || (fails && holdsExpected);
  return { namedBy, expectedBy: unexpected ? null : (namedBy[0] ?? null), fails };
}

/** What lies behind such a finding stays unexplored on purpose. */
export function isExpectedFailure({ expectedBy, fails }: Judgement): boolean {
  return fails && expectedBy !== null;
}

function wording(expectation: Named): string {
  const parts = [expectation.finding];
  if (expectation.on !== null) parts.push(`on ${expectation.on}`);
  if (expectation.in !== null) parts.push(`in ${expectation.in}`);
  if (expectation.at !== null) parts.push(`at ${expectation.at}`);
  return parts.join(' ');
}

/**
 * Expected findings that none of these is, and forbidden ones that nobody looked for. Only after a complete
 * search is a finding out of reach.
 *
 * @param checks those that the search did
 */
export function notFound(
  program: Program,
  found: readonly Judgement[],
  checks: readonly string[],
): readonly Problem[] {
  const met = new Set(found.flatMap(({ namedBy }) => namedBy));
  return program.expectations.flatMap((expectation, index) => {
    if (!isNamed(expectation)) return [];
    const { finding, kind, span } = expectation;
    const text = wording(expectation);
    const left = checkRows.some(({ name }) => name === finding) && !checks.includes(finding);
    if (kind === 'no-finding') {
      const asked = finding !== 'starvation' || program.expectations.some(isPromise);
      if (asked && !left) return [];
      const why = asked ? 'this search does not look for it' : 'no `eventually` asks for it';
      return [problem('not_found', `no ${text}: ${why}`, span)];
    }
    if (met.has(index)) return [];
    return [
      problem(
        'not_found',
        left ? `${text}: this search does not look for it` : `no schedule reaches ${text}`,
        span,
      ),
    ];
  });
}
