// SPDX-License-Identifier: MIT
/** One scenario with its instances: searched one after the other, then judged together. */

import type { Instance } from '@hmmlab/dsl';
import { coverageProblems } from '@hmmlab/runtime';
import type { Program, Verdict } from '@hmmlab/runtime/program';
import type { Limits } from './arguments.ts';
import { decide } from './decide.ts';
import type { Beginning } from './prepare-checkpoints.ts';
import type { ProgressLine } from './progress-line.ts';
import type { Selection } from './select-scenarios.ts';

/** What became of one instance. */
export interface InstanceResult {
  /** Relative to the folder of the command. */
  readonly file: string;
  readonly name: string;
  /** Text of the scenario's `///` lines, or null. */
  readonly doc: string | null;
  readonly tags: readonly string[];
  readonly program: Program;
  readonly verdict: Verdict;
  /** Texts of the files that spans point into. */
  readonly sources: ReadonlyMap<string, string>;
  readonly milliseconds: number;
}

/** What running a scenario takes besides the scenario. */
export interface RunContext {
  readonly file: string;
  readonly sources: ReadonlyMap<string, string>;
  readonly limits: Limits;
  readonly interrupted: () => boolean;
  readonly progress: ProgressLine;
  readonly beginning: Beginning;
}

/**
 * The results in order, each as soon as it is known. Statements that no instance reaches are problems
 * of the last one.
 */
export async function* runScenario(
  { scenario, instances, complete }: Selection,
  context: RunContext,
): AsyncGenerator<InstanceResult, void, undefined> {
  const results: InstanceResult[] = [];
  for (const [index, instance] of instances.entries()) {
    const { doc, tags } = scenario;
    const result = { ...(await runInstance(instance, context)), doc, tags };
    results.push(result);
    const last = index === instances.length - 1;
    yield last && complete ? withCoverage(result, results) : result;
  }
}

/** Searches one instance to its verdict. */
export async function runInstance(
  instance: Instance,
  context: RunContext,
): Promise<Omit<InstanceResult, 'doc' | 'tags'>> {
  const { file, sources, limits, interrupted, progress } = context;
  const { begin, keeper } = context.beginning;
  const start = performance.now();
  const search = begin(instance.program);
  const verdict = await decide(search, {
    timeMs: limits.timeMs,
    interrupted,
    onProgress(now, elapsedMs) {
      progress.show(instance.name, now, elapsedMs);
      keeper?.turn(search, () => performance.now() - start);
    },
    onStop() {
      progress.clear();
      keeper?.stop(search);
    },
  });
  progress.clear();
  const milliseconds = Math.round(performance.now() - start);
  return { file, name: instance.name, program: instance.program, verdict, sources, milliseconds };
}

/** Behind a finding that nobody expects nothing is explored, so there is nothing to complain about. */
function withCoverage(last: InstanceResult, all: readonly InstanceResult[]): InstanceResult {
  const problems = all.some(({ verdict }) => hasFailingFinding(verdict))
    ? []
    : coverageProblems(all);
  if (problems.length === 0) return last;
  const { verdict } = last;
  const outcome = verdict.outcome === 'passed' ? 'failed' : verdict.outcome;
  return {
    ...last,
    verdict: { ...verdict, outcome, problems: [...verdict.problems, ...problems] },
  };
}

function hasFailingFinding({ findings }: Verdict): boolean {
  return findings.some(({ fails, expectedBy }) => fails && expectedBy === null);
}
