// SPDX-License-Identifier: MIT
/** The words before `scenario`, as tokens: looked at before there is a tree, where brackets do not match. */

import * as t from './tokens.ts';

const modes: ReadonlySet<t.Token['tokenType']> = new Set([t.Skip, t.Only, t.Todo]);

/**
 * How many of the last tokens are the `skip`, `skip "why"`, `only` or `todo` of a scenario that follows.
 * It may follow in the line after a reason.
 */
export function countModeTokens(tokens: readonly t.Token[]): number {
  const line = tokens.at(-1)?.tokenType === t.Newline ? 1 : 0;
  const [before, last] = [tokens.at(-2 - line)?.tokenType, tokens.at(-1 - line)?.tokenType];
  if (last === t.Str && before === t.Skip) return 2 + line;
  return line === 0 && last !== undefined && modes.has(last) ? 1 : 0;
}
