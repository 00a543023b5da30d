// SPDX-License-Identifier: MIT
/** Of very many errors the first are shown, and how many more there are. */

import type { Diagnostic } from './diagnostics.ts';

/** Errors that are shown at most. */
export const mostShown = 51;

/**
 * The first errors; the last of them says how many more there are.
 *
 * @param errors   in order; those beyond the first {@link mostShown} are not looked at
 * @param count    of all errors that were found
 * @param complete whether there are no more than that
 */
export function cutOff(
  errors: readonly Diagnostic[],
  count: number,
  complete: boolean,
): readonly Diagnostic[] {
  const last = errors[mostShown - 1];
  const left = count - mostShown;
  if (last === undefined || (left <= 0 && complete)) return errors;
  const some = `${left} more ${left === 1 ? 'error' : 'errors'}`;
  const more = complete ? some : left > 0 ? `at least ${some}` : 'more errors';
  const help = `${more} from here on; mend the ones above first, they may be the reason`;
  return [...errors.slice(0, mostShown - 1), { ...last, help }];
}
