// SPDX-License-Identifier: MIT
/**
 * A survey of all schedules: which values the final states have and how often, and for each statement a
 * shortest schedule that runs it.
 *
 * Breadth first by the reference interpreter, on request only: it decides nothing. Findings end a
 * schedule as they do in a search; bounds of the scenario are not applied.
 */

import type { World } from '../interpreter/draft.ts';
import { createContext, interpreterIn } from '../interpreter/interpreter.ts';
import type { Machine, StepResult, Transition } from '../interpreter/machine.ts';
import type { State } from '../interpreter/state.ts';
import type { Program, ScheduleText, Span } from '../program/index.ts';
import { encodeSchedule } from '../schedule/codec.ts';
import { positionNumber } from './control-flow.ts';
import { type Observed, observedNames, observedValues, observedWhat } from './observed.ts';
import { compareSpans } from './spans.ts';

/** Values of what is observed in so many final states. */
export interface Outcome {
  /** In the order of {@link Survey.observed}. */
  readonly values: readonly string[];
  readonly count: number;
}

/** An `always`, `never` or `sometimes` over all final states, each counted once. */
export interface Condition {
  readonly kind: 'always' | 'never' | 'sometimes';
  readonly text: string;
  readonly span: Span;
  readonly yes: number;
  readonly no: number;
}

/** A statement of any proc, and a shortest schedule that runs it. */
export interface Statement {
  readonly proc: string;
  readonly origin: 'scenario' | 'library';
  readonly span: Span;
  /** Null if no schedule was seen to run it. */
  readonly schedule: ScheduleText | null;
}

/** What was seen of a program. */
export interface Survey {
  readonly states: number;
  readonly finalStates: number;
  /** Steps into a finding: what lies behind them is not counted. */
  readonly findings: number;
  /** Every schedule was seen, up to the ends that findings put to them. */
  readonly complete: boolean;
  readonly observed: readonly string[];
  /** The most frequent first. */
  readonly outcomes: readonly Outcome[];
  readonly conditions: readonly Condition[];
  /** In order of file and place. */
  readonly statements: readonly Statement[];
}

/** Where a state or a statement was first met: by this step from that state. */
interface Way {
  readonly from: number;
  readonly by: Transition | null;
}

const DEFAULT_STATES = 200_000;

/** The most frequent first, then by the text of the values. */
function byCountThenValues(a: readonly [string, Outcome], b: readonly [string, Outcome]): number {
  return b[1].count - a[1].count || (a[0] < b[0] ? -1 : 1);
}

export class Surveyor {
  readonly #program: Program;
  readonly #world: World;
  readonly #machine: Machine<State>;
  readonly #maxStates: number;
  readonly #observed: readonly Observed[];
  readonly #known = new Map<string, number>();
  readonly #ways: Way[] = [];
  readonly #open: State[] = [];
  /** By position number. */
  readonly #ran = new Map<number, Way>();
  readonly #outcomes = new Map<string, { values: readonly string[]; count: number }>();
  readonly #yes = new Map<number, number>();
  readonly #no = new Map<number, number>();
  #opened = 0;
  #finals = 0;
  #findings = 0;
  #complete = true;
  #now: Way = { from: -1, by: null };

  /** @param maxStates states after which it gives up; the survey is then not complete */
  constructor(program: Program, maxStates: number = DEFAULT_STATES) {
    const own = createContext(program, new Set());
    const visit = (proc: number, pc: number): void => this.#visit(proc, pc);
    this.#program = program;
    this.#world = own.world;
    this.#machine = interpreterIn({ ...own, visit }, new Set());
    this.#maxStates = maxStates;
    this.#observed = observedWhat(program, own.world);
    this.#enter(this.#machine.initial());
  }

  get states(): number {
    return this.#ways.length;
  }

  /** Opens so many states more; true at the end. */
  advance(states: number): boolean {
    for (let done = 0; done < states; done += 1) {
      const state = this.#open[this.#opened];
      if (state === undefined || !this.#complete) return true;
      this.#expand(state, this.#opened);
      this.#opened += 1;
    }
    return this.#opened === this.#open.length || !this.#complete;
  }

  #visit(proc: number, pc: number): void {
    const position = positionNumber(proc, pc);
    if (!this.#ran.has(position)) this.#ran.set(position, this.#now);
  }

  #enter(result: StepResult<State>): void {
    if (result.kind === 'finding') this.#findings += 1;
    if (result.kind === 'limit') this.#complete = false;
    if (result.kind !== 'state') return;
    const key = this.#machine.key(result.state);
    if (this.#known.has(key)) return;
    if (this.#known.size >= this.#maxStates) {
      this.#complete = false;
      return;
    }
    this.#known.set(key, this.#ways.length);
    this.#ways.push(this.#now);
    this.#open.push(result.state);
  }

  #expand(state: State, index: number): void {
    const enabled = this.#machine.enabled(state);
    const ending = this.#machine.ending(state, enabled);
    if (ending.kind === 'final') this.#final(state);
    for (const by of ending.kind === 'stuck' ? [] : enabled) {
      this.#now = { from: index, by };
      this.#enter(this.#machine.step(state, by));
    }
  }

  #final(state: State): void {
    this.#finals += 1;
    const values = observedValues(this.#world, state, this.#observed);
    const key = JSON.stringify(values);
    const known = this.#outcomes.get(key);
    if (known === undefined) this.#outcomes.set(key, { values, count: 1 });
    else known.count += 1;
    for (const [index] of this.#program.expectations.entries()) {
      const value = this.#machine.condition(state, index);
      const counts = value === true ? this.#yes : this.#no;
      counts.set(index, (counts.get(index) ?? 0) + 1);
    }
  }

  #scheduleOf(way: Way): ScheduleText {
    const steps: Transition[] = [];
    for (let at: Way | undefined = way; at !== undefined; at = this.#ways[at.from])
      if (at.by !== null) steps.push(at.by);
    return encodeSchedule(this.#program, steps.toReversed());
  }

  /** What was seen so far. */
  survey(): Survey {
    return {
      states: this.states,
      finalStates: this.#finals,
      findings: this.#findings,
      complete: this.#complete && this.#opened === this.#open.length,
      observed: observedNames(this.#observed),
      outcomes: [...this.#outcomes].toSorted(byCountThenValues).map(([, outcome]) => outcome),
      conditions: this.#conditions(),
      statements: this.#statements(),
    };
  }

  #conditions(): readonly Condition[] {
    return this.#program.expectations.flatMap((expectation, index) => {
      const { kind } = expectation;
      if (kind !== 'always' && kind !== 'never' && kind !== 'sometimes') return [];
      const { text, span } = expectation;
      const counts = { yes: this.#yes.get(index) ?? 0, no: this.#no.get(index) ?? 0 };
      return [{ kind, text, span, ...counts }];
    });
  }

  /** The first instruction of each statement that runs counts, for all that begin at its place. */
  #statements(): readonly Statement[] {
    const found = new Map<string, Statement>();
    for (const [proc, { name, origin, code }] of this.#program.procs.entries()) {
      for (const [pc, { span, implied }] of code.entries()) {
        const key = `${span.file}:${span.line}:${span.column}`;
        const way = this.#ran.get(positionNumber(proc, pc));
        const known = found.get(key);
        if (implied === true && known === undefined) continue;
        if (known !== undefined && (known.schedule !== null || way === undefined)) continue;
        const schedule = way === undefined ? null : this.#scheduleOf(way);
        found.set(key, { proc: name, origin, span, schedule });
      }
    }
    return [...found.values()].toSorted((a, b) => compareSpans(a.span, b.span));
  }
}
