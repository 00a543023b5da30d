// SPDX-License-Identifier: MIT
/** Our searches, each with the size up to which it is asked. */

import type { SearchOptions } from '@hmmlab/runtime';

export interface Strategy {
  readonly name: string;
  readonly options: SearchOptions;
  /** Models with more states than this are left out: they would take minutes. */
  readonly mostStates: number;
}

/** More than any model here needs. */
const ROOM = { maxStates: 20_000_000, maxBytes: 8 * 2 ** 30 } as const;

/** The first is what users get; SPIN's full search checks what `safety` does. */
export const strategies: readonly Strategy[] = [
  { name: 'exhaustive', options: { strategy: 'exhaustive', ...ROOM }, mostStates: 5_000_000 },
  {
    name: 'exhaustive, safety',
    options: { strategy: 'exhaustive', checks: 'safety', ...ROOM },
    mostStates: 5_000_000,
  },
  { name: 'naive', options: { strategy: 'naive' }, mostStates: 40_000 },
];
