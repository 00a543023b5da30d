// SPDX-License-Identifier: MIT
/** Nested name tables: built-in words, then core, drivers, file, scenario. */

import type { Level, Scope, ValueSymbol } from './symbols.ts';

/**
 * An empty level inside `parent`.
 *
 * @param note called with each value of this level that is looked up: it is used
 */
export function createScope(
  level: Level,
  parent: Scope | null,
  note: (value: ValueSymbol) => void = () => {},
): Scope {
  const scope: Scope = {
    level,
    types: new Map(),
    ops: new Map(),
    procs: new Map(),
    values: new Map(),
    verbs: new Map(),
    verbWords: new Set(),
    hooks: new Map(),
    removed: new Map(),
    type: (name) => scope.types.get(name) ?? parent?.type(name) ?? null,
    opsInterface: (name) => scope.ops.get(name) ?? parent?.opsInterface(name) ?? null,
    proc: (name) => scope.procs.get(name) ?? parent?.proc(name) ?? null,
    value: (name) => {
      const own = scope.values.get(name);
      if (own !== undefined) note(own);
      return own ?? parent?.value(name) ?? null;
    },
    verb: (words) => scope.verbs.get(words) ?? parent?.verb(words) ?? null,
    beginsVerb: (word) => scope.verbWords.has(word) || (parent?.beginsVerb(word) ?? false),
    hook: (word) => scope.hooks.get(word) ?? parent?.hook(word) ?? null,
    chain: () => [scope, ...(parent?.chain() ?? [])],
  };
  return scope;
}
