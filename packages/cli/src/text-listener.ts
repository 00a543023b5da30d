// SPDX-License-Identifier: MIT
/** `hmm run` for people: results as they come, then the count. */

import type { Verdict } from '@hmmlab/runtime/program';
import type { Console } from './console.ts';
import { printCliError, printDiagnostics } from './print-diagnostics.ts';
import { printResult } from './print-result.ts';
import type { RunListener } from './run-listener.ts';

const OUTCOMES: readonly Verdict['outcome'][] = ['passed', 'failed', 'inconclusive', 'broken'];

/** Results go to standard output, complaints about the input to standard error. */
export function createTextListener(console: Console): RunListener {
  const counts = new Map<Verdict['outcome'], number>();
  return {
    error: (error) => printCliError(error, console.err),
    compiled: (compilation) => printDiagnostics(compilation, console.err, console.width),
    result(result) {
      const { outcome } = result.verdict;
      counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
      printResult(result, console);
    },
    end() {
      const parts = OUTCOMES.flatMap((outcome) => {
        const count = counts.get(outcome) ?? 0;
        return count > 0 ? [`${count} ${outcome}`] : [];
      });
      console.out.write(`${parts.length === 0 ? 'no scenario ran' : parts.join(', ')}\n`);
    },
  };
}
