// SPDX-License-Identifier: MIT
/** `toFind` and `toDeadlock` */

import type { FindingName } from '@hmmlab/runtime/program';
import { findingFailure } from '../failure.ts';
import { type Explored, explore, notShown, plain, requireAll } from './explored.ts';
import { type Success, success } from './success.ts';

/** Which findings are meant; as after `expect deadlock` in a .hmm file. */
export interface FindingFilter {
  /** The object, or one that it is part of: `M.mmap_sem`, `mmap_sem`, `M`. */
  readonly on?: string;
  /** The thread. */
  readonly in?: string;
  /** A proc that is active. */
  readonly at?: string;
}

/** @throws the one error that says why it is not so */
export async function toFind(
  isNot: boolean,
  received: unknown,
  finding: FindingName,
  filter: FindingFilter = {},
): Promise<Success> {
  const wanted = [
    finding,
    ...(['on', 'in', 'at'] as const).flatMap((word) => {
      const name = filter[word];
      return name === undefined ? [] : [`${word} ${name}`];
    }),
  ].join(' ');
  const instances = await explore(received, wanted);
  const found = instances.flatMap((instance) => {
    const index = indexOf(instance, finding);
    return index === -1 ? [] : [{ ...instance, index }];
  });
  const never = `no schedule shows ${wanted}`;
  if (isNot) {
    for (const { judged, sources, index } of found) throw findingFailure(judged, index, sources);
    requireAll(instances, never);
    requireLookedFor(instances, finding);
  } else if (found.length === 0) throw notShown(instances, never);
  return success(isNot);
}

/** What no schedule shows because nothing asks about it is not "never". */
function requireLookedFor(instances: readonly Explored[], finding: FindingName): void {
  const left = instances.find(({ judged }) =>
    judged.verdict.notChecked.includes(finding.replaceAll('_', ' ')),
  );
  if (left !== undefined)
    throw plain(left.judged, left.sources, `nothing in this template looks for ${finding}`);
}

/** Of a search that was cut short, only what the expectation itself caught is known to be meant. */
function indexOf({ judged, complete, met }: Explored, finding: FindingName): number {
  const { program, verdict } = judged;
  const last = program.expectations.length - 1;
  const caught = verdict.findings.findIndex(({ expectedBy }) => expectedBy === last);
  if (caught !== -1 || !complete || !met) return caught;
  return verdict.findings.findIndex(({ name }) => name === finding);
}
