// SPDX-License-Identifier: MIT
/** `toHold` */

import { failureOf, findingFailure } from '../failure.ts';
import { type Explored, answerless, explore, plain } from './explored.ts';
import { type Success, success } from './success.ts';

/** @throws the one error that says why it is not so */
export async function toHold(isNot: boolean, received: unknown): Promise<Success> {
  const instances = await explore(received);
  if (isNot) requireFinding(instances);
  else instances.forEach(requireNone);
  return success(isNot);
}

function requireNone({ judged, sources, complete }: Explored): void {
  const found = judged.verdict.findings.findIndex(({ fails }) => fails);
  const failure =
    failureOf(judged, sources) ?? (found === -1 ? null : findingFailure(judged, found, sources));
  if (failure !== null) throw failure;
  if (!complete) throw answerless(judged, sources);
}

function requireFinding(instances: readonly Explored[]): void {
  if (instances.some(({ judged }) => judged.verdict.kind === 'violated')) return;
  const open = instances.find(({ complete }) => !complete);
  if (open !== undefined) throw answerless(open.judged, open.sources);
  for (const { judged, sources } of instances)
    throw plain(judged, sources, 'no schedule goes wrong');
}
