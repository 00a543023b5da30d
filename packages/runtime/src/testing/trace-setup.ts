// SPDX-License-Identifier: MIT
/** What walking the traces of a program takes, for tests. */

import { interpreterIn } from '../interpreter/interpreter.ts';
import type { Machine } from '../interpreter/machine.ts';
import { applyChanges, Draft } from '../interpreter/draft.ts';
import { settleState } from '../interpreter/settle.ts';
import type { State } from '../interpreter/state.ts';
import { viewOf } from '../interpreter/state-view.ts';
import { stateKey } from '../interpreter/state-key.ts';
import type { Program } from '../program/index.ts';
import { EndJudge } from '../traces/end-judge.ts';
import type { Execution } from '../traces/execution.ts';
import { hasEnvironment } from '../traces/has-environment.ts';
import { LearnedProgram } from '../traces/learned-program.ts';
import { traceContext } from '../traces/trace-context.ts';
import type { WalkOptions } from '../traces/trace-walk.ts';

export interface TraceSetup {
  readonly learned: LearnedProgram;
  readonly machine: Machine<State>;
  readonly initial: State;
  readonly options: WalkOptions;
  /** Whether the schedule ends in the state that it has come to, in which no thread goes on by itself. */
  readonly isStuck: (execution: Execution) => boolean;
  /** The state that a schedule has come to, as the interpreter knows it: its key, and whether it is final. */
  readonly endOf: (execution: Execution) => { readonly key: string; readonly isFinal: boolean };
}

/** Null if the set-up leads to no state. */
export function traceSetup(program: Program): TraceSetup | null {
  const reached = new Set<number>();
  const context = traceContext(program, reached);
  const machine = interpreterIn(context, reached);
  const first = machine.initial();
  if (first.kind !== 'state') return null;
  const learned = new LearnedProgram(context);
  const judge = new EndJudge(learned, machine);
  const options: WalkOptions = {
    hasEnvironment: hasEnvironment(program),
    isStuck: (rows, offset) => judge.isStuck(rows, offset),
  };
  const judged = ({ rows, length, width }: Execution): ReturnType<EndJudge['judge']> =>
    judge.judge(rows, length * width);
  return {
    learned,
    machine,
    initial: first.state,
    options,
    isStuck: (execution) => judged(execution).ending.kind === 'stuck',
    endOf: (execution) => {
      const { state, ending } = judged(execution);
      return { key: settledKey(learned, state), isFinal: ending.kind === 'final' };
    },
  };
}

/** As the interpreter leaves a state behind each step. */
function settledKey({ context: { world } }: LearnedProgram, state: State): string {
  const { isForgotten: _, ...usual } = world;
  const draft = new Draft(usual, viewOf(state), 0);
  settleState(draft);
  return stateKey(applyChanges(state, draft.changes));
}
