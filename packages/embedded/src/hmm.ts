// SPDX-License-Identifier: MIT
/** The tag itself. */

import { callSites } from './call-site.ts';
import { locate } from './locate.ts';
import { type HmmTemplate, type HmmValue, createTemplate } from './template.ts';

/**
 * A .hmm file inside of TypeScript.
 *
 * The text is taken as it is written: backslashes mean what they mean in a .hmm file, and only a
 * backtick and `${` need one (`` \` ``, `\${`). What is interpolated is a value and never text: a number
 * is a literal, a string is a string in quotes (or part of the one that it stands in), and another
 * template brings its definitions in, at the top level. Nothing is compiled yet.
 *
 * @throws TypeError for any other value, and for a number that is not an integer
 */
export function hmm(strings: TemplateStringsArray, ...values: readonly HmmValue[]): HmmTemplate {
  const literal = locate(strings.raw, () => callSites(hmm));
  return createTemplate(strings.raw, values, literal);
}
