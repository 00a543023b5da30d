// SPDX-License-Identifier: MIT
/** Steps and ways on, as they are learned: shared by all states that agree on what they depend on. */

import type { Outcome } from '../engine/outcome.ts';
import type { Read } from '../engine/recording-view.ts';
import type { Transition } from '../interpreter/machine.ts';
import type { DecisionTree } from './decision-tree.ts';
import type { Numbered } from './dependence.ts';

/** Why a step leads to no state. `broken` is a check of whole states; `loop` closes a cycle. */
export type StepEnd =
  | Exclude<Outcome, { readonly kind: 'writes' }>
  | { readonly kind: 'broken' }
  | { readonly kind: 'loop' };

/** One way on with what it does in states like this one. Equal steps are one object. */
export interface Step extends Numbered {
  readonly way: Way;
  /** Fields and the numbers of their values, in turn. */
  readonly entries: Int32Array;
  /** Null if it leads to a state. */
  readonly end: StepEnd | null;
}

/** One way on of a thread, as long as {@link Ways} are these. */
export interface Way {
  readonly transition: Transition;
  /** Its code as a number. */
  readonly label: number;
  readonly ways: Ways;
  readonly steps: DecisionTree<Step>;
}

/** What one thread may do, with what that depends on: a look that writes nothing. */
export interface Ways extends Numbered {
  readonly thread: number;
  /** Its own ones, or else those of the environment. */
  readonly list: readonly Way[];
  readonly own: number;
  /** A timed wait may expire. */
  readonly expires: boolean;
  readonly finished: boolean;
  readonly reads: readonly Read[];
}
