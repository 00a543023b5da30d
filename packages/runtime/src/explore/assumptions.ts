// SPDX-License-Identifier: MIT
/** What a verdict takes for granted, and assumptions that leave no run that gets past them. */

import type { Instruction, Problem, Program } from '../program/index.ts';
import { positionNumber } from './control-flow.ts';
import { problem } from './problem.ts';

type Assumption = Extract<Instruction, { readonly op: 'assume' }>['assumption'];

/** Each with the position at which a run is judged by it. */
function ordersOf({ procs }: Program): readonly (readonly [position: number, Assumption])[] {
  return procs.flatMap(({ code }, proc) =>
    code.flatMap((instruction, pc) =>
      instruction.op === 'assume'
        ? [[positionNumber(proc, pc), instruction.assumption] as const]
        : [],
    ),
  );
}

/** `no signals`, `A.registered before B.zapped`: what a verdict on this program takes for granted. */
export function assumptionsOf(program: Program): readonly string[] {
  const { environment, lockRules } = program;
  const assumptions: string[] = [];
  if (!environment.signals) assumptions.push('no signals');
  if (!environment.spuriousWakeups) assumptions.push('no spurious wake-ups');
  if (!environment.allocationFailure) assumptions.push('no allocation failure');
  if (!lockRules.readersOvertake) assumptions.push('readers never overtake queued writers');
  const orders = ordersOf(program).map(([, { text }]) => text);
  return [...assumptions, ...new Set(orders)];
}

/** Assumptions that runs come to, and that cut every one of them short. */
export function neverSatisfied(program: Program, reached: ReadonlySet<number>): readonly Problem[] {
  return ordersOf(program).flatMap(([position, { text, span }]) => {
    // The look at the flag comes first; what is assumed of it counts as run only where it is true.
    const cuts = reached.has(position - 1) && !reached.has(position);
    return cuts ? [problem('vacuous', `assume ${text}: no run gets past it`, span)] : [];
  });
}
