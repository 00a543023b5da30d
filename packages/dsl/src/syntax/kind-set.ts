// SPDX-License-Identifier: MIT
/** A set of kinds of tokens that is asked for each token of a file: a table, without hashing. */

import type { TokenType } from 'chevrotain';

export class KindSet {
  readonly #members: Uint8Array;

  constructor(types: Iterable<TokenType>) {
    const numbers = [...types].map(numberOf);
    this.#members = new Uint8Array(1 + Math.max(0, ...numbers));
    for (const number of numbers) this.#members[number] = 1;
  }

  has(type: TokenType): boolean {
    return this.#members[numberOf(type)] === 1;
  }
}

function numberOf({ tokenTypeIdx }: TokenType): number {
  return tokenTypeIdx ?? 0;
}
