// SPDX-License-Identifier: MIT
/**
 * The reference interpreter: the definition of what a Program means.
 *
 * A transition is one visible action of one thread followed by its local computation up to the next
 * border; everything is plain immutable data. It is slow on purpose: engines are checked against it.
 */

import type { CellType, Instruction, Program } from '../program/index.ts';
import { describeTransition } from './describe.ts';
import type { World } from './draft.ts';
import { Draft } from './draft.ts';
import { isUnfinished, judgeEnding, partialDeadlock } from './endings.ts';
import { createInitialState } from './initial.ts';
import { createLayout } from './layout.ts';
import { computeLiveness } from './liveness.ts';
import { lockHolders } from './lock-holders.ts';
import type { Hold, Machine } from './machine.ts';
import { createPrinter } from './print.ts';
import { RaisedFinding } from './raised.ts';
import { sequencePlaces } from './sequence-places.ts';
import type { LivenessTable } from './settle.ts';
import type { State } from './state.ts';
import type { StateView } from './state-view.ts';
import { viewOf } from './state-view.ts';
import { evaluateState } from './state-expression.ts';
import { stateKey } from './state-key.ts';
import type { StepContext } from './step.ts';
import { enabledTransitions, takeTransition } from './step.ts';

/** What steps of one program need; `reached` takes the statements that run. */
export function createContext(program: Program, reached: Set<number>): StepContext {
  return {
    world: createWorld(program),
    liveness: livenessTable(program),
    visit: (proc, pc) => {
      if (program.procs[proc]?.origin === 'scenario') reached.add(proc * 65_536 + pc);
    },
  };
}

/** A machine for one program. It keeps nothing between calls but which statements have run. */
export function createInterpreter(program: Program): Machine<State> {
  const reached = new Set<number>();
  return interpreterIn(createContext(program, reached), reached);
}

/** An interpreter in a context that something else works in as well. */
export function interpreterIn(context: StepContext, reached: ReadonlySet<number>): Machine<State> {
  const { world } = context;
  const { program } = world;
  const draftOf = (state: State): Draft => new Draft(world, viewOf(state), 0);
  return {
    program,
    reached,
    initial: () => createInitialState(context),
    enabled: (state) => enabledTransitions(context, state),
    step: (state, transition) => takeTransition(context, state, transition).result,
    key: stateKey,
    ending: (state, enabled) => judgeEnding(draftOf(state), enabled),
    condition: (state, index, part) => conditionValue(world, viewOf(state), index, part),
    unfinished: (state, thread) => isUnfinished(draftOf(state), thread),
    blockedForEver: (state, thread) => partialDeadlock(draftOf(state), thread),
    describe: (state, transition) => describeTransition(context, state, transition),
    holds: (state) => holdsOf(world, state),
    positions: (state, thread) =>
      (state.threads[thread]?.frames ?? []).map((frame) => [frame.proc, frame.pc] as const),
  };
}

function createWorld(program: Program): World {
  const layout = createLayout(program);
  const addressesOf = (kinds: readonly CellType['kind'][]): readonly number[] =>
    layout.cells.flatMap(({ type }, address) => (kinds.includes(type.kind) ? [address] : []));
  return {
    program,
    layout,
    printer: createPrinter(program, layout),
    spinlocks: addressesOf(['spinlock']),
    locks: addressesOf(['mutex', 'rwsem', 'spinlock']),
    waitQueues: addressesOf(['wait_queue']),
    guarded:
      program.checks.includes('unguarded_access') &&
      layout.cells.some(({ guard }) => guard !== null),
    sequences: sequencePlaces(program, layout),
    tracksMissedWakeups: program.procs.some((proc) => proc.code.some(sleepsUntested)),
  };
}

/** A sleep that no condition of a wait_event belongs to. */
function sleepsUntested(instruction: Instruction): boolean {
  if (instruction.op !== 'primitive' || instruction.condition !== undefined) return false;
  return instruction.name === 'sleep_on' || instruction.name.startsWith('schedule');
}

function livenessTable(program: Program): LivenessTable {
  return program.procs.map((proc, index) => {
    const observed = program.threads.filter((thread) => thread.proc === index);
    return computeLiveness(proc, new Set(observed.flatMap((thread) => thread.observed)));
  });
}

/** Null for a condition that reads NULL or something dead: it is neither true nor false. */
export function conditionValue(
  { program, layout }: World,
  view: StateView,
  index: number,
  part?: 'trigger',
): boolean | null {
  const expectation = program.expectations[index];
  if (expectation === undefined || !('condition' in expectation)) return false;
  const trigger = expectation.kind === 'eventually' ? expectation.trigger : null;
  const asked = part === 'trigger' ? trigger?.condition : expectation.condition;
  if (asked === undefined) return false;
  try {
    return evaluateState(asked, { program, layout, view, locals: [] }) !== 0;
  } catch (error) {
    if (error instanceof RaisedFinding) return null;
    throw error;
  }
}

function holdsOf(world: World, state: State): readonly Hold[] {
  const holds = state.memory.flatMap((value, address) =>
    lockHolders(value).map(({ thread, mode }): Hold => {
      return { thread, mode, object: world.layout.cells[address]?.name ?? '' };
    }),
  );
  return holds.toSorted((a, b) => a.thread - b.thread);
}
