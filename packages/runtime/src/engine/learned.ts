// SPDX-License-Identifier: MIT
/** Everything that is learned of one program while it is explored. */

import type { StateGraph } from '../explore/graph.ts';
import type { StepContext } from '../interpreter/step.ts';
import { LearnedOutcomes } from './learned-outcomes.ts';
import type { LearnedTest } from './learned-tests.ts';
import { endTests, sometimesTests, stateTests } from './learned-tests.ts';
import { LearnedWays } from './learned-ways.ts';
import type { Model } from './model.ts';
import { SequenceRenumbering } from './sequence-renumbering.ts';
import { SlotReuse } from './slot-reuse.ts';

export class Learned {
  readonly model: Model;
  readonly ways: LearnedWays;
  readonly outcomes: LearnedOutcomes;
  /** What no state may break. */
  readonly stateTests: readonly LearnedTest[];
  /** What no final state may break. */
  readonly endTests: readonly LearnedTest[];
  readonly sometimes: readonly (LearnedTest | undefined)[];
  /** Null if the program has no slots. */
  readonly reuse: SlotReuse | null;

  /** Null if the program has no sequence counters. */
  readonly sequences: SequenceRenumbering | null;

  constructor(context: StepContext, graph: StateGraph, model: Model) {
    const { world } = context;
    this.model = model;
    this.reuse = world.layout.slots.length === 0 ? null : new SlotReuse(world, this.model);
    this.sequences = world.sequences === null ? null : new SequenceRenumbering(world, this.model);
    this.ways = new LearnedWays(context, this.model);
    this.outcomes = new LearnedOutcomes(context, this.model, graph);
    this.stateTests = stateTests(world, this.model);
    this.endTests = endTests(world, this.model);
    this.sometimes = sometimesTests(world, this.model);
  }

  get bytes(): number {
    return this.model.store.bytes + this.model.forest.bytes + this.outcomes.bytes;
  }
}
