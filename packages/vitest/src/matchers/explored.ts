// SPDX-License-Identifier: MIT
/** A template, explored for a matcher: plain questions about its instances, and errors for their answers. */

import type { HmmTemplate } from '@hmmlab/embedded';
import { renderSummary } from '@hmmlab/reporter';
import type { Span } from '@hmmlab/runtime/program';
import {
  type Judged,
  type Sources,
  failureOf,
  findingFailure,
  findingReport,
  scenarioError,
} from '../failure.ts';
import { filePath } from '../file-paths.ts';

/** One instance of the template. */
export interface Explored {
  readonly judged: Judged;
  readonly sources: Sources;
  /** Whether every schedule was explored, up to the ends that findings put to them. */
  readonly complete: boolean;
  /** Whether what was asked on top is so; only of a complete search, `not` is an answer too. */
  readonly met: boolean;
}

/**
 * Explores a template, with one expectation more if there is one.
 *
 * @throws TypeError for anything but a template; the template's errors
 */
export async function explore(
  received: unknown,
  expectation?: string,
): Promise<readonly Explored[]> {
  requireTemplate(received);
  const template = expectation === undefined ? received : received.expecting(expectation);
  const { instances } = await template.run();
  const sources = new Map(
    [...template.compilation.sources].map(([name, text]) => [
      name,
      { name, text, path: filePath(process.cwd(), name) },
    ]),
  );
  return instances.map(({ name, program, verdict }) => {
    const asked = expectation === undefined ? undefined : program.expectations.at(-1)?.span;
    const isOwn = ({ span }: { readonly span: Span }): boolean => isSame(span, asked);
    // What was asked is written nowhere: what is wrong with it stands at the scenario.
    const placed = <T extends { readonly span: Span }>(all: readonly T[]): readonly T[] =>
      all.map((each) => (isOwn(each) ? { ...each, span: program.span } : each));
    const { findings, problems } = verdict;
    const shown = { ...verdict, findings: placed(findings), problems: placed(problems) };
    const judged = { name, program, verdict: shown, embedded: true };
    return {
      judged,
      sources,
      complete: verdict.kind !== 'broken' && verdict.why === null,
      met: !problems.some(isOwn),
    };
  });
}

function isSame(span: Span, asked: Span | undefined): boolean {
  return asked !== undefined && JSON.stringify(span) === JSON.stringify(asked);
}

function requireTemplate(received: unknown): asserts received is HmmTemplate {
  if (typeof received === 'object' && received !== null && 'expecting' in received) return;
  throw new TypeError('this matcher is for templates: expect(hmm`scenario ... { ... }`)');
}

/**
 * That nothing is left unexplored, so that "never" is an answer.
 *
 * @param never what no schedule does, as far as is known: `no schedule shows deadlock on m`
 * @throws the error that says what is left
 */
export function requireAll(instances: readonly Explored[], never: string): void {
  for (const { judged, sources, complete } of instances) {
    const hiding = judged.verdict.findings.findIndex(
      ({ fails }, index) => fails && findingReport(judged, index, sources).hidesSomething,
    );
    if (hiding !== -1) {
      const note = `${never}, but what lies behind this finding is unexplored`;
      throw findingFailure(judged, hiding, sources, note);
    }
    if (!complete) throw answerless(judged, sources);
  }
}

/**
 * The error where no instance shows what was asked for: of one that was not explored to its end, else of
 * one that shows something else.
 */
export function notShown(instances: readonly Explored[], never: string): Error {
  const open = instances.find(({ complete }) => !complete);
  const other = instances.find(({ judged }) => judged.verdict.findings.some(({ fails }) => fails));
  const chosen = open ?? other ?? instances[0];
  if (chosen === undefined) return new Error(never);
  const { judged, sources } = chosen;
  const { findings } = judged.verdict;
  const instead = findings.map(
    ({ name, object }) => `${name}${object === null ? '' : ` on ${object}`}`,
  );
  const error = answerless({ ...judged, verdict: { ...judged.verdict, findings: [] } }, sources);
  if (instead.length > 0) error.message += `\n\nfound instead: ${instead.join(', ')}`;
  return error;
}

/** The error of an instance that was not explored to its end. */
export function answerless(judged: Judged, sources: Sources): Error {
  return failureOf(judged, sources) ?? plain(judged, sources);
}

/** An error that says only what the verdict is, at the scenario. */
export function plain(judged: Judged, sources: Sources, headline?: string): Error {
  const { name, program, verdict } = judged;
  const summary = renderSummary(program, verdict);
  return scenarioError(judged, sources, `${headline ?? name}\n${summary}`);
}
