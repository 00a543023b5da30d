// SPDX-License-Identifier: MIT
/** What one way on leads to. */

import type { Occurrence } from '../interpreter/machine.ts';
import type { Entry } from './fields.ts';

export type Outcome =
  | {
      readonly kind: 'writes';
      readonly entries: readonly Entry[];
      /** A slot dies, so that it may become free at once. */
      readonly kills: boolean;
      /** Threads that pass the head of a loop that is meant. */
      readonly meant: readonly number[];
      /** Those of them that do not act, as a mask. */
      readonly others: number;
    }
  | { readonly kind: 'finding'; readonly occurrences: readonly Occurrence[] }
  /** Only runs that an assumption excludes go on here. */
  | { readonly kind: 'cut' }
  | {
      readonly kind: 'limit';
      readonly why: 'pool-exhausted' | 'instruction-limit';
      readonly message: string;
    };
