// SPDX-License-Identifier: MIT
/** `hmm run FILE...`: explores the scenarios and says what became of them, as text or as JSON. */

import type { Compilation } from '@hmmlab/dsl';
import { mayGenerateCode } from '@hmmlab/runtime';
import type { Invocation } from '../arguments.ts';
import type { CliError } from '../codes.ts';
import type { Console } from '../console.ts';
import { type ExitCode, outcomeExitCode, worse } from '../exit-code.ts';
import { internalError } from '../internal-error.ts';
import { isInvalid, loadFile } from '../load-file.ts';
import { onlyError, planRun } from '../plan-run.ts';
import { ProgressLine } from '../progress-line.ts';
import { createJsonListener } from '../json-listener.ts';
import { createReportListener } from '../report-listener.ts';
import { runScenario } from '../run-scenario.ts';
import { nothingChosen, selectScenarios } from '../select-scenarios.ts';
import { prepareCheckpoints } from '../prepare-checkpoints.ts';
import { createTextListener } from '../text-listener.ts';
import type { RunListener } from '../run-listener.ts';

const NO_GENERATED_CODE =
  'this Node may not make code from text (--disallow-code-generation-from-strings): searches take about twice as long';

type RunInvocation = Extract<Invocation, { readonly kind: 'run' }>;

/** Runs every selected scenario of every file that compiles; the rest is reported as invalid. */
export async function run(invocation: RunInvocation, console: Console): Promise<ExitCode> {
  const listener = listenerFor(invocation, console);
  const code = await explored(invocation, listener, console);
  return worse(code, listener.end());
}

function listenerFor(
  { json, target, witnesses, survey }: RunInvocation,
  console: Console,
): RunListener {
  if (json) return createJsonListener(console);
  return target === null
    ? createTextListener(console, { witnesses, survey })
    : createReportListener(console, target);
}

async function explored(
  invocation: RunInvocation,
  listener: RunListener,
  console: Console,
): Promise<ExitCode> {
  try {
    if (!mayGenerateCode()) listener.warning(NO_GENERATED_CODE);
    const { code, compilations } = loadFiles(invocation.files, console.folder, listener);
    return worse(code, await runAll(compilations, invocation, listener, console));
  } catch (thrown) {
    listener.error(internalError(thrown));
    return 4;
  }
}

async function runAll(
  compilations: readonly Compilation[],
  invocation: RunInvocation,
  listener: RunListener,
  console: Console,
): Promise<ExitCode> {
  const { choice, allowOnly, limits } = invocation;
  const chosen = compilations.map((compilation) => ({
    compilation,
    selections: selectScenarios(compilation.scenarios, choice),
  }));
  const asks = choice.scenario !== null || choice.tags.length > 0;
  if (asks && chosen.every(({ selections }) => selections.length === 0)) {
    listener.error(nothingChosen(choice, compilations));
    return 3;
  }
  const refused = chosen.flatMap(({ compilation, selections }) =>
    console.ci && !allowOnly ? (onlyError(compilation, selections) ?? []) : [],
  );
  for (const error of refused) listener.error(error);
  if (refused.length > 0) return 3;
  const planned = chosen.flatMap(({ compilation, selections }) =>
    planRun(compilation, selections).map((plan) => ({ compilation, plan })),
  );
  let worst: ExitCode = 0;
  const error = (what: CliError): void => {
    listener.error(what);
    worst = 3;
  };
  const kept = (file: string): void => listener.kept(file);
  const plans = planned.map(({ plan }) => plan);
  const beginning = prepareCheckpoints(plans, invocation, console, { error, kept });
  if ('error' in beginning) {
    listener.error(beginning.error);
    return 3;
  }
  const progress = new ProgressLine(console);
  const { interrupted } = console;
  for (const { compilation, plan } of planned) {
    if (plan.kind === 'not-run') {
      for (const entry of plan.entries) listener.notRun(entry);
      continue;
    }
    const { file, sources } = compilation;
    const context = { file, sources, limits, interrupted, progress, beginning };
    for await (const result of runScenario(plan.selection, context)) {
      worst = worse(worst, outcomeExitCode(result.verdict.outcome));
      listener.result(result);
    }
  }
  return worst;
}

/** Compiles all files, the invalid ones reported to the listener. */
function loadFiles(
  files: readonly string[],
  folder: string,
  listener: RunListener,
): { readonly code: ExitCode; readonly compilations: readonly Compilation[] } {
  let code: ExitCode = 0;
  const compilations = files.flatMap((file) => {
    const loaded = loadFile(file, folder);
    if (loaded.kind === 'error') {
      listener.error(loaded.error);
      code = worse(code, 3);
      return [];
    }
    const { compilation } = loaded;
    listener.compiled(compilation);
    if (!isInvalid(compilation)) return [compilation];
    code = worse(code, 3);
    return [];
  });
  return { code, compilations };
}
