// SPDX-License-Identifier: MIT
/**
 * A packed state as the interpreter sees it, with every read noted in order. This is the only way to
 * the state for a run that is learned from, so what it notes is all that the run can depend on.
 */

import type { SlotStatus, ThreadState } from '../interpreter/state.ts';
import type { CellQuestion, StateView } from '../interpreter/state-view.ts';
import type { Value } from '../interpreter/values.ts';
import type { Fields } from './fields.ts';

/** The value of a field, or only the answer to a question about it. */
export interface Read {
  readonly field: number;
  readonly question: Question | null;
}

/** A question about a field's values, by their numbers. */
export interface Question {
  readonly name: string;
  readonly of: (value: number) => boolean;
}

const FINISHED = 'finished';

export class RecordingView implements StateView {
  readonly reads: Read[] = [];
  readonly #fields: Fields;
  readonly #number: (field: number) => number;
  readonly #values = new Set<number>();
  readonly #answers = new Set<string>();

  /**
   * @param number the number of a field's value
   * @param known what has been read before, and need not be noted again
   */
  constructor(fields: Fields, number: (field: number) => number, known: readonly Read[] = []) {
    this.#fields = fields;
    this.#number = number;
    for (const read of known) this.#isNew(read);
  }

  get threadCount(): number {
    return this.#fields.threads.length;
  }

  cell(address: number): Value {
    return this.#fields.cell(address).at(this.#value(this.#fields.ofCell(address)));
  }

  ask(address: number, question: CellQuestion): boolean {
    const known = this.#fields.cell(address);
    const of = (value: number): boolean => question.of(known.at(value));
    return this.#answer(this.#fields.ofCell(address), { name: question.name, of });
  }

  slot(number: number): SlotStatus {
    return this.#fields.slot(number).at(this.#value(this.#fields.ofSlot(number)));
  }

  thread(index: number): ThreadState {
    return this.#fields.thread(index).at(this.#value(index));
  }

  isFinished(thread: number): boolean {
    const known = this.#fields.thread(thread);
    const of = (value: number): boolean => known.at(value).frames.length === 0;
    return this.#answer(thread, { name: FINISHED, of });
  }

  #value(field: number): number {
    const read = { field, question: null };
    if (this.#isNew(read)) this.reads.push(read);
    return this.#number(field);
  }

  #answer(field: number, question: Question): boolean {
    const read = { field, question };
    if (this.#isNew(read)) this.reads.push(read);
    return question.of(this.#number(field));
  }

  #isNew({ field, question }: Read): boolean {
    if (this.#values.has(field)) return false;
    if (question === null) {
      this.#values.add(field);
      return true;
    }
    const answer = `${field} ${question.name}`;
    if (this.#answers.has(answer)) return false;
    this.#answers.add(answer);
    return true;
  }
}
