// SPDX-License-Identifier: MIT
/**
 * What has been learned of a program for exploring traces: what each thread may do, what its steps do, and
 * what they depend on. The interpreter is asked once for all states that agree on what it reads.
 *
 * A state is a row of numbers, one per field; rows are neither packed nor stored. Values of sequence counters are not
 * renumbered, and dead slots are taken up again when one is needed, for both would read the whole state after each step.
 */

import { Fields } from '../engine/fields.ts';
import type { Outcome } from '../engine/outcome.ts';
import type { Read } from '../engine/recording-view.ts';
import { RecordingView } from '../engine/recording-view.ts';
import { TransitionCode } from '../explore/transition-code.ts';
import { Draft } from '../interpreter/draft.ts';
import type { Transition } from '../interpreter/machine.ts';
import type { State } from '../interpreter/state.ts';
import type { StateView } from '../interpreter/state-view.ts';
import type { Performed, StepContext } from '../interpreter/step.ts';
import { perform, resultOf, waysOf } from '../interpreter/step.ts';
import { DecisionTree } from './decision-tree.ts';
import { Dependence } from './dependence.ts';
import type { Asked, Written } from './footprint.ts';
import { Footprint } from './footprint.ts';
import type { Step, StepEnd, Way, Ways } from './step.ts';

/** What a learned object takes beside its arrays, about. */
const LEARNED_BYTES = 600;

/** A step of a state that is a finding in all states after it. */
type Writes = Extract<Outcome, { readonly kind: 'writes' }>;

export class LearnedProgram {
  readonly context: StepContext;
  readonly fields: Fields;
  readonly dependence: Dependence = new Dependence();
  readonly codes: TransitionCode;
  readonly #ways: readonly DecisionTree<Ways>[];
  readonly #endless = new Map<number, Step>();
  #numbers = 0;

  constructor(context: StepContext) {
    const { program } = context.world;
    this.context = context;
    this.fields = new Fields(context.world);
    this.codes = new TransitionCode(program.threads.length);
    this.#ways = program.threads.map(() => new DecisionTree<Ways>());
  }

  get threads(): number {
    return this.#ways.length;
  }

  get bytes(): number {
    return this.#numbers * LEARNED_BYTES + this.dependence.bytes;
  }

  /** A number for something that steps may depend on. */
  nextNumber(): number {
    this.#numbers += 1;
    return this.#numbers - 1;
  }

  /** The step as one that closes a cycle: it ends the schedule, which has no end of its own. */
  endless(step: Step): Step {
    const known = this.#endless.get(step.id);
    if (known !== undefined) return known;
    const { reads, asked, writes } = step.footprint;
    const accesses = { reads, asked, writes, depends: 'on all' } as const;
    const footprint = new Footprint(accesses, this.fields.count);
    const endless: Step = { ...step, id: this.nextNumber(), footprint, end: { kind: 'loop' } };
    this.#endless.set(step.id, endless);
    return endless;
  }

  /** What a thread may do in the row at `offset`. */
  waysOf(thread: number, rows: Int32Array, offset: number): Ways {
    const tree = this.#ways[thread];
    if (tree === undefined) throw new RangeError(`no thread ${thread}`);
    return tree.find(rows, offset) ?? this.#learnWays(tree, thread, rows, offset);
  }

  /** What a way does from the row at `offset`, checks of whole states aside. */
  stepOf(way: Way, rows: Int32Array, offset: number): Step {
    return way.steps.find(rows, offset) ?? this.#learnStep(way, rows, offset);
  }

  /** A function of states with all that it reads. */
  observe<Answer>(
    rows: Int32Array,
    offset: number,
    run: (view: StateView) => Answer,
    known: readonly Read[] = [],
  ): { readonly answer: Answer; readonly reads: readonly Read[] } {
    const view = new RecordingView(this.fields, numberIn(rows, offset), known);
    const answer = run(view);
    return { answer, reads: view.reads };
  }

