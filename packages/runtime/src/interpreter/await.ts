// SPDX-License-Identifier: MIT
/** `await`: a step that is there only while its condition is true. */

import type { AwaitWay, Instruction, StateExpr } from '../program/index.ts';
import type { Draft } from './draft.ts';
import { evaluateState } from './state-expression.ts';

type Await = Extract<Instruction, { op: 'await' }>;
type AwaitAny = Extract<Instruction, { op: 'await-any' }>;

/**
 * Whether `draft.actor` may pass the `await` at which it stands. The condition is evaluated at one moment.
 *
 * @throws RaisedFinding if the condition reads NULL or something dead
 */
export function isAwaited(draft: Draft, { condition }: Await): boolean {
  return condition === null || isTrue(draft, condition);
}

/**
 * The ways that `draft.actor` may go at the `await` of several at which it stands, in order.
 *
 * @throws RaisedFinding if a condition reads NULL or something dead, whatever the others say
 */
export function openWays(draft: Draft, { ways }: AwaitAny): readonly AwaitWay[] {
  return ways.filter(({ condition }) => isTrue(draft, condition));
}

function isTrue(draft: Draft, condition: StateExpr): boolean {
  const { program, layout } = draft.world;
  const locals = draft.frame(draft.actor)?.locals ?? [];
  const touch = (address: number): void => void draft.touched.add(address);
  return evaluateState(condition, { program, layout, view: draft.base, locals, touch }) !== 0;
}
