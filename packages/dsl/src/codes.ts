// SPDX-License-Identifier: MIT
/** Every code of the front end: 1xxx characters and syntax, 2xxx names and profiles, 3xxx kinds. */

import { checkCodes } from './check/codes.ts';
import { syntaxCodes } from './syntax/codes.ts';

/** Code, name and one-line meaning, in order; each has a page `docs/errors/<code>.md`. */
export const dslCodes: readonly {
  readonly code: string;
  readonly name: string;
  readonly title: string;
}[] = [...syntaxCodes, ...checkCodes];
