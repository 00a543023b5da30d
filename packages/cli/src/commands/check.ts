// SPDX-License-Identifier: MIT
/** `hmm check FILE...`: everything but running. */

import { visible } from '@hmmlab/reporter';
import type { Console } from '../console.ts';
import { type ExitCode, worse } from '../exit-code.ts';
import { isInvalid, loadFile } from '../load-file.ts';
import { printCliError, printDiagnostics } from '../print-diagnostics.ts';

/** Prints diagnostics to standard error, and one line per good file. */
export function check(files: readonly string[], console: Console): ExitCode {
  return files.map((file) => checkFile(file, console)).reduce<ExitCode>(worse, 0);
}

function checkFile(file: string, console: Console): ExitCode {
  const loaded = loadFile(file, console.folder);
  if (loaded.kind === 'error') {
    printCliError(loaded.error, console.err);
    return 3;
  }
  const { compilation } = loaded;
  printDiagnostics(compilation, console.err, console.width);
  if (isInvalid(compilation)) return 3;
  const { scenarios } = compilation;
  const instances = scenarios.reduce((sum, scenario) => sum + scenario.instances.length, 0);
  const counts = `${plural(scenarios.length, 'scenario')}, ${plural(instances, 'instance')}`;
  console.out.write(`${visible(compilation.file)}: ${counts}\n`);
  return 0;
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
