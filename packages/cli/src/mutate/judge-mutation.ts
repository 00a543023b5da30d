// SPDX-License-Identifier: MIT
/** Whether some scenario notices a mutation. */

import type { Verdict } from '@hmmlab/runtime/program';
import { type InstanceResult, type RunContext, runScenario } from '../run-scenario.ts';
import type { Mutation } from './mutation.ts';
import { type Subject, compileMutated } from './subject.ts';

/** What became of a mutation. */
export type Judgement =
  /** A scenario that passed fails now, and `because` of this finding or problem. */
  | { readonly kind: 'caught'; readonly by: InstanceResult; readonly because: string }
  /** Every scenario that runs the changed code passes as before. */
  | { readonly kind: 'survives' }
  /** No scenario failed, and one could not be searched to its end. */
  | { readonly kind: 'inconclusive'; readonly by: InstanceResult }
  /** It does not compile, so it is none. */
  | { readonly kind: 'broken' }
  /** No scenario does anything else because of it. */
  | { readonly kind: 'unused' };

/** What is needed to run an instance, without what belongs to its file. */
export type RunMeans = Pick<RunContext, 'limits' | 'interrupted' | 'progress' | 'beginning'>;

/** Runs the scenarios that the mutation concerns until one fails. */
export async function judgeMutation(
  mutation: Mutation,
  subjects: readonly Subject[],
  means: RunMeans,
): Promise<Judgement> {
  let kind: 'survives' | 'unused' | 'broken' = 'unused';
  let cut: InstanceResult | null = null;
  for (const subject of subjects) {
    const changed = compileMutated(subject, mutation);
    if (changed.kind === 'broken' && kind === 'unused') kind = 'broken';
    if (changed.kind !== 'different') continue;
    kind = 'survives';
    const { file, sources } = changed.compilation;
    for (const selection of changed.selections)
      for await (const result of runScenario(selection, { ...means, file, sources })) {
        const because = complaintOf(result.verdict);
        if (because !== null) return { kind: 'caught', by: result, because };
        if (result.verdict.outcome !== 'passed') cut ??= result;
        if (means.interrupted()) break;
      }
  }
  return cut === null ? { kind } : { kind: 'inconclusive', by: cut };
}

/** The first thing that speaks against a scenario; null unless it fails. @throws for a mistake of our own */
export function complaintOf({ outcome, findings, problems, why }: Verdict): string | null {
  if (outcome === 'broken') throw new Error(why ?? outcome);
  if (outcome !== 'failed') return null;
  const finding = findings.find(({ fails, expectedBy }) => fails && expectedBy === null);
  if (finding === undefined) return problems[0]?.message ?? outcome;
  const { name, object, thread, message } = finding;
  if (object === null) return `${name}: ${message}`;
  return `${name} on ${object}${thread === null ? '' : ` in ${thread}`}`;
}
