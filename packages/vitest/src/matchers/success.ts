// SPDX-License-Identifier: MIT
/** What a matcher returns that throws its own error otherwise: its test is so, with `not` or without. */

/** vitest turns `pass` round after `not`. */
export interface Success {
  readonly pass: boolean;
  readonly message: () => string;
}

/** @param isNot whether `not` stands before the matcher */
export function success(isNot: boolean): Success {
  return { pass: !isNot, message: () => 'this cannot fail' };
}
