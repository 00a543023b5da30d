// SPDX-License-Identifier: MIT
/**
 * Matchers for templates of `@hmmlab/embedded`, in tests written in TypeScript:
 *
 *     import '@hmmlab/vitest/matchers';
 *     await expect(hmm`scenario "ABBA" { ... }`).toDeadlock({ on: 'a' });
 */

import type { FindingName } from '@hmmlab/runtime/program';
import { expect } from 'vitest';
import { type FindingFilter, toFind } from './matchers/finds.ts';
import { toHold } from './matchers/holds.ts';
import { toReach } from './matchers/reaches.ts';

declare module 'vitest' {
  // Both parameters must be named and bounded as vitest has them.
  interface Matchers<R extends void | Promise<void> = void | Promise<void>, T = unknown> {
    /** Every schedule of every instance was explored and none goes wrong. `not`: one does. */
    toHold(): Promise<void>;
    /** Some schedule ends in a deadlock. `not`: every schedule was explored and none does. */
    toDeadlock(filter?: FindingFilter): Promise<void>;
    /** Some schedule shows this finding. `not`: every schedule was explored and none does. */
    toFind(finding: FindingName, filter?: FindingFilter): Promise<void>;
    /**
     * The condition is true in the final state of some schedule: `A.ret == -EBUSY`. `not`: every
     * schedule was explored and it is true at the end of none.
     */
    toReach(condition: string): Promise<void>;
  }
}

expect.extend({
  toHold(received) {
    return toHold(this.isNot, received);
  },
  toDeadlock(received, filter?: FindingFilter) {
    return toFind(this.isNot, received, 'deadlock', filter);
  },
  toFind(received, finding: FindingName, filter?: FindingFilter) {
    return toFind(this.isNot, received, finding, filter);
  },
  toReach(received, condition: string) {
    return toReach(this.isNot, received, condition);
  },
});

export type { FindingFilter } from './matchers/finds.ts';
