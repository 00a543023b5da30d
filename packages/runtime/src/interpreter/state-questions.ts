// SPDX-License-Identifier: MIT
/** Yes-or-no questions about whole states, one for each thing that can be wrong with one. */

import { judgeInvariant } from './check-state.ts';
import { areRacing } from './data-races.ts';
import { Draft } from './draft.ts';
import type { World } from './draft.ts';
import { conditionValue } from './interpreter.ts';
import { leakOccurrences, orphanedHolds } from './leaks.ts';
import { staleEntry } from './stale-mapping.ts';
import type { StateView } from './state-view.ts';

export type StateQuestion = (view: StateView) => boolean;

/** What no state may break: see `checkState`. */
export function stateQuestions(world: World): readonly StateQuestion[] {
  const { checks, invariants } = world.program;
  return [
    ...(checks.includes('stale_mapping') ? mirrorQuestions(world, true) : []),
    ...invariants.map(
      (invariant) =>
        (view: StateView): boolean =>
          judgeInvariant(world, view, invariant) === null,
    ),
    ...(checks.includes('data_race') ? raceQuestions(world) : []),
  ];
}

/** One for each pair of threads. */
function raceQuestions(world: World): readonly StateQuestion[] {
  const threads = [...world.program.threads.keys()];
  return threads.flatMap((a) =>
    threads.slice(a + 1).map(
      (b): StateQuestion =>
        (view) =>
          !areRacing(world, view, a, b),
    ),
  );
}

/** What no final state may break: see `judgeEnding`. */
export function endQuestions(world: World): readonly StateQuestion[] {
  const { checks, expectations } = world.program;
  const isClean = (judge: (draft: Draft) => readonly unknown[]): StateQuestion => {
    return (view) => judge(new Draft(world, view, 0)).length === 0;
  };
  const outcomes = [...expectations.entries()].flatMap(([index, { kind }]): StateQuestion[] =>
    kind === 'always' || kind === 'never'
      ? [(view) => conditionValue(world, view, index) === (kind === 'always')]
      : [],
  );
  return [
    ...(checks.includes('leak') ? [isClean(leakOccurrences)] : []),
    isClean(orphanedHolds),
    ...(checks.includes('stale_mapping') ? mirrorQuestions(world, false) : []),
    ...outcomes,
  ];
}

function mirrorQuestions(world: World, owedCounts: boolean): readonly StateQuestion[] {
  return world.program.mirrors.flatMap((mirror) =>
    Array.from({ length: mirror.pages }, (_, page): StateQuestion => {
      return (view) => staleEntry(world.layout, view, { mirror, page, owedCounts }) === null;
    }),
  );
}
