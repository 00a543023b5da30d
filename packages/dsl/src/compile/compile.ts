// SPDX-License-Identifier: MIT
/** A file to the Programs of its scenarios, or to everything that is wrong with it. */

import type { Compilation, CompiledScenario, Host } from '../api.ts';
import { Problems, TooManyErrors } from '../check/problems.ts';
import { createElsewhere } from '../load/elsewhere.ts';
import type { Library } from '../load/library.ts';
import { createLibrary } from '../load/library.ts';
import type { Source } from '../load/source.ts';
import type { Located } from '../load/profile.ts';
import { Profiles } from '../load/profile.ts';
import { warnUnusedImports } from '../load/unused-imports.ts';
import type { NamedProfile } from '../load/world.ts';
import type { Definition, Scenario, TopItem } from '../syntax/ast.ts';
import { Budget } from './budget.ts';
import { checkProfiles } from './check-profiles.ts';
import { compileScenario } from './scenario.ts';
import type { ScenarioContext } from './scenario.ts';
import { Usage } from './usage.ts';
import { WorldScopes } from './world-scopes.ts';

/**
 * Compiles all scenarios of a file.
 *
 * @param file name of the text for places, as the host would name it
 * @returns never throws for what a user can write; with any error there are no scenarios
 */
export function compile(text: string, file: string, host: Host): Compilation {
  const problems = new Problems();
  const library = createLibrary(text, file, host, problems);
  const scenarios = problems.errors > 0 ? [] : compileAll(library, problems);
  const names = [...library.sources.keys()];
  return {
    file,
    scenarios: problems.errors > 0 ? [] : scenarios,
    diagnostics: problems.list(names),
    sources: new Map([...library.sources].map(([name, source]) => [name, source.text])),
    imports: library.imports,
  };
}

/** Nothing once there are too many errors. */
function compileAll(library: Library, problems: Problems): readonly CompiledScenario[] {
  try {
    return compileScenarios(library, problems);
  } catch (thrown) {
    if (thrown instanceof TooManyErrors) return [];
    throw thrown;
  }
}

function compileScenarios(library: Library, problems: Problems): readonly CompiledScenario[] {
  const { own, files, host } = library;
  const usage = new Usage();
  const definitions = files.flatMap((source) =>
    (source.ast?.items ?? []).filter(isDefinition).map((def): Located => ({ def, source })),
  );
  const context: ScenarioContext = {
    source: own,
    definitions,
    scopes: new WorldScopes(definitions, problems),
    uses: files.flatMap((source) =>
      (source.ast?.items ?? []).flatMap((item) =>
        item.kind === 'use'
          ? item.names.map((name): NamedProfile => ({
              name: name.name,
              at: { source, node: name },
            }))
          : [],
      ),
    ),
    profiles: new Profiles(library, problems),
    problems,
    usage,
    elsewhere: createElsewhere(host),
    budget: new Budget(problems, definitionsLength(files)),
  };
  const scenarios = (own.ast?.items ?? []).filter(
    (item): item is Scenario => item.kind === 'scenario',
  );
  reportTwins(scenarios, context);
  const compiled: CompiledScenario[] = [];
  for (const scenario of scenarios) {
    if (context.budget.spent) break;
    compiled.push(compileScenario(scenario, context));
  }
  checkProfiles(context, scenarios.length > 0);
  if (problems.errors === 0) {
    usage.report(problems);
    if (scenarios.length > 0) warnUnusedImports(library, problems);
  }
  return compiled;
}

/** UTF-16 units of everything that is not a scenario. */
function definitionsLength(files: readonly Source[]): number {
  let length = 0;
  for (const { ast } of files)
    for (const { kind, start, end } of ast?.items ?? [])
      if (kind !== 'scenario') length += end - start;
  return length;
}

function isDefinition(item: TopItem): item is Definition {
  return !['use', 'import', 'profile', 'scenario'].includes(item.kind);
}

function reportTwins(scenarios: readonly Scenario[], { source, problems }: ScenarioContext): void {
  const seen = new Map<string, Scenario>();
  for (const scenario of scenarios) {
    const title = scenario.title.value;
    const first = seen.get(title);
    if (first !== undefined)
      problems.error(
        'HMM2020',
        { source, node: scenario.title },
        `two scenarios are called "${title}"`,
        'a title is the name of a test: choose another',
        [{ message: 'the first one is here', at: { source, node: first.title } }],
      );
    seen.set(title, scenario);
  }
}
