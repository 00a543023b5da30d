// SPDX-License-Identifier: MIT
/** Starvation in words: what never comes, who waits for it, and what the others do meanwhile. */

import type { Machine, Occurrence } from '../interpreter/machine.ts';
import type { Expectation, StateExpr } from '../program/index.ts';
import type { Schedule } from '../schedule/schedule.ts';
import { actionsOf, listed, recordsOf } from './rounds.ts';

/** An `eventually` with its index among the program's expectations. */
export interface Promised {
  readonly index: number;
  readonly expectation: Extract<Expectation, { readonly kind: 'eventually' }>;
}

/** Threads that an expression is about: `finished(A)`, `A.ret`. */
function threadsIn(expr: StateExpr): readonly number[] {
  switch (expr.kind) {
    case 'finished':
    case 'thread-local':
      return [expr.thread];
    case 'load':
    case 'inspect':
      return threadsIn(expr.address);
    case 'unary':
      return threadsIn(expr.a);
    case 'binary':
      return [...threadsIn(expr.a), ...threadsIn(expr.b)];
    case 'conditional':
      return [expr.test, expr.then, expr.else].flatMap(threadsIn);
    case 'field':
      return threadsIn(expr.base);
    case 'element':
      return [...threadsIn(expr.base), ...threadsIn(expr.index)];
    case 'const':
    case 'object':
    case 'local':
      return [];
  }
}

/** The one thread that can be named for it: the condition is about it, or no other is left; else null. */
function starving(named: readonly number[], unfinished: readonly number[]): number | null {
  const [first, second] = named.length > 0 ? named : unfinished;
  return first === undefined || second !== undefined ? null : first;
}

/** `finished(B) never becomes true`, `want == 1 becomes true and cs == 1 never does`. */
function promise({ trigger, text }: Promised['expectation']): string {
  return trigger === null
    ? `${text} never becomes true`
    : `${trigger.text} becomes true and from then on ${text} never does`;
}

/**
 * @param state the one in which the round begins and ends, or the last one
 * @param round the way round; empty where the run ends
 */
export function starvationOccurrence<State>(
  machine: Machine<State>,
  promised: Promised,
  state: State,
  round: Schedule,
): Occurrence {
  const { threads } = machine.program;
  const nameOf = (thread: number): string => threads[thread]?.name ?? '';
  const records = recordsOf(machine, state, round);
  const going = [...threads.keys()].filter((one) => records.some(({ thread }) => thread === one));
  const unfinished = [...threads.keys()].filter((one) => machine.unfinished(state, one));
  const about = new Set(threadsIn(promised.expectation.condition));
  const named = [...about].filter(
    (one) => unfinished.includes(one) || machine.positions(state, one).length > 0,
  );
  const waiting = [...threads.keys()].filter(
    (one) => !going.includes(one) && (unfinished.includes(one) || named.includes(one)),
  );
  const parts = going.map((one) => {
    const own = records.filter(({ thread }) => thread === one);
    return `${nameOf(one)} goes round in ${actionsOf(own)}`;
  });
  if (waiting.length > 0)
    parts.push(`${listed(waiting.map(nameOf))} ${waiting.length === 1 ? 'waits' : 'wait'}`);
  if (parts.length === 0) parts.push('nobody is left to make it so');
  const thread = starving(named, unfinished);
  const top = thread === null ? undefined : machine.positions(state, thread);
  const fair = round.length === 0 ? '' : ' although every thread is treated fairly';
  return {
    key: `starvation ${promised.index}`,
    name: 'starvation',
    thread,
    object: null,
    within: (top ?? []).map(([proc]) => machine.program.procs[proc]?.name ?? ''),
    span: promised.expectation.span,
    message: `${promise(promised.expectation)}${fair}: ${parts.join('; ')}`,
    waiting: [],
  };
}
