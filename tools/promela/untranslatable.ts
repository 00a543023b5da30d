// SPDX-License-Identifier: MIT
/** What the translator does not know is refused by name: an approximation would be a second opinion on something else. */

/** A Program that uses something Promela is not written for here. */
export class Untranslatable extends Error {
  /** What it is, for lists of what was left out: `signals`, `pfn_alloc`. */
  readonly what: string;

  constructor(what: string) {
    super(`no Promela for ${what}`);
    this.what = what;
  }
}
