// SPDX-License-Identifier: MIT
/** The levels of names a scenario sees: built-in words, core, drivers, file, its own. */

import type { Problems } from '../check/problems.ts';
import { declare } from '../check/declare.ts';
import { createScope } from '../check/scope.ts';
import type { Scope, ValueSymbol } from '../check/symbols.ts';
import { PTE, WIDE_INT } from '../check/types.ts';
import type { Located } from '../load/profile.ts';
import type { World } from '../load/world.ts';

export interface Scopes {
  readonly builtin: Scope;
  /** Top level of the file and its imports; through it drivers and core. */
  readonly file: Scope;
}

/** Declares everything but the scenario's own names. */
export function createScopes(
  world: World,
  definitions: readonly Located[],
  problems: Problems,
): Scopes {
  const builtin = createScope('builtin', null);
  builtin.values.set('PTE_NONE', {
    kind: 'constant',
    name: 'PTE_NONE',
    type: PTE,
    value: 0,
    text: null,
  });
  const core = createScope('core', builtin);
  declare(world.core?.definitions.values() ?? [], core, problems);
  for (const [name, at] of world.core?.removed ?? []) core.removed.set(name, at);
  const drivers = createScope('driver', core);
  for (const driver of world.drivers) {
    declare(driver.definitions.values(), drivers, problems);
    for (const [name, at] of driver.removed) drivers.removed.set(name, at);
  }
  const file = createScope('file', drivers);
  declare(definitions, file, problems);
  return { builtin, file };
}

/** Sizes that lengths and ranges may use. */
export function declareSizes(
  builtin: Scope,
  sizes: { readonly nrPages: number; readonly nrFrames: number },
): void {
  const declareNumber = (name: string, value: number): void => {
    builtin.values.set(name, { kind: 'constant', name, type: WIDE_INT, value, text: null });
  };
  declareNumber('NR_PAGES', sizes.nrPages);
  declareNumber('NR_FRAMES', sizes.nrFrames);
}

/** Where a looked-up parameter or world is declared; null for what needs no use. */
export function declarationOf(
  value: ValueSymbol,
): { readonly start: number; readonly end: number } | null {
  if (value.kind === 'constant') return value.declared ?? null;
  return value.at.node;
}
