// SPDX-License-Identifier: MIT
/**
 * The `traces` strategy: one schedule of each Mazurkiewicz trace, with what it shows. Findings and final states are those
 * of all schedules; what needs the graph of all states (livelocks, partial deadlocks, promises) is not looked for.
 */

import { toFinding } from '../explore/counterexamples.ts';
import type { Counts, Task } from '../explore/exploration.ts';
import { Exploration } from '../explore/exploration.ts';
import type { Sliced } from '../explore/sliced.ts';
import { witness } from '../explore/witness.ts';
import { interpreterIn } from '../interpreter/interpreter.ts';
import type { Occurrence } from '../interpreter/machine.ts';
import type { State } from '../interpreter/state.ts';
import type { Finding, Program } from '../program/index.ts';
import { encodeSchedule } from '../schedule/codec.ts';
import { EndJudge } from './end-judge.ts';
import type { Execution } from './execution.ts';
import { FoundSchedules } from './found-schedules.ts';
import { hasEnvironment } from './has-environment.ts';
import { LearnedProgram } from './learned-program.ts';
import type { StepEnd } from './step.ts';
import { traceContext } from './trace-context.ts';
import { TraceWalk } from './trace-walk.ts';

/** A node of a wakeup tree, about. */
const NODE_BYTES = 120;
/** Where findings of traces are: in no state graph. */
const NOWHERE = { state: -1, edge: -1 } as const;

const ENDLESS =
  'a schedule comes back to a state that it was in, or does not end within 10,000 steps: traces are only for programs that end';

export class TraceExploration extends Exploration<State> {
  readonly strategy = 'traces';
  readonly #limits: Task;
  readonly #learned: LearnedProgram;
  readonly #judge: EndJudge;
  readonly #walk: TraceWalk;
  readonly #found: FoundSchedules;
  /** The current schedule has shown something. */
  #shows = false;

  constructor(program: Program, task: Task) {
    const reached = new Set<number>();
    const context = traceContext(program, reached);
    super(interpreterIn(context, reached), task, false);
    this.#limits = task;
    this.#learned = new LearnedProgram(context);
    this.#judge = new EndJudge(this.#learned, this.machine);
    this.#found = new FoundSchedules(this.#learned.codes);
    this.#walk = new TraceWalk(
      this.#learned,
      {
        quiet: (execution) => this.#quiet(execution),
        ended: (execution, end) => this.#ended(execution, end),
        complete: (execution) => this.#complete(execution),
      },
      {
        hasEnvironment: hasEnvironment(program),
        isStuck: (rows, offset) => this.#judge.isStuck(rows, offset),
      },
    );
  }

  get frontier(): number {
    return this.#walk.trees.size;
  }

  get bytes(): number {
    return this.#learned.bytes + this.frontier * NODE_BYTES + this.#walk.execution.bytes;
  }

  override get judgesRuns(): boolean {
    return false;
  }

  override get done(): number {
    return this.#walk.trees.done;
  }

  override get counts(): Counts {
    const { taken, traces } = this.#walk;
    return { states: taken + 1, transitions: taken - this.cuts, traces };
  }

  /** Schedules that were left without an end of their own: none, if the method is right. */
  get wasted(): number {
    return this.#walk.wasted;
  }

  *run(): Sliced<void> {
    const first = this.machine.initial();
    if (first.kind === 'finding') this.endInSetUp(first.occurrences);
    if (first.kind === 'limit') this.modelLimit(first.why, first.message);
    if (first.kind !== 'state') return;
    yield* this.#walk.run(first.state);
    this.maxDepth = this.#walk.longest;
  }

  override *counterexamples(): Sliced<readonly Finding[]> {
    const { machine, findings } = this;
    const { program } = machine;
    const result: Finding[] = [];
    for (const [number, known] of findings.list.entries()) {
      const schedule = this.#found.schedule(number);
      const isShown = (shown: Occurrence): boolean => findings.isOf(known, shown);
      const shown = yield* witness(machine, isShown, null, schedule);
      const passing = this.#found.nearestPassing(number);
      result.push(
        toFinding(program, known, shown.occurrence, {
          schedule: encodeSchedule(program, schedule),
          minimal: schedule.length === 0,
          preemptions: shown.preemptions,
          loop: null,
          nearestPassing: passing === null ? null : encodeSchedule(program, passing),
        }),
      );
    }
    return result;
  }

  /** Nothing goes on by itself in the last state: what it shows, and whether it ends the schedule. */
  #quiet(execution: Execution): boolean {
    const offset = execution.offset(execution.length);
    const { rows } = execution;
    if (this.#judge.isGoodEnd(rows, offset)) {
      this.finals.add((index) => this.#judge.condition(index, rows, offset));
      return false;
    }
    const { state, ending } = this.#judge.judge(rows, offset);
    this.#show(this.shownBy(state, ending), state, false);
    if (ending.kind === 'final') this.finals.add((index) => this.machine.condition(state, index));
    return ending.kind === 'stuck';
  }

  #ended(execution: Execution, end: StepEnd): void {
    switch (end.kind) {
      case 'finding':
        return this.#show(end.occurrences, this.#before(execution), true);
      case 'broken':
        return this.#show(this.#brokenBy(execution), this.#before(execution), true);
      case 'limit':
        this.#shows = true;
        return this.modelLimit(end.why, end.message);
      case 'cut':
        this.#shows = true;
        this.cuts += 1;
        return;
      case 'loop':
        this.#shows = true;
        return this.modelLimit('unbounded-loop', ENDLESS);
    }
  }

  /** The state before the last step. */
  #before(execution: Execution): State {
    return this.#learned.decode(execution.rows, execution.offset(execution.length - 1));
  }

  /** What is wrong with the state behind the last step. */
  #brokenBy(execution: Execution): readonly Occurrence[] {
    const transition = execution.steps.at(-1)?.way.transition;
    const result = transition && this.machine.step(this.#before(execution), transition);
    if (result?.kind !== 'finding') throw new Error('a check that is broken names no finding');
    return result.occurrences;
  }

  #show(occurrences: readonly Occurrence[], state: State, inStep: boolean): void {
    if (occurrences.length === 0) return;
    this.#shows = true;
    const known = this.findings.list.length;
    this.enter(occurrences, state, NOWHERE);
    for (let count = known; count < this.findings.list.length; count += 1) {
      this.#found.add(this.#walk.execution, inStep);
    }
  }

  #complete(execution: Execution): void {
    if (!this.#shows) this.#found.pass(execution);
    this.#shows = false;
    if (this.#walk.traces > this.#limits.maxStates) this.stop('state-limit');
    if (this.bytes > this.#limits.maxBytes) this.stop('memory-limit');
    this.#walk.stopped = this.stopped;
  }
}
