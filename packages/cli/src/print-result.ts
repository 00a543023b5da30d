// SPDX-License-Identifier: MIT
/**
 * The result of one instance as text: one line, then the verdict or a report for each thing that
 * speaks against it.
 */

import {
  type Report,
  renderSummary,
  renderTerminal,
  reportFinding,
  reportProblem,
} from '@hmmlab/reporter';
import type { Verdict } from '@hmmlab/runtime/program';
import type { Console } from './console.ts';
import { paint } from './paint.ts';
import type { InstanceResult } from './run-scenario.ts';
import { wrapped } from './wrapped.ts';

const WORDS: Readonly<Record<Verdict['outcome'], string>> = {
  passed: 'ok',
  failed: 'FAILED',
  inconclusive: 'INCONCLUSIVE',
  broken: 'BROKEN',
};

/** Writes to standard output. */
export function printResult(result: InstanceResult, console: Console): void {
  const { out, width } = console;
  const { file, name, doc, program, verdict } = result;
  const { green, red, yellow, dim } = paint(out.color);
  const tone =
    verdict.outcome === 'passed' ? green : verdict.outcome === 'inconclusive' ? yellow : red;
  const word = WORDS[verdict.outcome];
  const head = wrapped(`${word}  ${file}:${program.span.line}  ${name}`, console).join('\n');
  out.write(`${tone(word)}${head.slice(word.length)}\n`);
  if (verdict.outcome !== 'passed')
    for (const line of doc?.split('\n') ?? [])
      for (const part of wrapped(line, console, '    ')) out.write(`${dim(part.trimEnd())}\n`);
  const reports = reportsOf(result);
  if (verdict.outcome !== 'failed')
    for (const line of wrapped(renderSummary(program, verdict), console, '    '))
      out.write(`${line}\n`);
  for (const report of reports) {
    const coverage = report === reports.at(-1);
    out.write(`\n${renderTerminal(report, { width, color: out.color, coverage })}\n\n`);
  }
}

function reportsOf({ name, program, verdict, sources }: InstanceResult): readonly Report[] {
  const options = { scenario: name };
  return [
    ...verdict.findings.flatMap(({ fails, expectedBy }, index) =>
      fails && expectedBy === null
        ? [reportFinding(program, verdict, index, sources, options)]
        : [],
    ),
    ...verdict.problems.map((_, index) => reportProblem(program, verdict, index, sources, options)),
  ];
}
