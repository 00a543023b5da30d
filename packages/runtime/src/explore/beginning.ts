// SPDX-License-Identifier: MIT
/** A beginning that every schedule has to have, followed step by step, and why it could not be followed. */

import type { Machine, Transition } from '../interpreter/machine.ts';
import { runtimeCodes } from '../program/findings.ts';
import type { Beginning, PinnedStep, Problem, Program } from '../program/index.ts';
import { decodeSchedule } from '../schedule/codec.ts';
import { problem } from './problem.ts';

/** A pinned step with its number, from 1. */
interface Failure {
  readonly at: number;
  readonly instead: string;
}

/** `B`, `B way 1`, `B timeout`. */
function words({ threads }: Program, { thread, alternative, environment }: Transition): string {
  const name = threads[thread]?.name ?? `thread ${thread}`;
  if (environment !== null) return `${name} ${environment}`;
  return alternative === 0 ? name : `${name} way ${alternative}`;
}

/** The steps one by one; of a code that is not of this program, what is wrong with it. */
function stepsOf(program: Program, beginning: Beginning): readonly PinnedStep[] | Problem {
  const { span } = beginning;
  if (beginning.kind === 'steps')
    return beginning.steps.flatMap((step) =>
      Array.from({ length: step.count }, () => ({ ...step, count: 1 })),
    );
  const decoded = decodeSchedule(program, beginning.code);
  if (decoded.kind === 'error') {
    const { code, message } = decoded.error;
    const name = runtimeCodes.find((row) => row.code === code)?.name ?? code;
    return { code, name, message, span };
  }
  return decoded.schedule.map((transition) => {
    const { thread, alternative: way, environment } = transition;
    return { thread, environment, way, count: 1, text: words(program, transition), span };
  });
}

export class BeginningWatch {
  readonly #program: Program;
  readonly #beginning: Beginning;
  readonly #steps: readonly PinnedStep[];
  readonly #refused: Problem | null;
  /** The step that some run came to and none could take, the last one of these. */
  #failure: Failure | null = null;
  #furthest = 0;

  constructor(program: Program, beginning: Beginning) {
    this.#program = program;
    this.#beginning = beginning;
    const steps = stepsOf(program, beginning);
    const refused = 'code' in steps;
    this.#steps = refused ? [] : steps;
    this.#refused = refused ? steps : null;
  }

  /** Steps of the beginning. */
  get length(): number {
    return this.#steps.length;
  }

  /** Whether `taken` steps are the whole beginning. A code of another program has none. */
  isOver(taken: number): boolean {
    return this.#refused === null && taken >= this.#steps.length;
  }

  /** Whether the transition is the next step behind `taken` of them. */
  admits(taken: number, { thread, alternative, environment }: Transition): boolean {
    const step = this.#steps[taken];
    if (step === undefined) return false;
    if (step.thread !== thread || step.environment !== environment) return false;
    return step.way === null || step.way === alternative;
  }

  /** Notes how far runs get: `taken` steps, and then these transitions. */
  note<State>(machine: Machine<State>, taken: number, enabled: readonly Transition[]): void {
    if (taken < this.#furthest || this.isOver(taken)) return;
    if (enabled.some((transition) => this.admits(taken, transition))) return;
    const others = [...new Set(enabled.map((other) => words(machine.program, other)))];
    const instead = others.length === 0 ? 'nothing can go on' : `possible is ${others.join(', ')}`;
    this.fail(taken, instead);
  }

  /** Notes that a run got so far. */
  reach(taken: number): void {
    if (taken <= this.#furthest) return;
    this.#furthest = taken;
    this.#failure = null;
  }

  /** Notes that a run ended before its next step. */
  fail(taken: number, instead: string): void {
    if (taken < this.#furthest || this.isOver(taken)) return;
    this.#furthest = taken;
    this.#failure ??= { at: taken, instead };
  }

  /** What is wrong with the beginning, once every run was followed. */
  problems(): readonly Problem[] {
    if (this.#refused !== null) return [this.#refused];
    const step = this.#steps[this.#failure?.at ?? -1];
    if (this.#failure === null || step === undefined) return [];
    const { at, instead } = this.#failure;
    const message = `step ${at + 1} of the schedule, ${step.text}, is not possible: ${instead}`;
    return [problem('schedule_not_possible', message, step.span)];
  }

  /** `schedule A*3, B`, or `schedule h1:...`. */
  get text(): string {
    if (this.#beginning.kind === 'code') return `schedule ${this.#beginning.code}`;
    const { threads } = this.#program;
    const steps = this.#beginning.steps.map(({ text, count }) =>
      count === 1 ? text : `${text}*${count}`,
    );
    return threads.length === 0 ? 'schedule' : `schedule ${steps.join(', ')}`;
  }
}
