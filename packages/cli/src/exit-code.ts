// SPDX-License-Identifier: MIT
/** What the shell is told. */

import type { Verdict } from '@hmmlab/runtime/program';

/**
 * 0 all expectations met, 1 some not, 2 inconclusive, 3 invalid input, 4 a mistake of hmmlab itself.
 */
export type ExitCode = 0 | 1 | 2 | 3 | 4;

const SEVERITY: readonly ExitCode[] = [0, 2, 1, 3, 4];

/** The worse of two; from bad to good: 4, 3, 1, 2, 0. */
export function worse(a: ExitCode, b: ExitCode): ExitCode {
  return SEVERITY.indexOf(a) >= SEVERITY.indexOf(b) ? a : b;
}

/** What one scenario's outcome says to the shell. */
export function outcomeExitCode(outcome: Verdict['outcome']): ExitCode {
  switch (outcome) {
    case 'passed':
      return 0;
    case 'failed':
      return 1;
    case 'inconclusive':
      return 2;
    case 'broken':
      return 4;
  }
}
