// SPDX-License-Identifier: MIT
/** A compilation whose places are in .ts files instead of in the texts of templates. */

import type { Compilation, CompiledScenario, Diagnostic, Place } from '@hmmlab/dsl';
import type { Program, Span } from '@hmmlab/runtime/program';
import type { TemplateSource } from './template-source.ts';

/** Templates by the names that they were compiled under. */
type Templates = ReadonlyMap<string, TemplateSource>;

/** The same compilation, with every place and every name of a file that people see. */
export function relocate(compilation: Compilation, templates: Templates): Compilation {
  const { file, scenarios, diagnostics, sources, imports } = compilation;
  const place = (old: Place): Place => placeIn(old, templates);
  return {
    file: templates.get(file)?.shown.file ?? file,
    scenarios: scenarios.map((scenario) => relocateScenario(scenario, file, templates)),
    diagnostics: diagnostics.map((diagnostic) => ({
      ...diagnostic,
      place: place(diagnostic.place),
      related: diagnostic.related.map((note) => ({ ...note, place: place(note.place) })),
    })),
    sources: new Map(
      [...sources].map(([name, text]) => {
        const shown = templates.get(name)?.shown;
        return shown === undefined ? [name, text] : [shown.file, shown.text];
      }),
    ),
    imports: imports
      .filter((each) => each.file === null || !templates.has(each.file))
      .map((each) => ({ ...each, ...begin(each, file, templates) })),
  };
}

function relocateScenario(
  scenario: CompiledScenario,
  file: string,
  templates: Templates,
): CompiledScenario {
  return {
    ...scenario,
    ...begin(scenario, file, templates),
    instances: scenario.instances.map(({ name, program }) => ({
      name,
      program: relocateProgram(program, templates),
    })),
  };
}

/** Line and column of something that begins there. */
function begin(
  { line, column }: { readonly line: number; readonly column: number },
  file: string,
  templates: Templates,
): { readonly line: number; readonly column: number } {
  const end = { endLine: line, endColumn: column };
  const place = placeIn({ file, line, column, ...end }, templates);
  return { line: place.line, column: place.column };
}

function placeIn(place: Diagnostic['place'], templates: Templates): Place {
  const template = templates.get(place.file);
  if (template === undefined) return place;
  return { ...template.places(place), file: template.shown.file };
}

/** Programs are plain data: an object with a file, a line and an end is a span. */
function relocateProgram(program: Program, templates: Templates): Program {
  const moved = program.sources.map((name) => templates.get(name));
  const move = (span: Span): Span => {
    const template = moved[span.file];
    return template === undefined ? span : { ...template.places(span), file: span.file };
  };
  return {
    ...withSpans(program, move),
    sources: program.sources.map((name, index) => moved[index]?.shown.file ?? name),
  };
}

function withSpans<T>(value: T, move: (span: Span) => Span): T {
  return mapped(value, move) as T;
}

function mapped(value: unknown, move: (span: Span) => Span): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item: unknown) => mapped(item, move));
  if (isSpan(value)) return move(value);
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, mapped(inner, move)]),
  );
}

function isSpan(value: object): value is Span {
  return 'file' in value && 'line' in value && 'endColumn' in value;
}
