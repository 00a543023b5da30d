// SPDX-License-Identifier: MIT
/** `--scenario NAME`: the scenarios and instances of a file that are meant. */

import type { Compilation, CompiledScenario, Instance } from '@hmmlab/dsl';
import { type CliError, cliError } from './codes.ts';
import { nearest } from './nearest.ts';

/** Instances of one scenario. */
export interface Selection {
  readonly scenario: CompiledScenario;
  readonly instances: readonly Instance[];
  /** All there are, so that statements reached by none of them can be complained about. */
  readonly complete: boolean;
}

/** @param name a scenario's title, the full name of one instance, or null for everything. */
export function selectScenarios(
  scenarios: readonly CompiledScenario[],
  name: string | null,
): readonly Selection[] {
  return scenarios.flatMap((scenario) => {
    const all = name === null || scenario.title === name;
    const instances = scenario.instances.filter((instance) => all || instance.name === name);
    const complete = instances.length === scenario.instances.length;
    return instances.length === 0 ? [] : [{ scenario, instances, complete }];
  });
}

/** What to say when `name` selects nothing in any of the files. */
export function noSuchScenario(name: string, compilations: readonly Compilation[]): CliError {
  const scenarios = compilations.flatMap((compilation) => compilation.scenarios);
  const instances = scenarios.flatMap((scenario) => scenario.instances.map((each) => each.name));
  const names = [...new Set([...scenarios.map(({ title }) => title), ...instances])];
  const closest = nearest(name, names);
  const help =
    closest !== null
      ? `did you mean "${closest}"?`
      : names.length === 0
        ? null
        : `there are: ${names.map((each) => `"${each}"`).join(', ')}`;
  return cliError('no-such-scenario', `no scenario is called "${name}"`, help);
}

/** Exactly one instance, for commands that show one; the error lists what there is to choose from. */
export function oneInstance(
  compilation: Compilation,
  name: string | null,
): { readonly instance: Instance } | { readonly error: CliError } {
  const instances = selectScenarios(compilation.scenarios, name).flatMap((each) => each.instances);
  const [instance, second] = instances;
  if (instance === undefined)
    return {
      error:
        name === null
          ? cliError('no-such-scenario', `${compilation.file} has no scenario`, null)
          : noSuchScenario(name, [compilation]),
    };
  if (second === undefined) return { instance };
  const names = instances.map((each) => `"${each.name}"`).join(', ');
  return {
    error: cliError(
      'no-such-scenario',
      `${name === null ? compilation.file : `"${name}"`} has ${instances.length} instances`,
      `choose one with --scenario: ${names}`,
    ),
  };
}
