// SPDX-License-Identifier: MIT
/** What must be true of a formatted text. */

import { type Host, compile } from '@hmmlab/dsl';
import * as plugin from '@hmmlab/dsl/prettier';
import { format } from 'prettier';
import { withoutPlaces } from '../formatter/without-places.ts';

const noFiles: Host = {
  importFile: () => ({ missing: 'there are no files here' }),
  profileFiles: () => [],
  profileNames: () => [],
};

/**
 * Formatted once and twice, a valid text is the same text, and means what it meant.
 *
 * @throws Error that says what is wrong
 */
export async function checkFormat(text: string, printWidth: number): Promise<void> {
  const formatted = (before: string): Promise<string> =>
    format(before, { parser: 'hmm', plugins: [plugin], printWidth });
  const once = await formatted(text);
  const twice = await formatted(once);
  if (twice !== once) throw new Error(`not done at once:\n${once}\n---\n${twice}`);
  const [before, after] = [text, once].map((each) => {
    const { scenarios, diagnostics } = compile(each, 'fuzz.hmm', noFiles);
    return JSON.stringify([
      withoutPlaces(scenarios),
      [...new Set(diagnostics.map(({ code }) => code))].toSorted(),
    ]);
  });
  if (before !== after) throw new Error(`means something else:\n${once}\n---\n${before}\n${after}`);
}
