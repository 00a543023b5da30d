// SPDX-License-Identifier: MIT
/** Profiles, drivers and definitions that a file holds, checked although no scenario of it uses them. */

import type { World } from '../load/world.ts';
import { createWorld } from '../load/world.ts';
import type { InstanceContext } from './body.ts';
import { checkScope } from './check-scope.ts';
import { notHere } from './not-here.ts';
import { Numbering } from './numbering.ts';
import { Orders } from './orders.ts';
import { Pools } from './pools.ts';
import type { ScenarioContext } from './scenario.ts';
import { createScopes, declareSizes } from './scopes.ts';

/** Sizes that checks without a scenario assume. */
const SIZES = { nrPages: 4, nrFrames: 5 };

/** @param hasScenarios then the file's own definitions are checked with them */
export function checkProfiles(context: ScenarioContext, hasScenarios: boolean): void {
  const { source, profiles, problems, uses } = context;
  for (const item of source.ast?.items ?? []) {
    if (item.kind !== 'profile') continue;
    const at = { source, node: item.name };
    const flat = profiles.use((item.sort === 'driver' ? 'drivers/' : '') + item.name.name, at);
    if (flat === null) continue;
    if (item.sort === 'profile')
      checkWorld({ core: flat, drivers: [], label: null }, context, false);
    for (const core of item.for) {
      const base = profiles.use(core.name, { source, node: core });
      if (base !== null) checkWorld({ core: base, drivers: [flat], label: null }, context, false);
    }
  }
  if (hasScenarios) return;
  const world = createWorld([uses], profiles, problems);
  if (world !== null) checkWorld(world, context, true);
}

function checkWorld(world: World, context: ScenarioContext, withFile: boolean): void {
  const { source, problems, usage, elsewhere } = context;
  const { builtin, file } = createScopes(world, withFile ? context.definitions : [], problems);
  declareSizes(builtin, SIZES);
  const numbering = new Numbering(source);
  const pools = new Pools(problems, (initial) => numbering.initial(initial));
  const instance: InstanceContext = {
    problems,
    usage,
    elsewhere: notHere(elsewhere, world),
    numbering,
    threads: new Map(),
    use: () => {},
    heapPool: () => 0,
    scopePool: () => 0,
    standIn: (type, at) => pools.standIn(type, at, file),
    unreached: () => {},
    orders: new Orders(),
  };
  checkScope(file, source, instance, { done: () => false, checked: new Set(), warns: false });
}
