// SPDX-License-Identifier: MIT
/**
 * A machine whose schedules are bounded: they begin as given, and have so many preemptions and steps.
 *
 * What is left out is no transition less but one that is cut, so that a state in which only excluded
 * runs go on is no deadlock, and a cycle that holds a thread back by a bound is not fair. What a run may
 * still do depends on who runs and on what is left of its preemptions: both are part of the key, or runs
 * that come to a state with more of them left would be taken for known (Musuvathi, Qadeer, "Iterative
 * context bounding", PLDI 2007). Steps are no part of it and are not counted here: a breadth-first search
 * meets each state first with the fewest, and leaves out what lies deeper.
 */

import type {
  Ending,
  Hold,
  Limited,
  Machine,
  Occurrence,
  StepRecord,
  StepResult,
  Transition,
} from '../interpreter/machine.ts';
import type { Bound, Program, Restriction } from '../program/index.ts';
import { BeginningWatch } from './beginning.ts';
import { canGoOnFrom } from './preemption.ts';

/** A state with what its run has used up. */
export interface Bounded<State> {
  readonly state: State;
  /** Steps of the given beginning. */
  readonly begun: number;
  /** The thread that took the last step of its own; -1 before. */
  readonly running: number;
  /** Behind the beginning. */
  readonly preemptions: number;
}

export class BoundedMachine<State> implements Machine<Bounded<State>> {
  readonly program: Program;
  readonly limited: Limited;
  readonly #inner: Machine<State>;
  readonly #most: Restriction;
  readonly #beginning: BeginningWatch | null;
  /** Of the state asked about last: whether its running thread can go on. */
  #known: { readonly place: Bounded<State>; readonly goesOn: boolean } | null = null;

  constructor(inner: Machine<State>, restriction: Restriction) {
    this.#inner = inner;
    this.#most = restriction;
    this.program = inner.program;
    const { beginning } = restriction;
    this.#beginning = beginning === null ? null : new BeginningWatch(inner.program, beginning);
    this.limited = limitedBy(restriction, this.#beginning);
  }

  get reached(): ReadonlySet<number> {
    return this.#inner.reached;
  }

  initial(): StepResult<Bounded<State>> {
    const first = this.#inner.initial();
    if (first.kind !== 'state') return first;
    const { state } = first;
    return { ...first, state: { state, begun: 0, running: -1, preemptions: 0 } };
  }

  enabled({ state, begun }: Bounded<State>): readonly Transition[] {
    const enabled = this.#inner.enabled(state);
    this.#beginning?.note(this.#inner, begun, enabled);
    return enabled;
  }

  step(place: Bounded<State>, transition: Transition): StepResult<Bounded<State>> {
    const begins = this.#beginning !== null && !this.#beginning.isOver(place.begun);
    return begins ? this.#begin(place, transition) : this.#goOn(place, transition);
  }

  /** A step of the beginning: it uses nothing up. */
  #begin(place: Bounded<State>, transition: Transition): StepResult<Bounded<State>> {
    if (this.#beginning?.admits(place.begun, transition) !== true) return { kind: 'cut' };
    const result = this.#inner.step(place.state, transition);
    const begun = place.begun + 1;
    if (result.kind !== 'state') {
      this.#beginning.fail(begun, 'the run has ended before');
      return result;
    }
    this.#beginning.reach(begun);
    const running = transition.environment === null ? transition.thread : place.running;
    return { ...result, state: { ...place, state: result.state, begun, running } };
  }

  #goOn(place: Bounded<State>, transition: Transition): StepResult<Bounded<State>> {
    const { thread, environment } = transition;
    const most = this.#most;
    const own = environment === null;
    const preempts = own && thread !== place.running && this.#goesOn(place);
    const preemptions = place.preemptions + Number(preempts);
    if (most.preemptions !== null && preemptions > most.preemptions) return { kind: 'cut' };
    const result = this.#inner.step(place.state, transition);
    if (result.kind !== 'state') return result;
    const running = own ? thread : place.running;
    return { ...result, state: { ...place, state: result.state, running, preemptions } };
  }

  #goesOn(place: Bounded<State>): boolean {
    if (this.#known?.place !== place) {
      const enabled = this.#inner.enabled(place.state);
      const goesOn = canGoOnFrom(this.#inner, place.state, enabled, place.running);
      this.#known = { place, goesOn };
    }
    return this.#known.goesOn;
  }

  key({ state, begun, running, preemptions }: Bounded<State>): string {
    const left = this.#most.preemptions === null ? '' : `${running} ${preemptions}`;
    return `${begun} ${left}|${this.#inner.key(state)}`;
  }

  ending({ state }: Bounded<State>, enabled: readonly Transition[]): Ending {
    return this.#inner.ending(state, enabled);
  }

  condition({ state }: Bounded<State>, expectation: number, part?: 'trigger'): boolean | null {
    return this.#inner.condition(state, expectation, part);
  }

  unfinished({ state }: Bounded<State>, thread: number): boolean {
    return this.#inner.unfinished(state, thread);
  }

  blockedForEver({ state }: Bounded<State>, thread: number): Occurrence {
    return this.#inner.blockedForEver(state, thread);
  }

  describe({ state }: Bounded<State>, transition: Transition): StepRecord {
    return this.#inner.describe(state, transition);
  }

  holds({ state }: Bounded<State>): readonly Hold[] {
    return this.#inner.holds(state);
  }

  positions(
    { state }: Bounded<State>,
    thread: number,
  ): readonly (readonly [proc: number, pc: number])[] {
    return this.#inner.positions(state, thread);
  }
}

function limitedBy({ preemptions, steps }: Restriction, beginning: BeginningWatch | null): Limited {
  const bounds: Bound[] = [];
  const texts: string[] = [];
  for (const [kind, most] of [['preemptions', preemptions] as const, ['steps', steps] as const]) {
    if (most === null) continue;
    bounds.push({ kind, most });
    texts.push(`${kind} ${most}`);
  }
  if (beginning !== null) {
    bounds.push({ kind: 'schedule' });
    texts.push(beginning.text);
  }
  return {
    bounds,
    texts,
    why: 'bounded',
    deepest: steps === null ? null : steps + (beginning?.length ?? 0),
    keepsMinimal: steps === null && beginning === null,
    problems: () => beginning?.problems() ?? [],
  };
}
