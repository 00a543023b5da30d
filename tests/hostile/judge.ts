// SPDX-License-Identifier: MIT
/** What is said about a hostile file, and whether all of it is located and of a bounded size. */

import { compile, type Host } from '@hmmlab/dsl';
import { createNodeHost } from '@hmmlab/dsl/node';

/** What a hostile file came to. */
export interface Judgement {
  /** Code and place of the first diagnostic, or null. */
  readonly first: string | null;
  readonly count: number;
  /** What must not be: a diagnostic without a place in the file, a message without end. */
  readonly faults: readonly string[];
}

/** UTF-16 units of a message with its help and notes: a page, whatever the file contains. */
const longestMessage = 5_000;

/** Compiles a text. */
export function judge(text: string, host: Host = createNodeHost({ root: '.' })): Judgement {
  const { diagnostics, sources, scenarios } = compile(text, 'hostile.hmm', host);
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  const faults = diagnostics.flatMap(({ code, message, help, related, place }) => [
    ...(sources.has(place.file) && place.line >= 1 && place.column >= 1
      ? []
      : [`${code} has no place`]),
    ...(JSON.stringify([message, help, related]).length > longestMessage
      ? [`${code} is too long`]
      : []),
  ]);
  if (errors.length > 0 && scenarios.length > 0) faults.push('errors and scenarios');
  if (diagnostics.length > 200) faults.push(`${diagnostics.length} diagnostics`);
  const [first] = errors;
  const at = first === undefined ? null : `${first.code} ${first.place.line}:${first.place.column}`;
  return { first: at, count: errors.length, faults };
}
