// SPDX-License-Identifier: MIT
/**
 * A file as the formatter sees it: lists of elements, each a row of words that may hold lists in braces.
 * Made of the tokens, all of them in their order, and of the comments between them.
 */

/** A token, and how it stands to the one before it. */
export interface Word {
  readonly kind: 'word';
  readonly text: string;
  /** Spaces before it where the row is not broken. */
  readonly space: '' | ' ' | '  ';
  /** `[` of an index or a length: nothing breaks inside. */
  readonly tight: boolean;
}

export interface Comment {
  readonly kind: 'comment';
  /** As written. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** Line ends between it and what stands before and after. */
  readonly before: number;
  readonly after: number;
}

/** A list in braces, or behind the `:` of a one-line thread. */
export interface Body {
  readonly kind: 'body';
  readonly form:
    | 'line' /* behind a `:` */
    | 'inline' /* in braces, written on one line */
    | 'block'; /* in braces, on lines of its own */
  readonly separator: ';' | ',';
  /** Comments on the line of the `{`. */
  readonly opening: readonly Comment[];
  readonly entries: readonly Entry[];
  /** Between the braces. */
  readonly start: number;
  readonly end: number;
}

/** A statement without braces that depends on what stands before it: `return` in `if (x) return`. */
export interface Branch {
  readonly kind: 'branch';
  readonly element: Element;
}

export type Part = Word | Comment | Body | Branch;

/** A statement, item, field, ...: what stands on a line of its own. */
export interface Element {
  readonly kind: 'element';
  /** Kind of its node. */
  readonly node: string;
  readonly parts: readonly Part[];
  /** Comments before it, and behind it on the same line. */
  readonly leading: readonly Comment[];
  readonly trailing: Comment[];
  /** The text as written if a comment asks to leave it alone. */
  readonly verbatim: string | null;
  readonly blankBefore: boolean;
  readonly start: number;
  readonly end: number;
}

/** Comments on a line of their own. */
export interface CommentRow {
  readonly kind: 'comments';
  readonly comments: Comment[];
  readonly blankBefore: boolean;
}

export type Entry = Element | CommentRow;

/** What holds a body in braces that always stands on lines of its own; `list` for a block among statements. */
export const spreadKinds: ReadonlySet<string> = new Set([
  'scenario',
  'profile',
  'if',
  'while',
  'do-while',
  'for',
  'for-each',
  'list',
]);

/** Where an entry begins and ends, comments included. */
export function entrySpan(entry: Entry): { readonly start: number; readonly end: number } {
  const [first, last] =
    entry.kind === 'comments'
      ? [entry.comments[0], entry.comments.at(-1)]
      : [entry.leading[0] ?? entry, entry.trailing.at(-1) ?? entry];
  return { start: first?.start ?? 0, end: last?.end ?? 0 };
}
