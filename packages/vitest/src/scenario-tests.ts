// SPDX-License-Identifier: MIT
/** The tests of one scenario: one per instance, and with several instances one about all of them. */

import { type SearchOptions, coverageProblems, createSearch } from '@hmmlab/runtime';
import type { Problem, Verdict } from '@hmmlab/runtime/program';
import type { TestContext } from 'vitest';
import { annotateDoc } from './annotate-doc.ts';
import { annotateOutcomes } from './annotate-outcomes.ts';
import { annotatePicture } from './annotate-picture.ts';
import { annotateSteps } from './annotate-steps.ts';
import { decide } from './decide.ts';
import { type Judged, type Sources, failureOf, findingReport, mainFinding } from './failure.ts';
import type { Places, ScenarioData } from './module-data.ts';
import { ProgressNotes } from './progress-notes.ts';
import { type HmmMeta, metaOf } from './test-meta.ts';

declare module 'vitest' {
  interface TaskMeta {
    /** What a scenario's search came to. */
    hmm?: HmmMeta;
  }
}

/** What all scenarios of a file share. */
export interface Surroundings {
  readonly sources: Sources;
  readonly places: Places;
  readonly search: SearchOptions;
}

/** Keeps verdicts, so that the test about all instances need not search again. */
export class ScenarioTests {
  readonly #around: Surroundings;
  readonly #scenario: ScenarioData;
  readonly #verdicts = new Map<number, Verdict>();

  constructor(around: Surroundings, scenario: ScenarioData) {
    this.#around = around;
    this.#scenario = scenario;
  }

  /**
   * The test of instance `index`.
   *
   * @throws the one error that says why it does not pass, or the reason of an abort
   */
  async run(ctx: TestContext, index: number): Promise<void> {
    const judged = await this.#judge(ctx, index);
    ctx.task.meta.hmm = metaOf(judged.verdict, this.#scenario.doc);
    const single = this.#scenario.instances.length === 1;
    const whole = single && mainFinding(judged.verdict) === undefined;
    this.#report(ctx, whole ? withProblems(judged, coverageProblems([judged])) : judged);
    annotateOutcomes(ctx, judged);
  }

  /** In the place of an instance of a scenario that is skipped for a reason. */
  skip(ctx: TestContext): void {
    ctx.skip(this.#scenario.reason ?? undefined);
  }

  /** The test about all instances: a statement that none of them reaches is a mistake. */
  async everyStatement(ctx: TestContext): Promise<void> {
    const { instances } = this.#scenario;
    const siblings = (ctx.task.suite ?? ctx.task.file).tasks;
    const left = siblings.filter(
      ({ mode, name }) =>
        mode !== 'run' && mode !== 'queued' && instances.some((each) => each.name === name),
    );
    if (left.length > 0) ctx.skip('not every instance of the scenario runs');
    const all: Judged[] = [];
    for (let index = 0; index < instances.length; index++) all.push(await this.#judge(ctx, index));
    const open = all.find(({ verdict }) => !verdict.coverage.exhaustive);
    if (open !== undefined) ctx.skip(`${open.name} was not explored to its end`);
    const failing = all.find(({ verdict }) => mainFinding(verdict) !== undefined);
    if (failing !== undefined)
      ctx.skip(`nothing behind the finding of ${failing.name} is explored`);
    const last = all.at(-1);
    if (last === undefined) return;
    const blank: Verdict = { ...last.verdict, findings: [], problems: [], outcome: 'passed' };
    this.#report(ctx, withProblems({ ...last, verdict: blank }, coverageProblems(all)));
  }

  async #judge(ctx: TestContext, index: number): Promise<Judged> {
    const instance = this.#scenario.instances[index];
    if (instance === undefined) throw new RangeError(`no instance ${index}`);
    const known = this.#verdicts.get(index);
    if (known !== undefined) return { ...instance, verdict: known };
    const search = createSearch(instance.program, this.#around.search);
    const notes = new ProgressNotes(ctx);
    const verdict = await decide(search, ctx.signal, (progress, elapsedMs) =>
      notes.show(progress, elapsedMs),
    );
    this.#verdicts.set(index, verdict);
    return { ...instance, verdict };
  }

  #report(ctx: TestContext, judged: Judged): void {
    const { sources, places } = this.#around;
    const failure = failureOf(judged, sources);
    if (failure !== null) annotateDoc(ctx, this.#scenario.doc);
    const index = shownFinding(judged.verdict);
    if (index !== -1) {
      const report = findingReport(judged, index, sources);
      annotateSteps(ctx, judged, index, report, places);
      annotatePicture(ctx, report);
    }
    if (failure !== null) throw failure;
  }
}

/** Index of the finding whose schedule is shown: the one that fails the scenario, else the first; or -1. */
function shownFinding({ findings }: Verdict): number {
  const failing = findings.findIndex(({ fails, expectedBy }) => fails && expectedBy === null);
  return failing === -1 && findings.length > 0 ? 0 : failing;
}

/** The same verdict with more problems, each of which makes a passing one fail. */
function withProblems(judged: Judged, more: readonly Problem[]): Judged {
  if (more.length === 0) return judged;
  const { verdict } = judged;
  const problems = [...verdict.problems, ...more];
  const outcome = verdict.outcome === 'passed' ? 'failed' : verdict.outcome;
  return { ...judged, verdict: { ...verdict, problems, outcome } };
}
