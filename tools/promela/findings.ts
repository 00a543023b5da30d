// SPDX-License-Identifier: MIT
/** What a verifier prints the number of. */

import { findingRows } from '@hmmlab/runtime/program';

/** Beside the findings: a model that is too small to go on, and a stuck state, whose causes SPIN does not tell apart. */
export const findingNames: readonly string[] = [
  ...findingRows.map(({ name }) => name),
  'limit',
  'stuck',
];

export function findingNumber(name: string): number {
  const index = findingNames.indexOf(name);
  if (index < 0) throw new Error(`no finding ${name}`);
  return index;
}
