// SPDX-License-Identifier: MIT
/** `EBUSY` and its kin. */

import { errnoNumbers } from '@hmmlab/runtime/program';

/** The Linux number of an error name, positive as in C; null for any other word. */
export function errorNumber(name: string): number | null {
  return errnoNumbers.get(name) ?? null;
}
