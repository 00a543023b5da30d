// SPDX-License-Identifier: MIT
/** Says beside a failure what the scenario is about: in the terminal below the error, in the UI's report. */

import type { TestContext } from 'vitest';

/**
 * One annotation without a place: the code shows its comments itself.
 *
 * @param doc text of the `///` lines, or null
 */
export function annotateDoc(ctx: TestContext, doc: string | null): void {
  const words = (doc ?? '').split(/\s+/).filter((word) => word !== '');
  if (words.length > 0) void ctx.annotate(words.join(' '), 'scenario');
}
