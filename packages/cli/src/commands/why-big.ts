// SPDX-License-Identifier: MIT
/** `hmm why-big FILE`: what the states of a scenario differ in, where its threads can be overtaken, and what to bound. */

import type { Instance } from '@hmmlab/dsl';
import { visible } from '@hmmlab/reporter';
import type { SizeReport } from '@hmmlab/runtime';
import { SizeStudy } from '@hmmlab/runtime';
import type { Console } from '../console.ts';
import type { ExitCode } from '../exit-code.ts';
import { isInvalid, loadFile } from '../load-file.ts';
import { paint } from '../paint.ts';
import { printCliError, printDiagnostics } from '../print-diagnostics.ts';
import { ProgressLine } from '../progress-line.ts';
import { noSuchScenario, selectScenarios } from '../select-scenarios.ts';
import { sizeText } from '../size-text.ts';

const SLICE = 20_000;

export interface WhyBig {
  readonly file: string;
  /** Null for all. */
  readonly scenario: string | null;
  readonly maxStates: number;
}

/** Prints a table for each instance; a limit of states makes it one of the first states only. */
export function whyBig({ file, scenario, maxStates }: WhyBig, console: Console): ExitCode {
  const loaded = loadFile(file, console.folder);
  if (loaded.kind === 'error') {
    printCliError(loaded.error, console.err);
    return 3;
  }
  const { compilation } = loaded;
  printDiagnostics(compilation, console.err, console.width);
  if (isInvalid(compilation)) return 3;
  const selections = selectScenarios(compilation.scenarios, { scenario, tags: [] });
  if (scenario !== null && selections.length === 0) {
    printCliError(noSuchScenario(scenario, [compilation]), console.err);
    return 3;
  }
  const { bold } = paint(console.out.color);
  for (const instance of selections.flatMap(({ instances }) => instances)) {
    const report = study(instance, maxStates, console);
    console.out.write(`${bold(visible(instance.name))}\n${sizeText(report)}\n`);
  }
  return 0;
}

function study({ name, program }: Instance, maxStates: number, console: Console): SizeReport {
  const work = new SizeStudy(program, { maxStates });
  const line = new ProgressLine(console);
  const start = performance.now();
  for (;;) {
    const report = work.advance(SLICE);
    if (report === null) line.show(name, work.progress, performance.now() - start);
    else {
      line.clear();
      return report;
    }
  }
}
