// SPDX-License-Identifier: MIT
/** `await`: a step that is there only while its condition is true. */

import type { Instruction } from '../program/index.ts';
import type { Draft } from './draft.ts';
import { evaluateState } from './state-expression.ts';

type Await = Extract<Instruction, { op: 'await' }>;

/**
 * Whether `draft.actor` may pass the `await` at which it stands. The condition is evaluated at one moment.
 *
 * @throws RaisedFinding if the condition reads NULL or something dead
 */
export function isAwaited(draft: Draft, { condition }: Await): boolean {
  if (condition === null) return true;
  const { program, layout } = draft.world;
  const locals = draft.frame(draft.actor)?.locals ?? [];
  const touch = (address: number): void => void draft.touched.add(address);
  return evaluateState(condition, { program, layout, state: draft.base, locals, touch }) !== 0;
}
