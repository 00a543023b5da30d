// SPDX-License-Identifier: MIT
/** The exhaustive search with its manner chosen, for tests: small programs would end before code is made. */

import type { Manner } from '../engine/learned-exploration.ts';
import { LearnedExploration } from '../engine/learned-exploration.ts';
import type { SearchOptions } from '../explore/search.ts';
import { needsGraph, searchBy, taskOf } from '../explore/search-machine.ts';
import type { Program, Verdict } from '../program/index.ts';

/** How states are expanded: without generated code, or with it from the first state on. */
export type Expansion = 'tables' | 'generated';

export function warmUpOf(expansion: Expansion): number {
  return expansion === 'generated' ? 1 : Infinity;
}

/** The verdict of the exhaustive search. */
export function engineVerdict(
  program: Program,
  options: SearchOptions,
  expansion: Expansion,
): Verdict {
  const task = taskOf(program, options);
  const explore = (keepsGraph: boolean): LearnedExploration => {
    const manner: Manner = { keepsGraph, warmUp: warmUpOf(expansion) };
    return new LearnedExploration(program, task, manner);
  };
  const first = explore(needsGraph(program, task));
  const search = searchBy({ first, second: () => explore(true) }, task);
  while (!search.advance(1000));
  return search.verdict();
}
