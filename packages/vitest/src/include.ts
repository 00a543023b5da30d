// SPDX-License-Identifier: MIT
/** Which files are tests once the plugin is there. */

import { configDefaults } from 'vitest/config';

/**
 * Globs to add to the user's own: none if theirs already speak of .hmm files, and vitest's defaults
 * as well if they have none, because any value replaces those.
 */
export function addedInclude(include: readonly string[] | undefined): string[] {
  if (include === undefined) return [...configDefaults.include, '**/*.hmm'];
  return include.some((glob) => glob.includes('hmm')) ? [] : ['**/*.hmm'];
}
