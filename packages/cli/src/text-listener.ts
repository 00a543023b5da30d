// SPDX-License-Identifier: MIT
/** `hmm run` for people: results as they come, then the count. */

import { visible } from '@hmmlab/reporter';
import type { Verdict } from '@hmmlab/runtime/program';
import type { Console } from './console.ts';
import { paint } from './paint.ts';
import type { NotRun } from './plan-run.ts';
import { printCliError, printDiagnostics } from './print-diagnostics.ts';
import { type Telling, printResult } from './print-result.ts';
import type { RunListener } from './run-listener.ts';
import { wrapped } from './wrapped.ts';

const OUTCOMES: readonly Verdict['outcome'][] = ['passed', 'failed', 'inconclusive', 'broken'];

const LEFT: Readonly<Record<NotRun['why'], string>> = {
  skip: 'skipped',
  todo: 'todo',
  only: 'left out by only',
};

/** Results go to standard output, complaints about the input to standard error. */
export function createTextListener(console: Console, telling: Telling = {}): RunListener {
  const counts = new Map<Verdict['outcome'], number>();
  const left = new Map<NotRun['why'], number>();
  return {
    error: (error) => printCliError(error, console.err),
    warning(message) {
      console.err.write(`${paint(console.err.color).yellow('warning')}: ${message}\n`);
    },
    kept(file) {
      console.err.write(`checkpoint: --resume ${visible(file)} goes on from here\n`);
    },
    compiled: (compilation) => printDiagnostics(compilation, console.err, console.width),
    result(result) {
      const { outcome } = result.verdict;
      counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
      printResult(result, console, telling);
    },
    notRun(entry) {
      left.set(entry.why, (left.get(entry.why) ?? 0) + 1);
      if (entry.why !== 'only') console.out.write(`${notRunText(entry, console)}\n`);
    },
    end() {
      const parts = OUTCOMES.flatMap((outcome) => {
        const count = counts.get(outcome) ?? 0;
        return count > 0 ? [`${count} ${outcome}`] : [];
      });
      const rest = [...left].map(([why, count]) => `${count} ${LEFT[why]}`);
      const said = parts.length === 0 ? ['no scenario ran'] : parts;
      console.out.write(`${[...said, ...rest].join(', ')}\n`);
      return 0;
    },
  };
}

/** `skipped  a.hmm:3  the title: why` */
function notRunText({ file, line, name, why, reason }: NotRun, console: Console): string {
  const word = LEFT[why];
  const behind = reason === null ? '' : `: ${reason}`;
  const text = wrapped(`${word}  ${file}:${line}  ${name}${behind}`, console).join('\n');
  return paint(console.out.color).yellow(word) + text.slice(word.length);
}
