// SPDX-License-Identifier: MIT
/** Enabled transitions of a state, and taking one. */

import type { Instruction } from '../program/index.ts';
import { alternativesAt, primitiveAt } from './at-primitive.ts';
import { isAwaited, openWays } from './await.ts';
import { currentInstruction } from './current.ts';
import { checkState } from './check-state.ts';
import { applyChanges, Draft } from './draft.ts';
import type { World } from './draft.ts';
import type { Visit } from './execute.ts';
import { execute } from './execute.ts';
import type { Environmental, Occurrence, StepResult, Transition } from './machine.ts';
import { noteTest } from './missed-wakeups.ts';
import { activeProcs, createOccurrence, placeOf } from './occurrence.ts';
import { RaisedCut, RaisedFinding, RaisedLimit } from './raised.ts';
import type { LivenessTable } from './settle.ts';
import { settleState, settleThreads } from './settle.ts';
import type { State } from './state.ts';
import type { StateView } from './state-view.ts';
import { viewOf } from './state-view.ts';

export interface StepContext {
  readonly world: World;
  readonly liveness: LivenessTable;
  readonly visit: Visit;
}

/** A step with what a report wants to know beside the result. */
export interface TakenStep {
  readonly result: StepResult<State>;
  /** `queues`, `is granted`, ...; empty if there is nothing to say. */
  readonly label: string;
  readonly draft: Draft;
}

export function enabledTransitions(context: StepContext, state: State): readonly Transition[] {
  const own: Transition[] = [];
  const environmental: Transition[] = [];
  const view = viewOf(state);
  state.threads.forEach((_, thread) => {
    const ways = waysOf(context, view, thread);
    for (let alternative = 0; alternative < ways.own; alternative++) {
      own.push({ thread, alternative, environment: null });
    }
    for (const environment of ways.environment) {
      environmental.push({ thread, alternative: 0, environment });
    }
  });
  return [...own, ...environmental];
}

/** What one thread may do in a state, and what the environment may do for it. */
export interface Ways {
  /** Number of its own alternatives. */
  readonly own: number;
  readonly environment: readonly Environmental[];
}

export function waysOf(context: StepContext, view: StateView, thread: number): Ways {
  const draft = new Draft(context.world, view, thread);
  const own = countAlternatives(draft);
  return { own, environment: environmentOf(draft, own) };
}

/** A thread whose next step is a finding has one way on: taking it shows the finding. */
function countAlternatives(draft: Draft): number {
  const instruction = currentInstruction(draft, draft.actor);
  if (instruction === null) return 0;
  switch (instruction.op) {
    case 'choose':
      return instruction.upTo - instruction.from + 1;
    case 'alloc':
      return draft.world.program.environment.allocationFailure ? 2 : 1;
    case 'await':
      return unlessRaised(() => Number(isAwaited(draft, instruction)));
    case 'await-any':
      return unlessRaised(() => openWays(draft, instruction).length);
    case 'primitive':
      return unlessRaised(() => {
        const at = primitiveAt(draft);
        return at === null ? 0 : alternativesAt(draft, at).length;
      });
    default:
      return 1;
  }
}

function unlessRaised(count: () => number): number {
  try {
    return count();
  } catch (error) {
    if (error instanceof RaisedFinding || error instanceof RaisedLimit) return 1;
    throw error;
  }
}

/** What the environment may do for a thread that waits. */
function environmentOf(draft: Draft, ways: number): readonly Environmental[] {
  const instruction = currentInstruction(draft, draft.actor);
  if (ways > 0 || instruction?.op !== 'primitive') return [];
  const at = primitiveAt(draft);
  if (at === null) return [];
  const { environment } = draft.world.program;
  const { expired, signalled } = draft.thread(draft.actor);
  const result: Environmental[] = [];
  if (at.primitive.timed === true && !expired) result.push('timeout');
  if (environment.signals && at.primitive.interruptible === true && !signalled)
    result.push('signal');
  if (environment.spuriousWakeups && at.primitive.wake !== undefined) result.push('wakeup');
  return result;
}

