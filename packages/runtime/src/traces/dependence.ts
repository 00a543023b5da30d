// SPDX-License-Identifier: MIT
/** Dependence of numbered steps, each pair worked out once. */

import type { Footprint } from './footprint.ts';
import { areDependent } from './footprint.ts';

/** What has a footprint and a number of its own. */
export interface Numbered {
  readonly id: number;
  readonly footprint: Footprint;
}

/** Pairs of steps with higher numbers are worked out each time. */
const MOST_KNOWN = 8192;

const UNKNOWN = 0;
const INDEPENDENT = 1;
const DEPENDENT = 2;

export class Dependence {
  readonly #known: Uint8Array[] = [];

  /** Of the table. */
  bytes = 0;

  of(a: Numbered, b: Numbered): boolean {
    const known = this.#known[a.id]?.[b.id] ?? UNKNOWN;
    return known === UNKNOWN ? this.#workOut(a, b) : known === DEPENDENT;
  }

  #workOut(a: Numbered, b: Numbered): boolean {
    const answer = areDependent(a.footprint, b.footprint);
    if (a.id < MOST_KNOWN && b.id < MOST_KNOWN) {
      this.#note(a.id, b.id, answer);
      this.#note(b.id, a.id, answer);
    }
    return answer;
  }

  #note(a: number, b: number, answer: boolean): void {
    while (this.#known.length <= a) this.#known.push(new Uint8Array(16));
    let row = this.#known[a] ?? new Uint8Array(16);
    if (row.length <= b) {
      const longer = new Uint8Array(Math.max(b + 1, row.length * 2));
      longer.set(row);
      this.bytes += longer.length - row.length;
      this.#known[a] = longer;
      row = longer;
    }
    row[b] = answer ? DEPENDENT : INDEPENDENT;
  }
}
