// SPDX-License-Identifier: MIT
/** What a way on leads to, by what it depends on: values to be written, findings, or a limit of the model. */

import type { StateGraph } from '../explore/graph.ts';
import { othersIn, StepMarks } from '../explore/step-marks.ts';
import { Draft } from '../interpreter/draft.ts';
import type { Transition } from '../interpreter/machine.ts';
import type { StateView } from '../interpreter/state-view.ts';
import type { StepContext } from '../interpreter/step.ts';
import type { Performed } from '../interpreter/step.ts';
import { perform, resultOf } from '../interpreter/step.ts';
import { leafOf } from './decision-forest.ts';
import type { Model } from './model.ts';
import type { Outcome } from './outcome.ts';
import type { Packing } from './packing.ts';
import { Rows } from './rows.ts';
import type { Taken } from './thread-circles.ts';

/** One way on of one thread. */
export interface Way {
  readonly transition: Transition;
  /** Root of its tree, and of the tree that said there is this way. */
  readonly root: number;
  readonly waysRoot: number;
}

/** Whether writing is all there is to do. */
function isPlain(outcome: Outcome): boolean {
  return outcome.kind === 'writes' && !outcome.kills && outcome.others === 0;
}

/** What an outcome takes beside its row of writes, about. */
const OUTCOME_BYTES = 400;

/** In place of a transition's code: the outcome is none, or not all, that is written. */
const SPECIAL = -1;

export class LearnedOutcomes {
  readonly list: Outcome[] = [];
  readonly taken: Taken[] = [];
  /** By outcome: code of its transition, and marks if it leads to a state. */
  readonly codes: number[] = [];
  readonly marks: number[] = [];
  /** By outcome: the number of its code with its marks, or {@link SPECIAL}. */
  readonly plainCodes: Rows = new Rows(1);
  /** By outcome, for each word of a state: the bits that stay, then the bits that are set. */
  writes: Rows;
  /** One row of it, being made. */
  #row: Int32Array;
  readonly #context: StepContext;
  readonly #model: Model;
  readonly #graph: StateGraph;
  readonly #stepMarks: StepMarks;
  /** Every state is renumbered after the step. */
  readonly #renumbers: boolean;

  constructor(context: StepContext, model: Model, graph: StateGraph) {
    this.#context = context;
    this.#model = model;
    this.#graph = graph;
    this.#stepMarks = new StepMarks(context.world.program);
    this.#renumbers = context.world.sequences !== null;
    this.writes = new Rows(2 * model.packing.words);
    this.#row = new Int32Array(2 * model.packing.words);
    model.onRepack((packing) => this.#repack(packing));
  }

  get bytes(): number {
    return this.writes.items.byteLength + this.list.length * OUTCOME_BYTES;
  }

  /** The outcome of a way on from the packed state at `offset`; learning one may repack all states. */
  learn(way: Way, offset: number): number {
    const reference = this.#model.leafFor(way.root, offset, way.waysRoot, (view) =>
      this.#add(way, view, offset),
    );
    this.#model.fit();
    return leafOf(reference);
  }

  #add({ transition }: Way, view: StateView, offset: number): number {
    const { thread } = transition;
    const { frames } = view.thread(thread);
    const outcome = this.#run(transition, view);
    const standing = frames.map(({ proc, pc }) => [proc, pc] as const);
    const code = this.#graph.codes.of(transition);
    const marks =
      outcome.kind === 'writes' ? this.#stepMarks.of(transition, outcome.meant, () => standing) : 0;
    this.list.push(outcome);
    this.taken.push({ thread, from: this.#model.reader(offset)(thread), outcome });
    this.codes.push(code);
    this.marks.push(marks);
    const isPlainStep = isPlain(outcome) && !this.#renumbers;
    this.plainCodes.push([isPlainStep ? this.#graph.codeNumber(code, marks) : SPECIAL]);
    this.writes.push(this.#compiled(outcome, this.#model.packing));
    return this.list.length - 1;
  }

  #run(transition: Transition, view: StateView): Outcome {
    const draft = new Draft(this.#context.world, view, transition.thread);
    const step: Performed = { label: '', meant: new Set() };
    try {
      perform(this.#context, draft, transition, step);
      const meant = [...step.meant];
      return {
        kind: 'writes',
        entries: this.#model.fields.encodeChanges(draft.changes),
        kills: [...draft.changes.slots.values()].includes('dead'),
        meant,
        others: othersIn(meant, transition),
      };
    } catch (error) {
      return resultOf(error, draft);
    }
  }

  #repack(packing: Packing): void {
    this.writes = new Rows(2 * packing.words);
    this.#row = new Int32Array(2 * packing.words);
    for (const outcome of this.list) this.writes.push(this.#compiled(outcome, packing));
  }

  #compiled(outcome: Outcome, packing: Packing): Int32Array {
    const row = this.#row;
    for (let k = 0; k < row.length; k += 2) {
      row[k] = -1;
      row[k + 1] = 0;
    }
    if (outcome.kind !== 'writes') return row;
    for (const [field, value] of outcome.entries) {
      const stay = 2 * (packing.word[field] ?? 0);
      const shift = packing.shift[field] ?? 0;
      row[stay] = (row[stay] ?? -1) & ~((packing.mask[field] ?? 0) << shift);
      row[stay + 1] = (row[stay + 1] ?? 0) | (value << shift);
    }
    return row;
  }
}
