// SPDX-License-Identifier: MIT
/**
 * `hmm ops FILE`: what each statement of the file does at run time, and where transitions begin.
 * `hmm ops`: the primitives that there are.
 */

import type { Compilation } from '@hmmlab/dsl';
import { visible } from '@hmmlab/reporter';
import type { OpRow, Proc, Program } from '@hmmlab/runtime/program';
import type { Console } from '../console.ts';
import type { ExitCode } from '../exit-code.ts';
import { instructionText, opTable } from '@hmmlab/runtime/program';
import { isInvalid, loadFile } from '../load-file.ts';
import { paint } from '../paint.ts';
import { printCliError, printDiagnostics } from '../print-diagnostics.ts';
import { noSuchScenario, selectScenarios } from '../select-scenarios.ts';

/** Prints each proc of the file once per scenario; instances that differ in one show it again. */
export function ops(file: string, name: string | null, console: Console): ExitCode {
  if (file === '') {
    for (const row of opTable.values()) console.out.write(`${primitiveLine(row)}\n`);
    return 0;
  }
  const loaded = loadFile(file, console.folder);
  if (loaded.kind === 'error') {
    printCliError(loaded.error, console.err);
    return 3;
  }
  const { compilation } = loaded;
  printDiagnostics(compilation, console.err, console.width);
  if (isInvalid(compilation)) return 3;
  const selections = selectScenarios(compilation.scenarios, { scenario: name, tags: [] });
  if (name !== null && selections.length === 0) {
    printCliError(noSuchScenario(name, [compilation]), console.err);
    return 3;
  }
  const { dim } = paint(console.out.color);
  const legend = `'*' begins a transition: other threads may run before it\n`;
  console.out.write(dim(legend));
  for (const { scenario, instances } of selections) {
    console.out.write(`\nscenario ${visible(JSON.stringify(scenario.title))}\n`);
    const listings = instances.flatMap(({ program }) => listingsOf(program, compilation, dim));
    for (const listing of new Set(listings)) console.out.write(`\n${listing}`);
  }
  return 0;
}

/** `mutex_trylock(mutex) -> bool   kernel/locking/mutex.c mutex_trylock` */
function primitiveLine({ name, operands, result, cites }: OpRow): string {
  const head = `${name}(${operands.join(', ')})${result === 'none' ? '' : ` -> ${result}`}`;
  return `${head.padEnd(48)}  ${cites}`;
}

function listingsOf(
  program: Program,
  compilation: Compilation,
  dim: (text: string) => string,
): readonly string[] {
  const lines = (compilation.sources.get(compilation.file) ?? '').split(/\r\n|\n|\r/);
  return program.procs.flatMap((proc, index) => {
    if (proc.span.file !== 0) return [];
    const thread = program.threads.find((each) => each.proc === index);
    const head = index === program.setup ? 'set-up' : (thread?.name ?? proc.name);
    return [`${visible(head)}\n${procListing(program, proc, lines, dim)}`];
  });
}

/** The source line above the instructions that it gave rise to. */
function procListing(
  program: Program,
  proc: Proc,
  lines: readonly string[],
  dim: (text: string) => string,
): string {
  const width = String(proc.code.length - 1).length;
  let shown = 0;
  const rows = proc.code.flatMap((instruction, pc) => {
    const { span, border } = instruction;
    const number = String(pc).padStart(width);
    const row = `  ${border ? '*' : ' '} ${number}  ${visible(instructionText(program, proc, instruction))}`;
    if (span.line === shown || span.file !== 0) return [row];
    shown = span.line;
    return [dim(`  ${span.line} | ${visible((lines[span.line - 1] ?? '').trim())}`), row];
  });
  return `${rows.join('\n')}\n`;
}
