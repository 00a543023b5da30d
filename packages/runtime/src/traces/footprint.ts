// SPDX-License-Identifier: MIT
/**
 * What a step has read and written, and when two steps depend on each other.
 *
 * Two steps that come next to each other are independent if neither writes what the other reads or writes:
 * then they can change places and nothing else changes. A question (is this lock held by A?) is read only as far as
 * its answer goes: a write that leaves the answer as it was does not count.
 */

import type { Question } from '../engine/recording-view.ts';

/** A question that was asked about one field. */
export interface Asked {
  readonly field: number;
  readonly question: Question;
}

/** A field that was written: numbers of its values before, -1 if that does not matter to the step, and after. */
export interface Written {
  readonly field: number;
  readonly before: number;
  readonly after: number;
}

export interface Accesses {
  readonly reads: readonly number[];
  readonly asked: readonly Asked[];
  readonly writes: readonly Written[];
  /** Depends on every other step: it ends the run, or nothing less than a whole state decides about it. */
  readonly depends: 'by access' | 'on all';
}

export class Footprint implements Accesses {
  readonly reads: readonly number[];
  readonly asked: readonly Asked[];
  readonly writes: readonly Written[];
  readonly depends: 'by access' | 'on all';
  /** One bit a field. */
  readonly readMask: Int32Array;
  readonly writeMask: Int32Array;

  /** @param fields how many fields a state has */
  constructor({ reads, asked, writes, depends }: Accesses, fields: number) {
    this.reads = reads;
    this.asked = asked;
    this.writes = writes;
    this.depends = depends;
    this.readMask = maskOf(reads, fields);
    const written = writes.map(({ field }) => field);
    this.writeMask = maskOf(written, fields);
  }

  /** Whether every step that is independent of the other one is independent of this one. */
  isWithin(other: Footprint): boolean {
    if (other.depends === 'on all') return true;
    if (this.depends === 'on all' || !isSubset(this.writeMask, other.writeMask)) return false;
    return (
      isSubset(this.readMask, other.readMask) &&
      this.asked.every((asked) => other.reads.includes(asked.field) || other.#asks(asked))
    );
  }

  #asks({ field, question }: Asked): boolean {
    return this.asked.some((one) => one.field === field && one.question.name === question.name);
  }

  /** Whether this writes anything that the other one reads. */
  disturbs(other: Footprint): boolean {
    if (meet(this.writeMask, other.readMask)) return true;
    return other.asked.some(({ field, question }) =>
      this.writes.some(
        (written) =>
          written.field === field &&
          (written.before < 0 || question.of(written.before) !== question.of(written.after)),
      ),
    );
  }
}

function maskOf(fields: readonly number[], count: number): Int32Array {
  const mask = new Int32Array(Math.ceil(count / 32));
  for (const field of fields) mask[field >> 5] = (mask[field >> 5] ?? 0) | (1 << (field & 31));
  return mask;
}

function isSubset(a: Int32Array, b: Int32Array): boolean {
  for (let word = 0; word < a.length; word += 1) {
    if (((a[word] ?? 0) & ~(b[word] ?? 0)) !== 0) return false;
  }
  return true;
}

function meet(a: Int32Array, b: Int32Array): boolean {
  for (let word = 0; word < a.length; word += 1) {
    if (((a[word] ?? 0) & (b[word] ?? 0)) !== 0) return true;
  }
  return false;
}

/** Whether two steps depend on each other by what they access. */
export function areDependentByAccess(a: Footprint, b: Footprint): boolean {
  return meet(a.writeMask, b.writeMask) || a.disturbs(b) || b.disturbs(a);
}

/** Whether two steps depend on each other. */
export function areDependent(a: Footprint, b: Footprint): boolean {
  return a.depends === 'on all' || b.depends === 'on all' || areDependentByAccess(a, b);
}
