// SPDX-License-Identifier: MIT
/**
 * The result of one instance as text: one line, then the verdict or a report for each thing that
 * speaks against it.
 */

import { renderSummary, renderTerminal } from '@hmmlab/reporter';
import type { Verdict } from '@hmmlab/runtime/program';
import type { Console } from './console.ts';
import { paint } from './paint.ts';
import { reportsOf } from './reports-of.ts';
import type { InstanceResult } from './run-scenario.ts';
import { type SurveyRequest, surveyLines } from './survey-text.ts';
import { wrapped } from './wrapped.ts';

const WORDS: Readonly<Record<Verdict['outcome'], string>> = {
  passed: 'ok',
  failed: 'FAILED',
  inconclusive: 'INCONCLUSIVE',
  broken: 'BROKEN',
};

/** What of a result is printed. */
export interface Telling {
  /** Reports below the line of the verdict; true by default. */
  readonly reports?: boolean;
  /** Findings that the scenario expects are reported as well. */
  readonly witnesses?: boolean;
  readonly survey?: SurveyRequest;
}

const NO_SURVEY: SurveyRequest = { outcomes: false, reach: null };

/** The lines of a comment put together, up to an empty one, a list's next item or a word like `Claim:`. */
function paragraphs(doc: string): readonly string[] {
  if (doc === '') return [];
  const found: string[] = [];
  for (const line of doc.split('\n')) {
    const last = found.at(-1);
    const begins = line.trim() === '' || /^(?:\s|[-*] |[A-Z]\w*: )/.test(line);
    if (begins || last === undefined || last.trim() === '') found.push(line);
    else found[found.length - 1] = `${last} ${line}`;
  }
  return found;
}

/** Writes to standard output. */
export function printResult(
  result: InstanceResult,
  console: Console,
  { reports: told = true, witnesses = false, survey = NO_SURVEY }: Telling = {},
): void {
  const { out, width, interrupted } = console;
  const { file, name, doc, program, verdict } = result;
  const { green, red, yellow, dim } = paint(out.color);
  const tone =
    verdict.outcome === 'passed' ? green : verdict.outcome === 'inconclusive' ? yellow : red;
  const word = WORDS[verdict.outcome];
  const head = wrapped(`${word}  ${file}:${program.span.line}  ${name}`, console).join('\n');
  out.write(`${tone(word)}${head.slice(word.length)}\n`);
  if (verdict.outcome !== 'passed' && told)
    for (const line of paragraphs(doc ?? ''))
      for (const part of wrapped(line, console, '    ')) out.write(`${dim(part.trimEnd())}\n`);
  const reports = told ? reportsOf(result, witnesses) : [];
  if (verdict.outcome !== 'failed' || !told)
    for (const line of wrapped(renderSummary(program, verdict), console, '    '))
      out.write(`${line}\n`);
  for (const report of reports) {
    const coverage = report === reports.at(-1);
    out.write(`\n${renderTerminal(report, { width, color: out.color, coverage })}\n\n`);
  }
  const surveyed = { file, name, program, width, color: out.color };
  for (const line of surveyLines(surveyed, survey, interrupted))
    out.write(`    ${line}`.trimEnd() + '\n');
}
