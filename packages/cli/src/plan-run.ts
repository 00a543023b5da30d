// SPDX-License-Identifier: MIT
/** What of a selection runs: `skip`, `todo` and `only` say so in the file. As in vitest, `only` is about its file. */

import type { Compilation } from '@hmmlab/dsl';
import { type CliError, cliError } from './codes.ts';
import type { Selection } from './select-scenarios.ts';

/** Something that was selected and does not run. */
export interface NotRun {
  readonly file: string;
  readonly line: number;
  /** Full name of an instance; of a `todo` the title. */
  readonly name: string;
  /** `only`: another scenario of the file has that word. */
  readonly why: 'skip' | 'todo' | 'only';
  readonly reason: string | null;
}

/** One scenario that was selected. */
export type Planned =
  | { readonly kind: 'run'; readonly selection: Selection }
  | { readonly kind: 'not-run'; readonly entries: readonly NotRun[] };

/** The selections of one file, in order. */
export function planRun(
  { file }: Pick<Compilation, 'file'>,
  selections: readonly Selection[],
): readonly Planned[] {
  const hasOnly = selections.some(({ scenario }) => scenario.mode === 'only');
  return selections.map((selection): Planned => {
    const { scenario, instances } = selection;
    const { mode, title, line, reason } = scenario;
    if (mode === 'only' || (mode === 'run' && !hasOnly)) return { kind: 'run', selection };
    const why = mode === 'run' ? 'only' : mode;
    const names = mode === 'todo' ? [title] : instances.map(({ name }) => name);
    return { kind: 'not-run', entries: names.map((name) => ({ file, line, name, why, reason })) };
  });
}

/** What to say about an `only` that leaves scenarios out where nobody looks; null if there is none. */
export function onlyError(
  { file }: Pick<Compilation, 'file'>,
  selections: readonly Selection[],
): CliError | null {
  const only = selections.find(({ scenario }) => scenario.mode === 'only')?.scenario;
  if (only === undefined) return null;
  const { title, line, column } = only;
  const message = `\`only\` before "${title}", and CI is set`;
  const help = 'take the word out, or allow it with --allow-only';
  return { ...cliError('only-in-ci', message, help), place: { file, line, column } };
}
