// SPDX-License-Identifier: MIT
/** What a way on leads to, by what it depends on: values to be written, findings, or a limit of the model. */

import { StepMarks } from '../explore/step-marks.ts';
import type { TransitionCode } from '../explore/transition-code.ts';
import { Draft } from '../interpreter/draft.ts';
import type { Occurrence, Transition } from '../interpreter/machine.ts';
import type { StateView } from '../interpreter/state-view.ts';
import type { StepContext } from '../interpreter/step.ts';
import { perform, resultOf } from '../interpreter/step.ts';
import type { Entry } from './fields.ts';
import type { Model } from './model.ts';
import type { Packing } from './packing.ts';

export type Outcome =
  | { readonly kind: 'writes'; readonly entries: readonly Entry[] }
  | { readonly kind: 'finding'; readonly occurrences: readonly Occurrence[] }
  | {
      readonly kind: 'limit';
      readonly why: 'pool-exhausted' | 'instruction-limit';
      readonly message: string;
    };

/** One way on of one thread. */
export interface Way {
  readonly transition: Transition;
  /** Root of its tree, and of the tree that said there is this way. */
  readonly root: number;
  readonly waysRoot: number;
}

export class LearnedOutcomes {
  readonly list: Outcome[] = [];
  /** By outcome: its transition and marks as the graph's tables take them. */
  readonly codes: number[] = [];
  readonly marks: number[] = [];
  /** By outcome: its first write in `writes`; of those that are none, -1. */
  readonly first: number[] = [];
  /** By outcome: behind its last write. */
  readonly end: number[] = [];
  /** Triples: word, bits that stay, bits that are set. */
  readonly writes: number[] = [];
  readonly #context: StepContext;
  readonly #model: Model;
  readonly #transitionCode: TransitionCode;
  readonly #stepMarks: StepMarks;

  constructor(context: StepContext, model: Model, transitionCode: TransitionCode) {
    this.#context = context;
    this.#model = model;
    this.#transitionCode = transitionCode;
    this.#stepMarks = new StepMarks(context.world.program);
    model.onRepack((packing) => this.#repack(packing));
  }

  /** The outcome of a way on from the packed state at `offset`; learning one may repack all states. */
  learn(way: Way, offset: number): number {
    const leaf = this.#model.leafFor(way.root, offset, way.waysRoot, (view) => this.#add(way, view));
    this.#model.fit();
    return -1 - leaf;
  }

  #add({ transition }: Way, view: StateView): number {
    const outcome = this.#run(transition, view);
    const { frames } = view.thread(transition.thread);
    const standing = frames.map(({ proc, pc }) => [proc, pc] as const);
    this.list.push(outcome);
    this.codes.push(this.#transitionCode.of(transition));
    this.marks.push(this.#stepMarks.of(transition, () => standing));
    this.#compile(outcome, this.#model.packing);
    return this.list.length - 1;
  }

  #run(transition: Transition, view: StateView): Outcome {
    const draft = new Draft(this.#context.world, view, transition.thread);
    try {
      perform(this.#context, draft, transition);
      return { kind: 'writes', entries: this.#model.fields.encodeChanges(draft.changes) };
    } catch (error) {
      return resultOf(error, draft);
    }
  }

  #repack(packing: Packing): void {
    this.first.length = 0;
    this.end.length = 0;
    this.writes.length = 0;
    for (const outcome of this.list) this.#compile(outcome, packing);
  }

  /** Writes into one word are done at once. */
  #compile(outcome: Outcome, packing: Packing): void {
    if (outcome.kind !== 'writes') {
      this.first.push(-1);
      this.end.push(-1);
      return;
    }
    const words = new Map<number, readonly [stay: number, set: number]>();
    for (const [field, value] of outcome.entries) {
      const word = packing.word[field] ?? 0;
      const shift = packing.shift[field] ?? 0;
      const [stay, set] = words.get(word) ?? [-1, 0];
      words.set(word, [stay & ~((packing.mask[field] ?? 0) << shift), set | (value << shift)]);
    }
    this.first.push(this.writes.length);
    for (const [word, [stay, set]] of words) {
      if (stay !== -1) this.writes.push(word, stay, set);
    }
    this.end.push(this.writes.length);
  }
}
