// SPDX-License-Identifier: MIT
/** A scenario's instances: the product of its `for` lists and its `under` worlds. */

import type { CompiledScenario, Instance } from '../api.ts';
import { limits } from '../check/limits.ts';
import type { Problems } from '../check/problems.ts';
import type { Elsewhere } from '../load/elsewhere.ts';
import type { Located, Profiles } from '../load/profile.ts';
import type { Source } from '../load/source.ts';
import type { NamedProfile, World } from '../load/world.ts';
import { createWorld, splitWorld, worldText } from '../load/world.ts';
import type { Scenario, ScenarioLoop, Use } from '../syntax/ast.ts';
import { compileInstance } from './instance.ts';
import type { Parameter } from './instance-input.ts';
import type { Budget } from './budget.ts';
import type { Usage } from './usage.ts';
import type { WorldScopes } from './world-scopes.ts';

export interface ScenarioContext {
  readonly source: Source;
  readonly definitions: readonly Located[];
  readonly scopes: WorldScopes;
  /** `use` at the top level of the file and its imports. */
  readonly uses: readonly NamedProfile[];
  readonly profiles: Profiles;
  readonly problems: Problems;
  readonly usage: Usage;
  readonly elsewhere: Elsewhere;
  readonly budget: Budget;
}

interface Variant {
  readonly name: string;
  readonly parameters: readonly Parameter[];
  readonly world: World;
  readonly worldNames: readonly string[];
}

/** Compiles every instance. After reported errors the Programs are not to be used. */
export function compileScenario(scenario: Scenario, context: ScenarioContext): CompiledScenario {
  const { source, scopes, problems, usage, elsewhere, budget } = context;
  const variants = scenario.hasBody ? expand(scenario, context) : [];
  const worlds = [...new Set(variants.flatMap((variant) => variant.worldNames))];
  const instances: Instance[] = [];
  for (const { name, parameters, world, worldNames } of variants) {
    const input = {
      scenario,
      source,
      scopes,
      world,
      parameters,
      worldNames,
      worlds,
      problems,
      usage,
      elsewhere,
    };
    if (!budget.takeInstance(scenario, source)) break;
    const program = compileInstance(input);
    instances.push({ name, program });
    if (!budget.takeProgram(program, { source, node: scenario.title })) break;
  }
  const { line, column } = source.lines.at(scenario.start);
  const { mode, reason, doc, title } = scenario;
  const tags = tagsOf(scenario, context);
  const head = { title: title.value, mode, reason: reason?.value ?? null, tags, doc };
  return { ...head, line, column, instances };
}

/** Words that test runners read as operators between tags. */
const operators: ReadonlySet<string> = new Set(['and', 'or', 'not']);

function tagsOf(
  { items }: Scenario,
  { source, problems }: Pick<ScenarioContext, 'source' | 'problems'>,
): readonly string[] {
  const names = items.flatMap((item) => (item.kind === 'tags' ? item.names : []));
  for (const node of names)
    if (operators.has(node.name.toLowerCase()))
      problems.error(
        'HMM2009',
        { source, node },
        `\`${node.name}\` cannot be a tag`,
        'it combines tags, as in `slow and not vfio`: choose another word',
      );
  return [...new Set(names.map(({ name }) => name))];
}

function expand(scenario: Scenario, context: ScenarioContext): readonly Variant[] {
  const { source, problems } = context;
  const { loops, under } = scenario;
  const size = loops.reduce((n, loop) => n * loop.values.length, under?.length ?? 1);
  const at = { source, node: scenario.title };
  if (size > limits.instances) {
    problems.error(
      'HMM2019',
      at,
      `${Number.isSafeInteger(size) ? size : 'countless'} instances; the limit is ${limits.instances}`,
      'shorten a list of `for` or `under`',
    );
    return [];
  }
  if (size === 0)
    problems.error('HMM2019', at, 'this scenario has no instance', 'put a value into each list');
  reportTwins(loops, context);
  const names = new Map<string, true>();
  return combinations(loops, source).flatMap((parameters) =>
    (under ?? [null]).flatMap((text) => {
      const variant = variantOf(scenario, parameters, text, context);
      if (variant === null) return [];
      if (names.has(variant.name))
        problems.error('HMM2020', at, `two instances are called \`${variant.name}\``);
      names.set(variant.name, true);
      return [variant];
    }),
  );
}

function combinations(
  loops: readonly ScenarioLoop[],
  source: Source,
): readonly (readonly Parameter[])[] {
  let rows: readonly (readonly Parameter[])[] = [[]];
  for (const loop of loops) {
    const parameters = loop.values.map((value): Parameter => ({
      loop,
      value,
      text: value.kind === 'string' ? value.value : source.text.slice(value.start, value.end),
    }));
    rows = rows.flatMap((row) => parameters.map((parameter) => [...row, parameter]));
  }
  return rows;
}

function reportTwins(loops: readonly ScenarioLoop[], { source, problems }: ScenarioContext): void {
  loops.forEach((loop, i) => {
    const first = loops.findIndex((other) => other.name.name === loop.name.name);
    if (first !== i)
      problems.error(
        'HMM2002',
        { source, node: loop.name },
        `two parameters are called \`${loop.name.name}\``,
      );
  });
}

function variantOf(
  scenario: Scenario,
  parameters: readonly Parameter[],
  under: { readonly value: string; readonly start: number; readonly end: number } | null,
  context: ScenarioContext,
): Variant | null {
  const { source, problems, profiles, uses, usage } = context;
  const own = scenario.items
    .filter((item): item is Use => item.kind === 'use')
    .flatMap((use) => use.names)
    .map(({ name, start, end }): NamedProfile => {
      const parameter = parameters.find(({ loop }) => loop.name.name === name);
      if (parameter !== undefined) usage.use(parameter.loop.name);
      return { name: parameter?.text ?? name, at: { source, node: { start, end } } };
    });
  const listed = under === null ? [] : splitWorld(under.value, { source, node: under }, problems);
  const world = createWorld([listed, own, uses], profiles, problems);
  if (world === null) return null;
  const shown = [
    ...parameters.map(({ loop, value, text }) => {
      const short = value.kind === 'string' ? text.replace(/^drivers\//, '') : text;
      return `${loop.name.name}=${short}`;
    }),
    ...(under === null ? [] : [worldText(under.value)]),
  ];
  const name =
    shown.length === 0 ? scenario.title.value : `${scenario.title.value} [${shown.join(', ')}]`;
  const worldNames = [
    ...(world.label === null ? [] : [world.label]),
    ...(under === null ? [] : [worldText(under.value)]),
  ];
  return { name, parameters, world, worldNames };
}
