// SPDX-License-Identifier: MIT
/**
 * Which alternative to take, where some are gated: by a table of the alternatives that can begin with a
 * token. Chevrotain itself asks the gate and compares the first tokens of one alternative after the other.
 */

import {
  getLookaheadPaths,
  LLkLookaheadStrategy,
  type ILookaheadStrategy,
  type IOrAlt,
  type IToken,
  type TokenType,
} from 'chevrotain';

type Alternation = Parameters<ILookaheadStrategy['buildLookaheadForAlternation']>[0];
type Chooser = ReturnType<ILookaheadStrategy['buildLookaheadForAlternation']>;

/** For a grammar that looks one token ahead. */
export class TableLookahead extends LLkLookaheadStrategy implements ILookaheadStrategy {
  constructor() {
    super({ maxLookahead: 1 });
  }

  override buildLookaheadForAlternation(options: Alternation): Chooser {
    if (!options.hasPredicates) return super.buildLookaheadForAlternation(options);
    const { rule, prodOccurrence: occurrence } = options;
    const where = { rule, occurrence, prodType: 'Alternation', maxLookahead: 1 } as const;
    const first = getLookaheadPaths(where).map(firstTokens);
    const last = Math.max(0, ...first.flatMap((tokens) => [...(tokens ?? [])]));
    const beginningWith = (token: number | null): readonly number[] =>
      first.flatMap((tokens, index) =>
        tokens === null || (token !== null && tokens.has(token)) ? [index] : [],
      );
    const table = Array.from({ length: last + 1 }, (_, token) => beginningWith(token));
    const others = beginningWith(null);
    return function (
      this: { LA(ahead: number): IToken },
      alternatives?: readonly IOrAlt<unknown>[],
    ) {
      for (const index of table[this.LA(1).tokenTypeIdx] ?? others) {
        const gate = alternatives?.[index]?.GATE;
        if (gate === undefined || gate.call(this)) return index;
      }
      return undefined;
    };
  }
}

/** Numbers of the kinds that an alternative can begin with, members of categories included; null if it can be empty. */
function firstTokens(paths: readonly (readonly TokenType[])[]): ReadonlySet<number> | null {
  const found = new Set<number>();
  for (const [type] of paths) {
    if (type?.tokenTypeIdx === undefined) return null;
    found.add(type.tokenTypeIdx);
    for (const member of type.categoryMatches ?? []) found.add(member);
  }
  return found;
}
