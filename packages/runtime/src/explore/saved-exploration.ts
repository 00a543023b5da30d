// SPDX-License-Identifier: MIT
/** What every exploration has brought together, as plain data and back. */

import type { SavedExploration } from './checkpoint.ts';
import type { Exploration } from './exploration.ts';
import type { GraphRows } from './graph.ts';

/** Limits of the search, which it may have more room for next time. */
const OF_THE_SEARCH: readonly (string | null)[] = ['state-limit', 'memory-limit'];

/** Without the graph's rows. */
export function savedExploration<State>(exploration: Exploration<State>): SavedExploration {
  const { graph, findings, finals, incomplete } = exploration;
  return {
    graph: graph.counts,
    findings: findings.list.map(({ occurrence, place }) => ({ occurrence, place })),
    findingSets: findings.sets,
    blockedSets: exploration.blockedSets.all,
    finals: { count: finals.count, met: finals.met },
    hiddenBehind: [...exploration.hiddenBehind],
    modelLimits: [...exploration.modelLimits],
    incomplete: OF_THE_SEARCH.includes(incomplete) ? null : incomplete,
    maxDepth: exploration.maxDepth,
    cuts: exploration.cuts,
    reached: [...exploration.machine.reached].toSorted((a, b) => a - b),
  };
}

/** Brings an exploration that has not begun to where another one was; `reached` is its machine's. */
export function restoreExploration<State>(
  exploration: Exploration<State>,
  saved: SavedExploration,
  rows: GraphRows,
): void {
  exploration.graph.restore(saved.graph, rows);
  for (const { occurrence, place } of saved.findings) exploration.findings.add(occurrence, place);
  for (const set of saved.findingSets) exploration.findings.setOf(set);
  for (const set of saved.blockedSets) exploration.blockedSets.intern(set);
  exploration.finals.restore(saved.finals.count, saved.finals.met);
  for (const position of saved.hiddenBehind) exploration.hiddenBehind.add(position);
  for (const [message, why] of saved.modelLimits) exploration.modelLimits.set(message, why);
  exploration.incomplete = saved.incomplete;
  exploration.maxDepth = saved.maxDepth;
  exploration.cuts = saved.cuts;
}
