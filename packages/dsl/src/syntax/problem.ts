// SPDX-License-Identifier: MIT
/** What the front end's passes report before places become lines and columns. */

import type { SyntaxCode } from './codes.ts';

export interface SyntaxProblem {
  readonly code: SyntaxCode;
  /** Offsets; `end` is exclusive and may equal `start` (something is missing there). */
  readonly start: number;
  readonly end: number;
  readonly message: string;
  readonly help: string;
  /** Text that this problem makes doubtful: later complaints about it are not shown. */
  readonly taints: { readonly start: number; readonly end: number };
  /** Another place that explains it. */
  readonly related: {
    readonly message: string;
    readonly start: number;
    readonly end: number;
  } | null;
}
