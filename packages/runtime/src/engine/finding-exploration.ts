// SPDX-License-Identifier: MIT
/** What the exhaustive exploration does where a step leads to no state: rare, so the interpreter is asked. */

import { positionNumber } from '../explore/control-flow.ts';
import { isExpectedFailure } from '../explore/expectations.ts';
import type { Task } from '../explore/exploration.ts';
import { Exploration } from '../explore/exploration.ts';
import { LIMIT_TARGET, targetOfSet } from '../explore/graph.ts';
import { checkState } from '../interpreter/check-state.ts';
import type { Machine, Occurrence } from '../interpreter/machine.ts';
import type { State } from '../interpreter/state.ts';
import { viewOf } from '../interpreter/state-view.ts';
import type { StepContext } from '../interpreter/step.ts';
import type { Learned } from './learned.ts';
import type { Outcome } from './outcome.ts';

type StepEnd = Exclude<Outcome, { readonly kind: 'writes' }>;

/** Occurrences that have been entered. */
interface Shown {
  readonly set: number;
  /** One of them is expected: where threads stand then is hidden behind it. */
  readonly hides: boolean;
}

export abstract class FindingExploration extends Exploration<State> {
  protected readonly context: StepContext;
  /** Of the states that are being expanded. */
  protected depth = -1;
  /** By outcome that is a finding: what was entered for it. */
  readonly #shown: Shown[] = [];
  /** By thread: numbers of its values whose positions are known to be hidden. */
  readonly #hidden: readonly Set<number>[];

  /** @param keepsGraph false if only its counts are wanted */
  constructor(context: StepContext, machine: Machine<State>, task: Task, keepsGraph: boolean) {
    super(machine, task, keepsGraph);
    this.context = context;
    this.#hidden = machine.program.threads.map(() => new Set());
  }

  /** The target of a step to the state behind the last one, which breaks a test. */
  protected brokenBy(learned: Learned, state: number, thread: number): number {
    const { model } = learned;
    const next = viewOf(model.decode(model.store.next));
    const before = model.decode(offsetOf(learned, state));
    const { world } = this.context;
    const occurrences = checkState(world, next, thread, before.threads[thread]);
    return this.#showStep(before, occurrences);
  }

  #showStep(before: State, occurrences: readonly Occurrence[]): number {
    if (occurrences.length === 0) throw new Error('a step that ends in a finding names none');
    this.maxDepth = Math.max(this.maxDepth, this.depth + 1);
    const place = { state: this.graph.opened - 1, edge: this.graph.edges };
    return targetOfSet(this.enter(occurrences, before, place));
  }

  /** The target of a step that leads to no state. */
  protected endOfStep(learned: Learned, state: number, number: number, outcome: StepEnd): number {
    switch (outcome.kind) {
      case 'limit':
        this.modelLimit(outcome.why, outcome.message);
        return LIMIT_TARGET;
      case 'cut':
        this.cuts += 1;
        return LIMIT_TARGET;
      case 'finding':
        return this.#findingOfStep(learned, state, number, outcome.occurrences);
    }
  }

  #findingOfStep(
    learned: Learned,
    state: number,
    number: number,
    occurrences: readonly Occurrence[],
  ): number {
    const offset = offsetOf(learned, state);
    const known = this.#shown[number];
    if (known === undefined) {
      const target = this.#showStep(learned.model.decode(offset), occurrences);
      const set = -1 - target;
      const hides = this.findings.inSet(set).some((at) => isExpectedFailure(this.findings.at(at)));
      this.#shown[number] = { set, hides };
      return target;
    }
    this.maxDepth = Math.max(this.maxDepth, this.depth + 1);
    if (known.hides) this.#hide(learned, offset);
    return targetOfSet(known.set);
  }

  /** Adds the positions of all threads to those hidden behind expected findings. */
  #hide({ model }: Learned, offset: number): void {
    const read = model.reader(offset);
    for (const [thread, seen] of this.#hidden.entries()) {
      const value = read(thread);
      if (seen.has(value)) continue;
      seen.add(value);
      for (const { proc, pc } of model.fields.thread(thread).at(value).frames) {
        this.hiddenBehind.add(positionNumber(proc, pc));
      }
    }
  }
}

/** The first word of a packed state. */
function offsetOf({ model }: Learned, state: number): number {
  return state * model.packing.words;
}
