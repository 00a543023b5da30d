// SPDX-License-Identifier: MIT
/**
 * Makes `.hmm` files test files of vitest:
 *
 *     import { hmm } from '@hmmlab/vitest';
 *     export default defineConfig({ plugins: [hmm()] });
 */

import type { Vite } from 'vitest/node';
import { requireNode } from './node-version.ts';
import { createPlugin } from './plugin.ts';

/** When a search gives up on a scenario, which is then inconclusive and fails. */
export interface HmmOptions {
  /** States per scenario; default as in `createSearch`. */
  readonly maxStates?: number;
  /** Megabytes of search tables per scenario; default as in `createSearch`. */
  readonly maxMemory?: number;
  /**
   * Default `exhaustive`; `naive` searches by the reference interpreter, with the same verdict. `traces` explores one of
   * all schedules that differ only in the order of independent steps; what it does not check stands in its verdict.
   */
  readonly strategy?: 'exhaustive' | 'naive' | 'traces';
}

/**
 * The Vite plugin. With several vitest projects it belongs to the one that has the `.hmm` files.
 *
 * @throws one sentence on a Node older than 22.12
 */
export function hmm(options: HmmOptions = {}): Vite.Plugin {
  requireNode(process.versions.node);
  const { maxStates, maxMemory, strategy } = options;
  return createPlugin({
    ...(strategy === undefined ? {} : { strategy }),
    ...(maxStates === undefined ? {} : { maxStates }),
    ...(maxMemory === undefined ? {} : { maxBytes: Math.round(maxMemory * 1024 * 1024) }),
  });
}

export default hmm;
