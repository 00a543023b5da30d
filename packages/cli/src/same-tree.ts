// SPDX-License-Identifier: MIT
/** Whether two files say the same: their syntax trees without places. */

import type { File } from '@hmmlab/dsl';

/** Doc comments count, other comments do not. */
export function sameTree(one: File | null, other: File | null): boolean {
  return one !== null && other !== null && withoutPlaces(one) === withoutPlaces(other);
}

function withoutPlaces(tree: File): string {
  return JSON.stringify(tree, (key, value: unknown) =>
    (key === 'start' || key === 'end') && typeof value === 'number' ? undefined : value,
  );
}
