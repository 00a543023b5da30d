// SPDX-License-Identifier: MIT
/** What the language says to people: a place, what is wrong, what would fit, one thing to try. */

export interface Place {
  /** As given by the caller: relative to the project root, `/`-separated. */
  readonly file: string;
  /** 1-based; the end is exclusive. */
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

export interface Diagnostic {
  /** `HMM1001`; a row of `codes.ts`. */
  readonly code: string;
  readonly severity: 'error' | 'warning';
  /** One sentence, without code and place. */
  readonly message: string;
  readonly place: Place;
  /** One thing to try, or null. */
  readonly help: string | null;
  /** Other places that explain it: the first declaration, each link of a cycle. */
  readonly related: readonly { readonly message: string; readonly place: Place }[];
}
