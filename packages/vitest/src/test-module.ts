// SPDX-License-Identifier: MIT
/**
 * A compiled .hmm file as a vitest test module: plain JavaScript in which every test stands on a line
 * that maps to its `scenario` keyword. All data is inside JSON string literals.
 */

import { dirname, relative } from 'node:path';
import type { Compilation, CompiledScenario } from '@hmmlab/dsl';
import type { SearchOptions } from '@hmmlab/runtime';
import { filePath } from './file-paths.ts';
import { DEFINITIONS, slashed } from './hmm-id.ts';
import { jsonLiteral, textLiteral } from './json-literal.ts';
import { type MappedLine, type MappedModule, mappedModule } from './mapped-module.ts';
import type { InvalidData, ScenarioData, SuiteData } from './module-data.ts';

/** What the module is made from, besides the compilation. */
export interface ModuleInput {
  /** Absolute, `/`-separated. */
  readonly file: string;
  readonly text: string;
  /** Absolute; the compilation's file names are relative to it. */
  readonly root: string;
  readonly search: SearchOptions;
  /** Whether vitest can import this absolute file as a module of the project. */
  readonly importable: (file: string) => boolean;
}

type Place = NonNullable<MappedLine['place']>;

/** The module of a file, whether it compiles or not; never throws for what a file contains. */
export function testModule(compilation: Compilation, input: ModuleInput): MappedModule {
  const invalid = compilation.diagnostics.some(({ severity }) => severity === 'error');
  const body = invalid ? invalidLines(compilation, input) : suiteLines(compilation, input);
  return mappedModule(input.file, input.text, [...importLines(compilation, input), ...body]);
}

/** Real imports, so that vitest's module graph knows what depends on what. */
function importLines(compilation: Compilation, input: ModuleInput): MappedLine[] {
  const written = new Map(compilation.imports.map((each) => [each.file, each]));
  return [...compilation.sources.keys()].flatMap((name) => {
    const file = filePath(input.root, name);
    if (file === input.file || !input.importable(file)) return [];
    const path = slashed(relative(dirname(input.file), file));
    const specifier = `${path.startsWith('.') ? '' : './'}${path}${DEFINITIONS}`;
    return [{ code: `import ${textLiteral(specifier)};`, place: written.get(name) ?? null }];
  });
}

function invalidLines({ diagnostics, sources }: Compilation, { root }: ModuleInput): MappedLine[] {
  const files = [...sources.keys()].map((name) => ({ name, path: filePath(root, name) }));
  const data: InvalidData = { files, diagnostics };
  return [
    line(`import { throwDiagnostics } from '@hmmlab/vitest/run';`),
    line(`throwDiagnostics(${jsonLiteral(data)});`),
  ];
}

function suiteLines(compilation: Compilation, { root, search }: ModuleInput): MappedLine[] {
  const { scenarios, sources, diagnostics } = compilation;
  const files = [...sources].map(([name, text]) => ({ name, path: filePath(root, name), text }));
  const data: SuiteData = { files, warnings: diagnostics, search };
  return [
    line(`import { test } from 'vitest';`),
    line(`import { openSuite } from '@hmmlab/vitest/run';`),
    line(`const suite = openSuite(${jsonLiteral(data)}, {`),
    ...statementPlaces(scenarios).map((place) => ({
      code: `"${place.line}:${place.column}": (act) => act(),`,
      place,
    })),
    line(`});`),
    ...(scenarios.length === 0 ? [definitionsOnly()] : scenarios.flatMap(scenarioLines)),
  ];
}

/** A file without any test would fail. */
function definitionsOnly(): MappedLine {
  return { code: `test("definitions are well-formed", () => {});`, place: { line: 1, column: 1 } };
}

function scenarioLines(scenario: CompiledScenario, index: number): MappedLine[] {
  const { title, mode, reason, doc, tags, instances } = scenario;
  const place = { line: scenario.line, column: scenario.column };
  const options = `{ timeout: 0, tags: ${JSON.stringify(tags)} }`;
  const test = (kind: string, name: string, call: string): MappedLine => ({
    code: `${kind}(${textLiteral(name)}, ${options}, (ctx) => scenario${index}.${call});`,
    place,
  });
  const data: ScenarioData = { title, doc, reason, instances: mode === 'skip' ? [] : instances };
  const opening = line(`const scenario${index} = suite.scenario(${jsonLiteral(data)});`);
  switch (mode) {
    case 'todo':
      return [{ code: `test.todo(${textLiteral(title)}, ${options});`, place }];
    case 'skip': {
      const kind = reason === null ? 'test.skip' : 'test';
      return [opening, ...instances.map(({ name }) => test(kind, name, 'skip(ctx)'))];
    }
    case 'run':
    case 'only': {
      const kind = mode === 'only' ? 'test.only' : 'test';
      const whole = test(kind, `${title}: every statement is reached`, 'everyStatement(ctx)');
      const each = instances.map(({ name }, i) => test(kind, name, `run(ctx, ${i})`));
      return [opening, ...each, ...(instances.length > 1 ? [whole] : [])];
    }
  }
}

/** Where the statements of the file's own scenarios stand, each place once. */
function statementPlaces(scenarios: readonly CompiledScenario[]): readonly Place[] {
  const places = new Map<string, Place>();
  for (const { instances } of scenarios)
    for (const { program } of instances)
      for (const proc of program.procs)
        for (const { span } of proc.code)
          if (span.file === 0) places.set(`${span.line}:${span.column}`, span);
  return [...places.values()];
}

function line(code: string): MappedLine {
  return { code, place: null };
}
