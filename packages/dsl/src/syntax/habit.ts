// SPDX-License-Identifier: MIT
/** A way of writing C that is none here, and what is said to it. */

import type { FailedElement, Where } from './failed-element.ts';

export interface Habit {
  /** Where it can be met; everywhere if left out. */
  readonly in?: readonly Where[];
  /** Matched with the element's text, or with `@` in it with its marked text. */
  readonly is: RegExp;
  /** It is about the first token, not about the one that did not fit. */
  readonly begins?: true;
  /** It is about the token where the match begins. */
  readonly fromMatch?: true;
  /** @param match the groups, as one would write them */
  readonly message: (match: readonly string[]) => string;
  readonly help: (match: readonly string[], element: FailedElement) => string;
}

/** The same words for every match. */
export const say =
  (text: string): (() => string) =>
  () =>
    text;
