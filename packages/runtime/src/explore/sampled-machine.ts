// SPDX-License-Identifier: MIT
/**
 * A machine that takes the transitions of some schedules drawn at random, and cuts all others. First the
 * schedules are drawn, then the search looks at the graph that they make together.
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
import type { Program } from '../program/index.ts';
import { Priorities } from './priorities.ts';
import { Random } from './random.ts';
import type { Sliced } from './sliced.ts';

/** Runs have depth 1, 2, 3, 1, 2, 3, ... */
const DEPTHS = 3;
/** A run that is still not at its end is left, */
const LONGEST_RUN = 10_000;
/** and so is one that came to no state new to it for so many steps. */
const MOST_REPEATED = 100;

export interface Samples {
  readonly runs: number;
  readonly seed: number;
}

/** When drawing stops early; the search then hits the same limit. */
export interface Room {
  readonly states: number;
  readonly bytes: number;
}

export class SampledMachine<State> implements Machine<State> {
  readonly program: Program;
  readonly limited: Limited;
  readonly #inner: Machine<State>;
  readonly #samples: Samples;
  /** By key: the transitions that some schedule takes there. */
  readonly #taken = new Map<string, Set<string>>();
  #bytes = 0;

  constructor(inner: Machine<State>, samples: Samples) {
    this.#inner = inner;
    this.#samples = samples;
    this.program = inner.program;
    const { limited } = inner;
    const { runs, seed } = samples;
    this.limited = {
      bounds: [...(limited?.bounds ?? []), { kind: 'samples', most: runs }],
      texts: [...(limited?.texts ?? []), `samples ${runs} (seed ${seed})`],
      why: 'sampled',
      deepest: limited?.deepest ?? null,
      keepsMinimal: false,
      problems: () => limited?.problems() ?? [],
    };
  }

  /** Draws the schedules. */
  *draw(room: Room): Sliced<void> {
    const random = new Random(this.#samples.seed);
    const threads = this.program.threads.length;
    let length = 1;
    for (let run = 0; run < this.#samples.runs; run += 1) {
      if (this.#taken.size > room.states || this.#bytes > room.bytes) return;
      const priorities = new Priorities(random, threads, 1 + (run % DEPTHS), length);
      length = Math.max(length, yield* this.#run(priorities));
    }
  }

  /** One run to its end; the number of its steps. */
  *#run(priorities: Priorities): Sliced<number> {
    const longest = Math.min(LONGEST_RUN, this.limited.deepest ?? LONGEST_RUN);
    let at = this.#inner.initial();
    const met = new Set<string>();
    let repeated = 0;
    for (let step = 0; ; step += 1) {
      yield;
      if (at.kind !== 'state') return step;
      const { state } = at;
      const key = this.#inner.key(state);
      const taken = this.#takenAt(key);
      met.add(key);
      if (step >= longest || repeated > MOST_REPEATED) return step;
      const next = this.#step(state, step, priorities);
      if (next === null) return step;
      taken.add(nameOf(next.transition));
      at = next.result;
      const again = at.kind === 'state' && met.has(this.#inner.key(at.state));
      repeated = again ? repeated + 1 : 0;
      if (again) priorities.lower(next.transition);
    }
  }

  #takenAt(key: string): Set<string> {
    const known = this.#taken.get(key);
    if (known !== undefined) return known;
    const taken = new Set<string>();
    this.#taken.set(key, taken);
    this.#bytes += 2 * key.length;
    return taken;
  }

  /** The step that the scheduler chooses; null at the end of a run. */
  #step(
    state: State,
    step: number,
    priorities: Priorities,
  ): { readonly transition: Transition; readonly result: StepResult<State> } | null {
    let enabled = this.#inner.enabled(state);
    if (this.#inner.ending(state, enabled).kind === 'stuck') return null;
    while (enabled.length > 0) {
      const transition = priorities.choose(enabled, step);
      const result = this.#inner.step(state, transition);
      if (result.kind !== 'cut') return { transition, result };
      enabled = enabled.filter((other) => other !== transition);
    }
    return null;
  }

  get reached(): ReadonlySet<number> {
    return this.#inner.reached;
  }

  initial(): StepResult<State> {
    return this.#inner.initial();
  }

  enabled(state: State): readonly Transition[] {
    return this.#inner.enabled(state);
  }

  step(state: State, transition: Transition): StepResult<State> {
    const taken = this.#taken.get(this.#inner.key(state));
    if (taken?.has(nameOf(transition)) !== true) return { kind: 'cut' };
    return this.#inner.step(state, transition);
  }

  key(state: State): string {
    return this.#inner.key(state);
  }

  ending(state: State, enabled: readonly Transition[]): Ending {
    return this.#inner.ending(state, enabled);
  }

  condition(state: State, expectation: number, part?: 'trigger'): boolean | null {
    return this.#inner.condition(state, expectation, part);
  }

  unfinished(state: State, thread: number): boolean {
    return this.#inner.unfinished(state, thread);
  }

  blockedForEver(state: State, thread: number): Occurrence {
    return this.#inner.blockedForEver(state, thread);
  }

  describe(state: State, transition: Transition): StepRecord {
    return this.#inner.describe(state, transition);
  }

  holds(state: State): readonly Hold[] {
    return this.#inner.holds(state);
  }

  positions(state: State, thread: number): readonly (readonly [proc: number, pc: number])[] {
    return this.#inner.positions(state, thread);
  }
}

function nameOf({ thread, alternative, environment }: Transition): string {
  return `${thread} ${alternative} ${environment ?? ''}`;
}
