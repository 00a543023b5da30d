// SPDX-License-Identifier: MIT
/** Which instance is compared with which. */

import type { Compilation, Instance } from '@hmmlab/dsl';
import { type Choice, selectScenarios } from '../select-scenarios.ts';

/** Two instances that differ in their file, or in a part of their name. */
export interface Pair {
  readonly before: Instance;
  readonly after: Instance;
}

/** What stands in brackets behind a title and is exchanged: `linux/5.3`, `writer=true`. */
export interface Exchange {
  readonly before: string;
  readonly after: string;
}

/** Instances of the first file with those of the second that have their name, after the exchange if there is one. */
export function pairInstances(
  before: Compilation,
  after: Compilation,
  choice: Choice,
  exchange: Exchange | null,
): readonly Pair[] {
  const others = new Map(instancesOf(after).map((instance) => [instance.name, instance]));
  return selectScenarios(before.scenarios, choice).flatMap(({ scenario, instances }) =>
    instances.flatMap((instance): readonly Pair[] => {
      const rest = instance.name.slice(scenario.title.length);
      if (exchange !== null && !rest.includes(exchange.before)) return [];
      const changed = exchange === null ? rest : rest.replace(exchange.before, exchange.after);
      const other = others.get(scenario.title + changed);
      return other === undefined ? [] : [{ before: instance, after: other }];
    }),
  );
}

function instancesOf({ scenarios }: Compilation): readonly Instance[] {
  return scenarios.flatMap(({ instances }) => instances);
}
