// SPDX-License-Identifier: MIT
/** Says at the statements themselves who waits for whom: vitest's UI shows it between the lines. */

import type { TestContext } from 'vitest';
import { type Judged, mainFinding } from './failure.ts';
import type { Places } from './module-data.ts';

/** One annotation per waiting thread that stands in the scenario's own file. */
export function annotateWaits(ctx: TestContext, { verdict }: Judged, places: Places): void {
  for (const { thread, action, waitsFor, span } of mainFinding(verdict)?.waiting ?? []) {
    const at = span.file === 0 ? places[`${span.line}:${span.column}`] : undefined;
    const whom =
      waitsFor.length === 0 ? 'nobody is left to wake it' : `waits for ${waitsFor.join(', ')}`;
    at?.(() => void ctx.annotate(`${thread}: ${action}, ${whom}`, 'waits'));
  }
}
