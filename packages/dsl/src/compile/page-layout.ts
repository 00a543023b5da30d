// SPDX-License-Identifier: MIT
/** Pages of the scenario's vmas: each mm numbers its own from 0, with an unmapped page between two vmas. */

import { constantNumber } from '../check/constant.ts';
import { limits } from '../check/limits.ts';
import type { Problems } from '../check/problems.ts';
import type { Scope } from '../check/symbols.ts';
import type { Source } from '../load/source.ts';
import type { Scenario, WorldVma } from '../syntax/ast.ts';

export interface PageLayout {
  /** Pages of the largest mm, gaps included; at least 1. */
  readonly nrPages: number;
  /** Pages of all vmas and one to spare; at least 2. */
  readonly nrFrames: number;
  /** Pages `[start, end)` of each vma within its mm. */
  readonly vmas: ReadonlyMap<WorldVma, { readonly start: number; readonly end: number }>;
}

/** @param scope holds the scenario's parameters; nothing else can count pages */
export function layPages(
  scenario: Scenario,
  source: Source,
  scope: Scope,
  problems: Problems,
): PageLayout {
  const ends = new Map<string, number>();
  const vmas = new Map<WorldVma, { readonly start: number; readonly end: number }>();
  let pages = 0;
  for (const item of scenario.items) {
    if (item.kind !== 'world-vma') continue;
    const count = pagesOf(item, source, scope, problems);
    const before = ends.get(item.on.name);
    const start = before === undefined ? 0 : before + 1;
    vmas.set(item, { start, end: start + count });
    ends.set(item.on.name, start + count);
    pages += count;
  }
  return { nrPages: Math.max(1, ...ends.values()), nrFrames: Math.max(2, pages + 1), vmas };
}

function pagesOf(item: WorldVma, source: Source, scope: Scope, problems: Problems): number {
  const at = { source, node: item.pages };
  const count = constantNumber(at, item.pages, scope, problems) ?? 1;
  if (count < 1)
    problems.error('HMM3004', at, `a vma of ${count} pages`, 'it has at least one page');
  if (count > limits.pages)
    problems.error(
      'HMM2019',
      at,
      `a vma of ${count} pages; the limit is ${limits.pages}`,
      'two to four pages show most races',
    );
  return Math.min(Math.max(count, 1), limits.pages);
}
