// SPDX-License-Identifier: MIT
/** Whether a scenario is content with the bounds of its search: each expectation has to name every one. */

import type { Limited } from '../interpreter/machine.ts';
import type { Bound, Program } from '../program/index.ts';

function isSame(a: Bound, b: Bound): boolean {
  if (a.kind === 'schedule' || b.kind === 'schedule') return a.kind === b.kind;
  return a.kind === b.kind && a.most === b.most;
}

/** True also where there are no bounds. */
export function namesBounds({ expectations }: Program, limited: Limited | undefined): boolean {
  if (limited === undefined) return true;
  return expectations.every(({ within = [] }) =>
    limited.bounds.every((bound) => within.some((named) => isSame(named, bound))),
  );
}
