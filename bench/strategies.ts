// SPDX-License-Identifier: MIT
/** Our searches, each with the size up to which it is asked. */

import type { SearchOptions } from '@hmmlab/runtime';

export interface Strategy {
  readonly name: string;
  readonly options: SearchOptions;
  /** Models with more states than this are left out: they would take minutes. */
  readonly mostStates: number;
}

export const strategies: readonly Strategy[] = [
  { name: 'naive', options: { strategy: 'naive' }, mostStates: 40_000 },
];
