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

/** What the command line asks for. */
export interface Choice {
  /** A scenario's title, the full name of one instance, or null for everything. */
  readonly scenario: string | null;
  /** Each `slow` or `!slow`; all must fit. */
  readonly tags: readonly string[];
}

/** What is chosen, whatever the file says about running it; a `todo` may have no instances. */
export function selectScenarios(
  scenarios: readonly CompiledScenario[],
  { scenario: name, tags }: Choice,
): readonly Selection[] {
  return scenarios.flatMap((scenario) => {
    if (!tags.every((tag) => fits(scenario, tag))) return [];
    const all = name === null || scenario.title === name;
    const instances = scenario.instances.filter((instance) => all || instance.name === name);
    const complete = instances.length === scenario.instances.length;
    return all || instances.length > 0 ? [{ scenario, instances, complete }] : [];
  });
}

function fits(scenario: CompiledScenario, tag: string): boolean {
  return tag.startsWith('!') ? !scenario.tags.includes(tag.slice(1)) : scenario.tags.includes(tag);
}

/** What to say when the choice selects nothing in any of the files. */
export function nothingChosen(choice: Choice, compilations: readonly Compilation[]): CliError {
  if (choice.tags.length === 0) return noSuchScenario(choice.scenario ?? '', compilations);
  const asked = choice.tags.map((tag) => `--tag ${tag}`).join(' ');
  const named = choice.scenario === null ? '' : ` called "${choice.scenario}"`;
  const all = compilations.flatMap(({ scenarios }) => scenarios.flatMap(({ tags }) => tags));
  const known = [...new Set(all)].toSorted();
  const help = known.length === 0 ? 'no scenario has tags' : `the tags are: ${known.join(', ')}`;
  return cliError('no-such-scenario', `no scenario${named} fits ${asked}`, help);
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
  const instances = selectScenarios(compilation.scenarios, { scenario: name, tags: [] }).flatMap(
    (each) => each.instances,
  );
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
