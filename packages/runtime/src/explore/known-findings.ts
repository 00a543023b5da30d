// SPDX-License-Identifier: MIT
/** The findings of a search so far: each once, in order of discovery, with the place it was met first. */

import type { Occurrence } from '../interpreter/machine.ts';
import type { Program } from '../program/index.ts';
import type { Judgement } from './expectations.ts';
import { judge } from './expectations.ts';
import { InternedSets } from './interned-sets.ts';

/** Where a finding was met first. */
export interface Place {
  /** The state that shows it or that the step starts from; -1 if there is none (the set-up). */
  readonly state: number;
  /** The step that shows it, or -1 if the state itself does. */
  readonly edge: number;
}

export interface KnownFinding extends Judgement {
  readonly occurrence: Occurrence;
  readonly place: Place;
  /** The thread that a partial deadlock is about, else null. */
  readonly blockedThread: number | null;
}

function identityOf({ key }: Occurrence, { namedBy }: Judgement): string {
  return `${namedBy.join()} ${key}`;
}

export class KnownFindings {
  readonly #program: Program;
  readonly #list: KnownFinding[];
  readonly #numbers: Map<string, number>;
  readonly #sets: InternedSets;

  constructor(program: Program, other?: KnownFindings) {
    this.#program = program;
    this.#list = other === undefined ? [] : [...other.#list];
    this.#numbers = new Map(other === undefined ? [] : other.#numbers);
    this.#sets = new InternedSets(other === undefined ? undefined : other.#sets);
  }

  /** The same findings, to be added to without changing this list. */
  copy(): KnownFindings {
    return new KnownFindings(this.#program, this);
  }

  get list(): readonly KnownFinding[] {
    return this.#list;
  }

  /**
   * Enters an occurrence and returns the number of its finding. Occurrences with one key are two
   * findings if the expectations tell them apart (`at`), or one would hide behind the other.
   */
  add(occurrence: Occurrence, place: Place, blockedThread: number | null = null): number {
    const judgement = judge(this.#program, occurrence);
    const identity = identityOf(occurrence, judgement);
    const known = this.#numbers.get(identity);
    if (known !== undefined) return known;
    this.#list.push({ ...judgement, occurrence, place, blockedThread });
    this.#numbers.set(identity, this.#list.length - 1);
    return this.#list.length - 1;
  }

  /** Whether an occurrence is one of this finding. */
  isOf(finding: KnownFinding, occurrence: Occurrence): boolean {
    return (
      identityOf(finding.occurrence, finding) ===
      identityOf(occurrence, judge(this.#program, occurrence))
    );
  }

  /** The number of a set of findings, for the graph's tables. */
  setOf(findings: readonly number[]): number {
    return this.#sets.intern(findings);
  }

  /** All sets in order of their numbers. */
  get sets(): readonly (readonly number[])[] {
    return this.#sets.all;
  }

  /** Numbers of the findings in a set. */
  inSet(set: number): readonly number[] {
    return this.#sets.members(set);
  }

  at(number: number): KnownFinding {
    const finding = this.#list[number];
    if (finding === undefined) throw new RangeError(`no finding ${number}`);
    return finding;
  }
}
