// SPDX-License-Identifier: MIT
/** A template: its text put together once, compiled when first asked for. */

import type { Compilation } from '@hmmlab/dsl';
import type { Replay } from '@hmmlab/runtime';
import { assemble } from './assemble.ts';
import { compileTemplate } from './compile-template.ts';
import type { LocatedLiteral, UnlocatedLiteral } from './locate.ts';
import {
  type RunOptions,
  type RunResult,
  replayTemplate,
  runTemplate,
  runTemplateSync,
} from './run-template.ts';
import { createSourceText } from './source-text.ts';
import type { Assembled, TemplateSource } from './template-source.ts';
import { withExpectation } from './with-expectation.ts';

/** What may be interpolated: an integer, a string, or definitions. */
export type HmmValue = number | string | HmmTemplate;

/** A .hmm text with its values. Plain to pass around; compiled once, when first needed. */
export interface HmmTemplate {
  /**
   * Programs and diagnostics; places are those of the .ts file.
   *
   * Never throws for what is written in the template: with an error among the diagnostics there are no
   * scenarios.
   */
  readonly compilation: Compilation;
  /**
   * Explores all scenarios, in slices between which the event loop turns.
   *
   * @throws HmmError if the template does not compile; the signal's reason once it is aborted
   */
  run(options?: RunOptions & { readonly signal?: AbortSignal }): Promise<RunResult>;
  /**
   * The same in one go: nothing else runs meanwhile.
   *
   * @throws HmmError if the template does not compile
   */
  runSync(options?: RunOptions): RunResult;
  /**
   * Takes one schedule step by step.
   *
   * @param name     of an instance, `title [writer=true]`
   * @param schedule `h1:...`, of a finding's counterexample
   * @throws HmmError if the template does not compile, RangeError if there is no such instance
   */
  replay(name: string, schedule: string): Replay;
  /**
   * The same template with one expectation more, at the end of each of its scenarios.
   *
   * @param expectation what stands after `expect`: `deadlock on m`, `sometimes x == 1`
   * @throws TypeError if that is not one expectation
   */
  expecting(expectation: string): HmmTemplate;
}

const sources = new WeakMap<HmmTemplate, TemplateSource>();

/** @throws TypeError for a value that cannot stand in a .hmm text */
export function createTemplate(
  raw: readonly string[],
  values: readonly HmmValue[],
  literal: LocatedLiteral | UnlocatedLiteral,
): HmmTemplate {
  return templateOf(assemble(raw, values.map(valueOf)), literal);
}

function templateOf(assembled: Assembled, literal: LocatedLiteral | UnlocatedLiteral): HmmTemplate {
  const source = createSourceText(assembled, literal);
  let compiled: Compilation | null = null;
  const template: HmmTemplate = {
    get compilation() {
      compiled ??= compileTemplate(source);
      return compiled;
    },
    run: (options = {}) => runTemplate(template.compilation, source, options),
    runSync: (options = {}) => runTemplateSync(template.compilation, source, options),
    replay: (name, schedule) => replayTemplate(template.compilation, source, name, schedule),
    expecting: (expectation) => templateOf(withExpectation(assembled, expectation), literal),
  };
  sources.set(template, source);
  return template;
}

/** Values as the text has them; a template by what is compiled of it. */
function valueOf(value: HmmValue): number | string | TemplateSource {
  if (typeof value !== 'object' || value === null) return value;
  const source = sources.get(value);
  if (source === undefined) throw new TypeError('hmm: this object is no hmm template');
  return source;
}
