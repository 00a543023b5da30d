// SPDX-License-Identifier: MIT
/** A result for people. */

import { renderSummary, renderTerminal, visible } from '@hmmlab/reporter';
import type { InstanceResult, RunResult } from './run-template.ts';

/** How wide lines may get (default 100) and whether there is colour (default not). */
interface RenderOptions {
  readonly width?: number;
  readonly color?: boolean;
}

/** For each instance one line, then its verdict, or a report for each thing that speaks against it. */
export function renderResult(result: RunResult, options: RenderOptions = {}): string {
  return result.instances.map((instance) => instanceText(instance, options)).join('');
}

function instanceText(
  { name, program, verdict, reports }: InstanceResult,
  { width = 100, color = false }: RenderOptions,
): string {
  const head = `${verdict.outcome}  ${visible(name)}\n`;
  const summary = verdict.outcome === 'failed' ? '' : `    ${renderSummary(program, verdict)}\n`;
  const schedules = verdict.findings
    .filter(({ fails, expectedBy }) => fails && expectedBy === null)
    .map(({ counterexample }) => counterexample.schedule);
  const texts = reports.map((report, index) => {
    const schedule = schedules[index];
    const call = `replay: template.replay(${JSON.stringify(name)}, '${schedule ?? ''}')\n`;
    const coverage = index === reports.length - 1;
    return `\n${renderTerminal(report, { width, color, coverage })}\n${schedule === undefined ? '' : call}\n`;
  });
  return head + summary + texts.join('');
}
