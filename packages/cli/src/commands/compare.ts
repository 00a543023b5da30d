// SPDX-License-Identifier: MIT
/** `hmm compare A.hmm B.hmm`: which findings a change removes, which it adds, and by which schedule. */

import type { Compilation } from '@hmmlab/dsl';
import { createSearch } from '@hmmlab/runtime';
import type { Invocation } from '../arguments.ts';
import { cliError } from '../codes.ts';
import { pairInstances } from '../compare/pair-instances.ts';
import { printComparison } from '../compare/print-comparison.ts';
import type { Console } from '../console.ts';
import { type ExitCode, worse } from '../exit-code.ts';
import { isInvalid, loadFile } from '../load-file.ts';
import { printCliError, printDiagnostics } from '../print-diagnostics.ts';
import { ProgressLine } from '../progress-line.ts';
import { type InstanceResult, type RunContext, runInstance } from '../run-scenario.ts';

type CompareInvocation = Extract<Invocation, { readonly kind: 'compare' }>;

/** 0 nothing is added, 1 a finding is, 2 one of the searches is not certain, 3 invalid input. */
export async function compare(invocation: CompareInvocation, console: Console): Promise<ExitCode> {
  const { before: first, after: second, scenario, exchange, limits } = invocation;
  const [before, after] = [open(first, console), open(second, console)];
  if (before === null || after === null) return 3;
  const pairs = pairInstances(before, after, { scenario, tags: [] }, exchange);
  if (pairs.length === 0) {
    const message = 'no two scenarios can be compared';
    const help =
      exchange === null
        ? 'they need the same name in both files'
        : `--before and --after are what stands in brackets behind a title`;
    printCliError(cliError('no-such-scenario', message, help), console.err);
    return 3;
  }
  const context = (compilation: Compilation): RunContext => ({
    file: compilation.file,
    sources: compilation.sources,
    limits,
    interrupted: console.interrupted,
    progress: new ProgressLine(console),
    beginning: { begin: (program) => createSearch(program, limits.search), keeper: null },
  });
  let worst: ExitCode = 0;
  for (const pair of pairs) {
    const bare = { doc: null, tags: [] };
    const old: InstanceResult = { ...(await runInstance(pair.before, context(before))), ...bare };
    const now: InstanceResult = { ...(await runInstance(pair.after, context(after))), ...bare };
    if (printComparison(old, now, console)) worst = worse(worst, 1);
    if (cut(old) || cut(now)) {
      console.out.write('  not certain: a search was cut off\n\n');
      worst = worse(worst, 2);
    }
  }
  return worst;
}

/** A finding of a search that was cut off is one; that there is no other is not known. */
function cut({ verdict: { coverage } }: InstanceResult): boolean {
  return !coverage.exhaustive;
}

function open(path: string, console: Console): Compilation | null {
  const loaded = loadFile(path, console.folder);
  if (loaded.kind === 'error') {
    printCliError(loaded.error, console.err);
    return null;
  }
  if (!isInvalid(loaded.compilation)) return loaded.compilation;
  printDiagnostics(loaded.compilation, console.err, console.width);
  return null;
}
