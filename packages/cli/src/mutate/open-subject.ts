// SPDX-License-Identifier: MIT
/** A file to mutate: read, compiled, and seen to pass. */

import { type CliError, cliError } from '../codes.ts';
import type { Console } from '../console.ts';
import { type Opened, isInvalid, openFile, shownName } from '../load-file.ts';
import { planRun } from '../plan-run.ts';
import { printCliError, printDiagnostics } from '../print-diagnostics.ts';
import { renameFiles } from '../rename-files.ts';
import { runScenario } from '../run-scenario.ts';
import { type Selection, noSuchScenario, selectScenarios } from '../select-scenarios.ts';
import { type RunMeans, complaintOf } from './judge-mutation.ts';
import { type Subject, compileOpened } from './subject.ts';

/** Null after it has said what is wrong; the scenario is null for all. */
export async function openSubject(
  path: string,
  scenario: string | null,
  means: RunMeans,
  console: Console,
): Promise<Subject | null> {
  const found = openFile(path, console.folder);
  if (found.kind === 'error') return refused(found.error, console);
  const { opened } = found;
  const compilation = compileOpened(opened);
  if (isInvalid(compilation)) {
    const shown = renameFiles(compilation, shownName(opened.root, console.folder));
    printDiagnostics(shown, console.err, console.width);
    return null;
  }
  const chosen = selectScenarios(compilation.scenarios, { scenario, tags: [] });
  if (scenario !== null && chosen.length === 0)
    return refused(noSuchScenario(scenario, [compilation]), console);
  const { file, sources } = compilation;
  const costs: { readonly selection: Selection; readonly cost: number }[] = [];
  for (const plan of planRun(compilation, chosen)) {
    if (plan.kind === 'not-run') continue;
    let cost = 0;
    for await (const { name, verdict } of runScenario(plan.selection, {
      ...means,
      file,
      sources,
    })) {
      cost += verdict.coverage.transitions;
      if (verdict.outcome !== 'passed')
        return refused(notPassing(name, complaintOf(verdict) ?? verdict.outcome, opened), console);
    }
    costs.push({ selection: plan.selection, cost });
  }
  const selections = costs.toSorted((a, b) => a.cost - b.cost).map(({ selection }) => selection);
  return { opened, compilation, selections };
}

function refused(error: CliError, console: Console): null {
  printCliError(error, console.err);
  return null;
}

function notPassing(name: string, why: string, { name: file }: Opened): CliError {
  return cliError(
    'not-passing',
    `"${name}" does not pass as it stands: ${why}`,
    `only what passes can notice a change: hmm run ${file} shows more`,
  );
}
