// SPDX-License-Identifier: MIT
/** Names that a profile took away from its base and that are still in use. */

import type { At, Problems } from './problems.ts';
import type { Scope } from './symbols.ts';

/**
 * Reports a name that is unknown because a profile removed it: at the `remove` if code of a profile uses it,
 * else at the use.
 *
 * @returns whether that is why
 */
export function reportRemoved(name: string, at: At, scope: Scope, problems: Problems): boolean {
  const removal = scope
    .chain()
    .map((level) => level.removed.get(name))
    .find((found) => found !== undefined);
  if (removal === undefined) return false;
  if (scope.level === 'core' || scope.level === 'driver')
    problems.error(
      'HMM2016',
      removal,
      `\`${name}\` is removed here and still used`,
      'replace what uses it, too, or keep it',
      [{ message: 'it is used here', at }],
    );
  else
    problems.error('HMM2016', at, `\`${name}\` is removed by the profile in use`, null, [
      { message: 'it is removed here', at: removal },
    ]);
  return true;
}
