// SPDX-License-Identifier: MIT
/** The initial state: memory as declared, the set-up run to its end, every thread at its first border. */

import { act, resultOf } from './step.ts';
import type { StepContext } from './step.ts';
import { alternativesAt, primitiveAt } from './at-primitive.ts';
import { isAwaited } from './await.ts';
import { checkState } from './check-state.ts';
import { currentInstruction } from './current.ts';
import { applyChanges, Draft, initialValueOf } from './draft.ts';
import { runLocally } from './execute.ts';
import type { StepResult } from './machine.ts';
import { createOccurrence, placeOf } from './occurrence.ts';
import { RaisedLimit } from './raised.ts';
import { settleState, settleThreads } from './settle.ts';
import type { State, ThreadState } from './state.ts';
import { viewOf } from './state-view.ts';

/** Steps a set-up may take: far beyond any honest one. */
const MAX_SETUP_STEPS = 100_000;

const NEW_THREAD: ThreadState = {
  frames: [],
  queued: false,
  expired: false,
  signalled: false,
  nonBlock: 0,
  observed: [],
};

export function createInitialState(context: StepContext): StepResult<State> {
  const { world } = context;
  const afterSetup = runSetup(context, emptyState(context));
  if (afterSetup.kind !== 'state') return afterSetup;
  let state = startThreads(context, afterSetup.state);
  for (const thread of state.threads.keys()) {
    const draft = new Draft(world, viewOf(state), thread);
    try {
      settle(context, draft);
      state = applyChanges(state, draft.changes);
    } catch (error) {
      // A finding before a thread's first border is that thread's own step: it must not hide the others.
      const result = resultOf(error, draft);
      if (result.kind !== 'finding') return result;
    }
  }
  const broken = checkState(world, viewOf(state), null, undefined);
  if (broken.length > 0) return { kind: 'finding', occurrences: broken };
  return { kind: 'state', state, occurrences: [], meant: [] };
}

function emptyState({ world }: StepContext): State {
  return {
    memory: world.layout.cells.map((cell) => initialValueOf(cell.type, cell.initial)),
    slots: world.layout.slots.map(() => 'free'),
    threads: world.program.threads.map(() => NEW_THREAD),
  };
}

function startThreads({ world }: StepContext, state: State): State {
  const threads = world.program.threads.map((thread): ThreadState => {
    const locals = world.program.procs[thread.proc]?.locals ?? [];
    const values = locals.map((_, slot) => thread.args[slot] ?? 0);
    return { ...NEW_THREAD, frames: [{ proc: thread.proc, pc: 0, locals: values, to: null }] };
  });
  return { ...state, threads };
}

/** Runs the set-up as one more thread, alone; it is gone afterwards. */
function runSetup(context: StepContext, start: State): StepResult<State> {
  const { world } = context;
  const setup = world.program.setup;
  if (setup === null) return { kind: 'state', state: start, occurrences: [], meant: [] };
  const actor = world.program.threads.length;
  const locals = (world.program.procs[setup]?.locals ?? []).map(() => 0);
  const thread: ThreadState = { ...NEW_THREAD, frames: [{ proc: setup, pc: 0, locals, to: null }] };
  let state: State = { ...start, threads: [...start.threads, thread] };
  for (let steps = 0; ; steps++) {
    const draft = new Draft(world, viewOf(state), actor);
    try {
      if (steps > MAX_SETUP_STEPS) {
        throw new RaisedLimit('instruction-limit', 'the set-up does not come to an end');
      }
      const instruction = currentInstruction(draft, actor);
      if (instruction === null) break;
      if (!instruction.border) runLocally(draft, context.visit);
      else if (instruction.op === 'choose') throw new Error('a choice in the set-up');
      else if (waits(draft)) return blockedSetup(draft);
      else act(context, draft, 0);
      settle(context, draft);
    } catch (error) {
      return resultOf(error, draft);
    }
    state = applyChanges(state, draft.changes);
  }
  const threads = state.threads.slice(0, actor);
  return { kind: 'state', state: { ...state, threads }, occurrences: [], meant: [] };
}

function settle({ liveness, visit }: StepContext, draft: Draft): void {
  settleThreads(draft, liveness, visit);
  settleState(draft);
}

function waits(draft: Draft): boolean {
  const instruction = currentInstruction(draft, draft.actor);
  if (instruction?.op === 'await') return !isAwaited(draft, instruction);
  if (instruction?.op === 'await-any') throw new Error('a choice in the set-up');
  const at = primitiveAt(draft);
  return (
    at !== null && (alternativesAt(draft, at).length === 0 || draft.thread(draft.actor).queued)
  );
}

function blockedSetup(draft: Draft): StepResult<State> {
  const { world, actor } = draft;
  const thread = draft.thread(actor);
  const occurrence = createOccurrence({
    name: 'deadlock',
    thread: null,
    object: null,
    within: [],
    span: placeOf(world, actor, thread),
    message: 'the set-up waits, and no other thread has started yet',
  });
  return { kind: 'finding', occurrences: [occurrence] };
}
