// SPDX-License-Identifier: MIT
/**
 * What every exploration brings together for the verdict, in the same order whichever way it works:
 * the graph, the findings and where they were met, final states, and why it ended early if it did.
 */

import type { Ending, Machine, Occurrence } from '../interpreter/machine.ts';
import type { CheckName, Finding } from '../program/index.ts';
import type { Checkpoint } from './checkpoint.ts';
import { positionNumber, rememberPositions } from './control-flow.ts';
import { isExpectedFailure } from './expectations.ts';
import { StateGraph } from './graph.ts';
import { InternedSets } from './interned-sets.ts';
import type { ModelLimit } from './model-limit.ts';
import type { Place } from './known-findings.ts';
import { KnownFindings } from './known-findings.ts';
import { brokenOutcomes, FinalStates } from './outcomes.ts';
import type { Sliced } from './sliced.ts';

/** What is asked of an exploration. */
export interface Task {
  /** Checks to be done, of those that a scenario may switch. */
  readonly checks: readonly CheckName[];
  readonly maxStates: number;
  /** Of the exploration's own tables. */
  readonly maxBytes: number;
}

/** What a verdict's coverage counts. */
export interface Counts {
  readonly states: number;
  readonly transitions: number;
  /** Left out where schedules are not told apart. */
  readonly traces?: number;
}

export abstract class Exploration<State> {
  /** As the verdict's coverage names it. */
  abstract readonly strategy: string;
  readonly machine: Machine<State>;
  readonly checks: readonly CheckName[];
  readonly graph: StateGraph;
  readonly findings: KnownFindings;
  readonly finals: FinalStates;
  /** Sets of threads that wait, for the graph's column `blocked`. */
  readonly blockedSets: InternedSets = new InternedSets();
  /** Positions of threads in states where an expected finding occurs. */
  readonly hiddenBehind: Set<number> = new Set();
  /** What the machine said where the model was too small, each message once. */
  readonly modelLimits: Map<string, ModelLimit> = new Map();
  /** The first reason why not every schedule was explored; null if every one was. */
  incomplete: string | null = null;
  maxDepth = 0;
  /** Transitions that lead to runs which are not asked about. */
  cuts = 0;
  /** No more states are to be expanded. */
  protected stopped = false;

  /** @param keepsGraph false if only its counts are wanted */
  constructor(machine: Machine<State>, { checks }: Task, keepsGraph = true) {
    this.machine = machine;
    this.checks = checks;
    this.graph = new StateGraph(machine.program.threads.length, keepsGraph);
    this.findings = new KnownFindings(machine.program);
    this.finals = new FinalStates(machine.program);
  }

  /** States discovered and not yet expanded. */
  abstract get frontier(): number;

  /** Bytes of all tables. */
  abstract get bytes(): number;

  /** Whether its graph is one that promises (`eventually`, `leads to`) can be judged on. */
  get judgesRuns(): boolean {
    return true;
  }

  /** The part that is done, as far as can be told: 0 to 1; null if nothing can. */
  get done(): number | null {
    return null;
  }

  get counts(): Counts {
    return { states: this.graph.states, transitions: this.graph.edges - this.cuts };
  }

  /** Findings with their schedules, where these are not to be made from the graph. */
  counterexamples(): Sliced<readonly Finding[]> | null {
    return null;
  }

  /** As for livelocks; true where nothing is known. */
  mayCircle(_thread: number): boolean {
    return true;
  }

  /** What has been explored so far, to go on with elsewhere; null if this cannot be written down. */
  checkpoint(): Checkpoint | null {
    return null;
  }

  /** Explores until no state is left or a limit stops it. */
  abstract run(): Sliced<void>;

  /** A finding of the set-up hides all threads from their beginning on. */
  protected endInSetUp(occurrences: readonly Occurrence[]): void {
    if (occurrences.length === 0) throw new Error('a set-up that ends in a finding names none');
    for (const occurrence of occurrences) {
      const number = this.findings.add(occurrence, { state: -1, edge: -1 });
      if (!isExpectedFailure(this.findings.at(number))) continue;
      for (const { proc } of this.machine.program.threads) {
        this.hiddenBehind.add(positionNumber(proc, 0));
      }
    }
  }

  /** What a state shows by itself. */
  protected shownBy(state: State, ending: Ending): readonly Occurrence[] {
    switch (ending.kind) {
      case 'running':
        return [];
      case 'final':
        return [...ending.occurrences, ...brokenOutcomes(this.machine, state)];
      case 'stuck':
      case 'stalled':
        if (ending.occurrences.length === 0)
          throw new Error(`a ${ending.kind} state shows no finding`);
        return ending.occurrences;
    }
  }

  /** Enters occurrences met in (or by a step from) `state`; returns the number of their set. */
  protected enter(occurrences: readonly Occurrence[], state: State, place: Place): number {
    const numbers = occurrences.map((occurrence) => this.findings.add(occurrence, place));
    const hides = numbers.some((number) => isExpectedFailure(this.findings.at(number)));
    if (hides) rememberPositions(this.machine, state, this.hiddenBehind);
    return this.findings.setOf(numbers);
  }

  protected modelLimit(why: ModelLimit, message: string): void {
    this.modelLimits.set(message, why);
    this.incomplete ??= why;
  }

  protected stop(why: string): void {
    this.incomplete ??= why;
    this.stopped = true;
  }
}
