// SPDX-License-Identifier: MIT
/** Revisions of one thing beside each other: which have which version of which function. */

import type { KernelFunction, KernelProfile } from './read-profiles.ts';

/** One text of a function, and the revisions that have it. */
export interface Version {
  /** `A` for the oldest. */
  readonly letter: string;
  readonly definition: KernelFunction;
}

/** One function of a family. */
export interface FamilyRow {
  readonly name: string;
  readonly versions: readonly Version[];
  /** By column, the letter of the version that the revision has, or null. */
  readonly cells: readonly (string | null)[];
}

export interface Family {
  /** `linux`, `drivers/nouveau`. */
  readonly name: string;
  /** What follows the family's name: `5.3-rc1`, `hmm-v2`. */
  readonly columns: readonly string[];
  readonly rows: readonly FamilyRow[];
}

/** Families in order of their names; revisions in theirs, those without a number last. */
export function families(profiles: readonly KernelProfile[]): readonly Family[] {
  const names = [...new Set(profiles.map(({ name }) => familyOf(name)))].toSorted();
  return names.map((name) => {
    const members = profiles
      .filter((profile) => familyOf(profile.name) === name)
      .toSorted((a, b) => compareRevisions(revisionOf(a.name), revisionOf(b.name)));
    const functions = [
      ...new Set(members.flatMap((member) => member.functions.map((f) => f.name))),
    ].toSorted();
    return {
      name,
      columns: members.map((member) => revisionOf(member.name)),
      rows: functions.map((title) => rowOf(title, members)),
    };
  });
}

function rowOf(name: string, members: readonly KernelProfile[]): FamilyRow {
  const found = members.map((member) => member.functions.find((f) => f.name === name) ?? null);
  const places: string[] = [];
  const versions: Version[] = [];
  const cells = found.map((definition) => {
    if (definition === null) return null;
    const place = `${definition.file}:${definition.line}`;
    if (!places.includes(place)) {
      places.push(place);
      versions.push({ letter: letterOf(versions.length), definition });
    }
    return letterOf(places.indexOf(place));
  });
  return { name, versions, cells };
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** `A` to `Z`, then `A1` and so on. */
function letterOf(index: number): string {
  const letter = LETTERS.charAt(index % LETTERS.length);
  const round = Math.floor(index / LETTERS.length);
  return round === 0 ? letter : `${letter}${round}`;
}

function familyOf(name: string): string {
  return name.slice(0, name.lastIndexOf('/'));
}

function revisionOf(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1);
}

/** Negative if `a` comes first: 4.18, 5.2, 5.3-rc1, 5.3, 5.10, and then what has no number. */
function compareRevisions(a: string, b: string): number {
  const [left, right] = [numbersOf(a), numbersOf(b)];
  for (let i = 0; i < 3; i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return a < b ? -1 : Number(a > b);
}

/** `5.3-rc1` is 5, 3, 1; `5.3` is 5, 3, 1000, behind its candidates. */
function numbersOf(revision: string): readonly number[] {
  const found = /^(\d+)\.(\d+)(?:-rc(\d+))?$/.exec(revision);
  return found === null ? [1000] : [found[1], found[2], found[3] ?? 1000].map(Number);
}
