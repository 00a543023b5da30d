// SPDX-License-Identifier: MIT
/** One-line changes to a text, as data. */

/** A stretch of a text, by offsets, and what stands there instead. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** What a change does. */
export type MutationKind =
  /** A lock is neither taken nor released. */
  | 'pair'
  /** One call, store or count is left out. */
  | 'statement'
  /** An `if` that only leads away is left out. */
  | 'check'
  /** A condition says the opposite, or one of its parts is left out. */
  | 'condition'
  /** Two neighbours change places. */
  | 'order';

/** A change to one proc of one file. */
export interface Mutation {
  readonly kind: MutationKind;
  readonly file: string;
  /** 1-based, of the first character that changes. */
  readonly line: number;
  /** Name of the proc, verb or thread that it is in. */
  readonly proc: string;
  /** `without mutex_lock(svmm->mutex)`; on one line. */
  readonly says: string;
  /** In order of place, without overlap. */
  readonly edits: readonly Edit[];
}

/** The text with the edits made. */
export function mutated(text: string, { edits }: Pick<Mutation, 'edits'>): string {
  let result = '';
  let from = 0;
  for (const edit of edits) {
    result += text.slice(from, edit.start) + edit.text;
    from = edit.end;
  }
  return result + text.slice(from);
}
