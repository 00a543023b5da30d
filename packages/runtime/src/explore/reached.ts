// SPDX-License-Identifier: MIT
/** Which statements of the scenario ran, which are hidden behind expected findings, which should not have run. */

import type { Problem, Program, Span, Verdict } from '../program/index.ts';
import { positionNumber, positionOf, reachableFrom } from './control-flow.ts';
import { problem } from './problem.ts';
import { compareSpans, contains, statementKey } from './spans.ts';

function spansAt(program: Program, positions: Iterable<number>): readonly Span[] {
  return [...positions].flatMap((number) => {
    const [proc, pc] = positionOf(number);
    const { code, origin } = program.procs[proc] ?? { code: [], origin: 'library' };
    const instruction = code[pc];
    const counts = instruction !== undefined && instruction.implied !== true;
    return origin === 'scenario' && counts ? [instruction.span] : [];
  });
}

/** The machine's set as the verdict lists it: pairs in order. */
export function reachedPairs(reached: ReadonlySet<number>): Verdict['reached'] {
  return [...reached].toSorted((a, b) => a - b).map(positionOf);
}

/** The set that {@link reachedPairs} came from. */
export function reachedNumbers(pairs: Verdict['reached']): ReadonlySet<number> {
  return new Set(pairs.map(([proc, pc]) => positionNumber(proc, pc)));
}

/** Statements that never ran and that control could reach from one of the positions, in source order. */
export function hiddenSpans(
  program: Program,
  positions: ReadonlySet<number>,
  reached: ReadonlySet<number>,
): readonly Span[] {
  if (positions.size === 0) return [];
  const key = (span: Span): string => statementKey(program.sources, span);
  const ran = new Set(spansAt(program, reached).map(key));
  const hidden = new Map<string, Span>();
  for (const span of spansAt(program, reachableFrom(program, positions))) {
    if (!ran.has(key(span)) && !hidden.has(key(span))) hidden.set(key(span), span);
  }
  return [...hidden.values()].toSorted(compareSpans);
}

/** Marks of the scenario that say `unreached` and are wrong. */
export function unreachedReached(
  program: Program,
  reached: ReadonlySet<number>,
): readonly Problem[] {
  const ran = spansAt(program, reached);
  return program.unreached
    .filter(({ span }) => ran.some((inner) => contains(span, inner)))
    .map(({ span, reason }) =>
      problem('unreached_reached', `marked unreached ("${reason}"), but it runs`, span),
    );
}