  decode(rows: Int32Array, offset: number): State {
    return this.fields.decode(numberIn(rows, offset));
  }

  /** The footprint of something that only reads. */
  look(reads: readonly Read[]): Footprint {
    return this.#footprint(reads, [], 'by access');
  }

  #learnWays(tree: DecisionTree<Ways>, thread: number, rows: Int32Array, offset: number): Ways {
    const { answer, reads } = this.observe(rows, offset, (view) => {
      return { ...waysOf(this.context, view, thread), finished: view.isFinished(thread) };
    });
    const list: Way[] = [];
    const { own, environment, finished } = answer;
    const ways: Ways = {
      id: this.nextNumber(),
      footprint: this.look(reads),
      thread,
      list,
      own,
      expires: environment.includes('timeout'),
      finished,
      reads,
    };
    const transitions: Transition[] = [
      ...Array.from({ length: own }, (_, alternative) => ({
        thread,
        alternative,
        environment: null,
      })),
      ...environment.map((one) => ({ thread, alternative: 0, environment: one })),
    ];
    for (const transition of transitions) {
      const label = this.codes.of(transition);
      list.push({ transition, label, ways, steps: new DecisionTree<Step>() });
    }
    tree.learn(reads, numberIn(rows, offset), ways);
    return ways;
  }

  #learnStep(way: Way, rows: Int32Array, offset: number): Step {
    const { transition, ways } = way;
    const run = (view: StateView): StepEnd | Writes => this.#run(transition, view);
    const { answer, reads } = this.observe(rows, offset, run, ways.reads);
    const all = [...ways.reads, ...reads];
    const number = numberIn(rows, offset);
    const isWrite = answer.kind === 'writes';
    const forced = transition.environment === 'signal' || transition.environment === 'wakeup';
    const written = isWrite ? this.#written(answer, all, number) : [];
    const step: Step = {
      id: this.nextNumber(),
      footprint: this.#footprint(all, written, forced || !isWrite ? 'on all' : 'by access'),
      way,
      entries: Int32Array.from(isWrite ? answer.entries.flat() : []),
      end: isWrite ? null : answer,
    };
    way.steps.learn(reads, number, step);
    return step;
  }

  #run(transition: Transition, view: StateView): StepEnd | Writes {
    const draft = new Draft(this.context.world, view, transition.thread);
    const step: Performed = { label: '', meant: new Set() };
    try {
      perform(this.context, draft, transition, step);
      const entries = this.fields.encodeChanges(draft.changes);
      return { kind: 'writes', entries, kills: false, meant: [], others: 0 };
    } catch (error) {
      return resultOf(error, draft);
    }
  }

  /**
   * What counts as written. A store counts whatever it stores; a lock, list or queue that an operation leaves
   * as it was is only read.
   */
  #written(
    { entries }: Writes,
    reads: readonly Read[],
    number: (field: number) => number,
  ): readonly Written[] {
    const known = new Set(reads.flatMap(({ field, question }) => (question ? [] : [field])));
    return entries.flatMap(([field, after]) => {
      const before = known.has(field) ? number(field) : -1;
      return before === after && !this.fields.isPlain(field) ? [] : [{ field, before, after }];
    });
  }

  #footprint(
    reads: readonly Read[],
    writes: readonly Written[],
    depends: 'by access' | 'on all',
  ): Footprint {
    const whole = new Set(reads.flatMap(({ field, question }) => (question ? [] : [field])));
    const asked = reads.flatMap(({ field, question }): readonly Asked[] =>
      question === null || whole.has(field) ? [] : [{ field, question }],
    );
    return new Footprint({ reads: [...whole], asked, writes, depends }, this.fields.count);
  }
}

function numberIn(rows: Int32Array, offset: number): (field: number) => number {
  return (field) => rows[offset + field] ?? 0;
}