export function takeTransition(
  context: StepContext,
  state: State,
  transition: Transition,
): TakenStep {
  const { world } = context;
  const draft = new Draft(world, viewOf(state), transition.thread);
  const step: Performed = { label: '', meant: new Set() };
  try {
    perform(context, draft, transition, step);
    settleState(draft);
    const broken = checkState(world, draft, transition.thread, state.threads[transition.thread]);
    const { label } = step;
    if (broken.length > 0)
      return { label, draft, result: { kind: 'finding', occurrences: broken } };
    const next = applyChanges(state, draft.changes);
    const meant = [...step.meant].toSorted((a, b) => a - b);
    return { label, draft, result: { kind: 'state', state: next, occurrences: [], meant } };
  } catch (error) {
    return { label: step.label, draft, result: resultOf(error, draft) };
  }
}

/** The head of a loop that is meant: a `forever`, or a worker's loop over its queue. */
function isMeant(instruction: Instruction | undefined): boolean {
  if (instruction?.meant === true) return true;
  return instruction?.op === 'primitive' && instruction.name === 'worker_take';
}

/** What is known of a step besides what it writes. */
export interface Performed {
  /** As in {@link TakenStep}. */
  label: string;
  /** Threads that passed the head of a loop that is meant. */
  readonly meant: Set<number>;
}

/**
 * The action of a transition and what its threads do up to their next borders: all of a step but what
 * needs the whole state.
 *
 * @param step is told what is known, also of a step that cannot go on
 * @throws RaisedFinding or RaisedLimit where the step cannot go on
 */
export function perform(
  context: StepContext,
  draft: Draft,
  { alternative, environment }: Transition,
  step: Performed,
): void {
  const visit: Visit = (proc, pc) => {
    context.visit(proc, pc);
    if (isMeant(context.world.program.procs[proc]?.code[pc])) step.meant.add(draft.actor);
  };
  step.label =
    environment === null
      ? act({ ...context, visit }, draft, alternative)
      : actEnvironment(draft, environment);
  settleThreads(draft, context.liveness, visit);
}

/** Turns what was thrown inside a step into a result; anything else is our bug and goes on up. */
export function resultOf(
  error: unknown,
  draft: Draft,
): Exclude<StepResult<never>, { kind: 'state' }> {
  if (error instanceof RaisedLimit) {
    return { kind: 'limit', why: error.why, message: error.message };
  }
  if (error instanceof RaisedCut) return { kind: 'cut' };
  if (error instanceof RaisedFinding) {
    const raised = [error, ...error.others];
    return { kind: 'finding', occurrences: raised.map((one) => occurrenceOf(one, draft)) };
  }
  throw error;
}

function occurrenceOf(raised: RaisedFinding, draft: Draft): Occurrence {
  const { world, actor } = draft;
  const thread = draft.thread(actor);
  const isThread = actor < world.program.threads.length;
  return createOccurrence({
    name: raised.finding,
    thread: isThread ? actor : null,
    object: raised.object,
    within: activeProcs(world, thread),
    span: placeOf(world, actor, thread),
    message: raised.message,
  });
}

/** The visible action of a thread's own transition; returns its label. */
export function act(context: StepContext, draft: Draft, alternative: number): string {
  const instruction = currentInstruction(draft, draft.actor);
  const frame = draft.frame(draft.actor);
  if (instruction === null || frame === undefined) throw new Error('a finished thread cannot act');
  context.visit(frame.proc, frame.pc);
  noteTest(draft, instruction);
  if (instruction.op !== 'primitive') {
    execute(
      draft,
      instruction,
      instruction.op === 'choose' ? instruction.from + alternative : alternative,
    );
    return '';
  }
  const at = primitiveAt(draft);
  const way = at && alternativesAt(draft, at)[alternative];
  if (way === null || way === undefined) throw new Error('the transition is not enabled');
  way.apply(draft);
  return way.label;
}

function actEnvironment(draft: Draft, environment: Environmental): string {
  switch (environment) {
    case 'timeout':
      draft.changeThread(draft.actor, { expired: true });
      return 'the timeout expires';
    case 'signal':
      draft.changeThread(draft.actor, { signalled: true });
      return 'a signal becomes pending';
    case 'wakeup': {
      const at = primitiveAt(draft);
      if (at !== null) at.primitive.wake?.(draft, at.call);
      return 'a spurious wake-up';
    }
  }
}
