// SPDX-License-Identifier: MIT
/** `toReach` */

import { findingFailure } from '../failure.ts';
import { explore, notShown, plain, requireAll } from './explored.ts';
import { type Success, success } from './success.ts';

/** @throws the one error that says why it is not so */
export async function toReach(
  isNot: boolean,
  received: unknown,
  condition: string,
): Promise<Success> {
  const instances = await explore(received, `sometimes ${condition}`);
  const reaching = instances.findIndex(({ complete, met }) => complete && met);
  const never = `no final state has ${condition}`;
  if (isNot) {
    if (reaching !== -1) throw await witness(received, condition, reaching);
    requireAll(instances, never);
  } else if (reaching === -1) throw notShown(instances, never);
  return success(isNot);
}

/** The error with a schedule at whose end the condition is true: as a final state that breaks a `never`. */
async function witness(received: unknown, condition: string, index: number): Promise<Error> {
  const instance = (await explore(received, `never ${condition}`))[index];
  if (instance === undefined) return new RangeError(`no instance ${index}`);
  const { judged, sources } = instance;
  const found = judged.verdict.findings.findIndex(({ name }) => name === 'outcome');
  return found === -1
    ? plain(judged, sources, `a final state has ${condition}`)
    : findingFailure(judged, found, sources);
}
