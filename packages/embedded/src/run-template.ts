// SPDX-License-Identifier: MIT
/** Explores the scenarios of a template. */

import type { Compilation, CompiledScenario, Instance } from '@hmmlab/dsl';
import { type Report, reportFinding, reportProblem } from '@hmmlab/reporter';
import {
  type Replay,
  type Search,
  type SearchOptions,
  coverageProblems,
  createSearch,
  replay,
} from '@hmmlab/runtime';
import type { Finding, Program, ScheduleText, Verdict } from '@hmmlab/runtime/program';
import { decide } from './decide.ts';
import { HmmError } from './hmm-error.ts';
import type { TemplateSource } from './template-source.ts';

/** What is explored, and when it gives up. */
export interface RunOptions {
  /** Title of the one scenario to run; default all of them. */
  readonly scenario?: string;
  /** Limits of each search, as in `createSearch`. */
  readonly search?: SearchOptions;
}

/** One instance of a scenario, explored. A report has no `replay` command: see `HmmTemplate.replay`. */
export interface InstanceResult {
  /** Title of the scenario. */
  readonly scenario: string;
  /** `title [writer=true]` */
  readonly name: string;
  readonly program: Program;
  readonly verdict: Verdict;
  /** What speaks against it: unexpected findings, then problems. Empty if it passed. */
  readonly reports: readonly Report[];
}

/** What a run came to, as plain data. */
export interface RunResult {
  /** `passed` if all instances did, else the worst of theirs: `broken`, `failed`, `inconclusive`. */
  readonly outcome: Verdict['outcome'];
  /** In the order of the text. */
  readonly instances: readonly InstanceResult[];
}

type Decide<T> = (search: Search) => T;

/** See `HmmTemplate.run`. */
export async function runTemplate(
  compilation: Compilation,
  source: TemplateSource,
  options: RunOptions & { readonly signal?: AbortSignal },
): Promise<RunResult> {
  const run = plan(compilation, source, options, (search) => decide(search, options.signal));
  const verdicts: Verdict[] = [];
  for (const start of run.starts) verdicts.push(await start());
  return run.finish(verdicts);
}

/** See `HmmTemplate.runSync`. */
export function runTemplateSync(
  compilation: Compilation,
  source: TemplateSource,
  options: RunOptions,
): RunResult {
  const run = plan(compilation, source, options, (search) => {
    while (!search.advance(SLICE));
    return search.verdict();
  });
  return run.finish(run.starts.map((start) => start()));
}

/** Units of work between two looks at whether a search has ended. */
const SLICE = 10_000;

/** See `HmmTemplate.replay`. */
export function replayTemplate(
  compilation: Compilation,
  source: TemplateSource,
  name: string,
  schedule: ScheduleText,
): Replay {
  const instances = runnable(compilation, source).flatMap((scenario) => scenario.instances);
  const instance = instances.find((each) => each.name === name);
  if (instance === undefined)
    throw new RangeError(
      nothingCalled(
        name,
        instances.map((each) => each.name),
      ),
    );
  return replay(instance.program, schedule);
}

interface Plan<T> {
  /** One for each instance. */
  readonly starts: readonly (() => T)[];
  readonly finish: (verdicts: readonly Verdict[]) => RunResult;
}

function plan<T>(
  compilation: Compilation,
  source: TemplateSource,
  { scenario, search }: RunOptions,
  start: Decide<T>,
): Plan<T> {
  const all = runnable(compilation, source);
  const selected = all.filter(({ title }) => scenario === undefined || title === scenario);
  if (scenario !== undefined && selected.length === 0)
    throw new RangeError(
      nothingCalled(
        scenario,
        all.map(({ title }) => title),
      ),
    );
  const instances = selected.flatMap((each) => each.instances);
  return {
    starts: instances.map(
      ({ program }) =>
        () =>
          start(createSearch(program, search)),
    ),
    finish: (verdicts) => judge(selected, verdicts, compilation.sources),
  };
}

/** The scenarios, of which there is at least one. */
function runnable(compilation: Compilation, source: TemplateSource): readonly CompiledScenario[] {
  if (compilation.diagnostics.some(({ severity }) => severity === 'error'))
    throw new HmmError(compilation, source);
  if (compilation.scenarios.length === 0)
    throw new RangeError('hmm: this template has no scenario');
  // A run that leaves something out would pass for it.
  const left = compilation.scenarios.find(({ mode }) => mode !== 'run');
  if (left !== undefined)
    throw new RangeError(
      `hmm: \`${left.mode}\` before "${left.title}" is for .hmm files; here the test says what runs`,
    );
  return compilation.scenarios;
}

function nothingCalled(wanted: string, names: readonly string[]): string {
  const known = names.map((name) => `"${name}"`).join(', ');
  return `hmm: there is no scenario "${wanted}"; there is ${known}`;
}

/** Puts the results together; a statement that no instance of its scenario reaches is a problem. */
function judge(
  scenarios: readonly CompiledScenario[],
  verdicts: readonly Verdict[],
  sources: Compilation['sources'],
): RunResult {
  let next = 0;
  const instances = scenarios.flatMap(({ title, instances: own }) => {
    const judged = own.map((instance) => ({ instance, verdict: verdictAt(verdicts, next++) }));
    const complaints = judged.some(({ verdict }) => verdict.findings.some(isFailing))
      ? []
      : coverageProblems(
          judged.map(({ instance, verdict }) => ({ program: instance.program, verdict })),
        );
    return judged.map(({ instance, verdict }, index): InstanceResult => {
      const last = index === judged.length - 1;
      const whole = last ? withProblems(verdict, complaints) : verdict;
      return { ...resultOf(instance, whole, sources), scenario: title };
    });
  });
  return { outcome: worst(instances.map(({ verdict }) => verdict.outcome)), instances };
}

function verdictAt(verdicts: readonly Verdict[], index: number): Verdict {
  const verdict = verdicts[index];
  if (verdict === undefined) throw new RangeError(`no verdict ${index}`);
  return verdict;
}

function withProblems(verdict: Verdict, more: Verdict['problems']): Verdict {
  if (more.length === 0) return verdict;
  const outcome = verdict.outcome === 'passed' ? 'failed' : verdict.outcome;
  return { ...verdict, outcome, problems: [...verdict.problems, ...more] };
}

function resultOf(
  { name, program }: Instance,
  verdict: Verdict,
  sources: Compilation['sources'],
): Omit<InstanceResult, 'scenario'> {
  const options = { scenario: name };
  const reports = [
    ...verdict.findings.flatMap((finding, index) =>
      isFailing(finding)
        ? [{ ...reportFinding(program, verdict, index, sources, options), replay: [] }]
        : [],
    ),
    ...verdict.problems.map((_, index) => reportProblem(program, verdict, index, sources, options)),
  ];
  return { name, program, verdict, reports };
}

function isFailing({ fails, expectedBy }: Finding): boolean {
  return fails && expectedBy === null;
}

function worst(outcomes: readonly Verdict['outcome'][]): Verdict['outcome'] {
  const order = ['broken', 'failed', 'inconclusive'] as const;
  return order.find((outcome) => outcomes.includes(outcome)) ?? 'passed';
}
