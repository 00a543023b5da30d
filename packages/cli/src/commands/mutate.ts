// SPDX-License-Identifier: MIT
/** `hmm mutate FILE...`: small mistakes made on purpose, and whether a scenario notices. */

import { createSearch } from '@hmmlab/runtime';
import type { Invocation } from '../arguments.ts';
import { cliError } from '../codes.ts';
import type { Console } from '../console.ts';
import type { ExitCode } from '../exit-code.ts';
import { shownName } from '../load-file.ts';
import { findMutations } from '../mutate/find-mutations.ts';
import { type Judgement, type RunMeans, judgeMutation } from '../mutate/judge-mutation.ts';
import type { Mutation } from '../mutate/mutation.ts';
import { openSubject } from '../mutate/open-subject.ts';
import { printJudgement, printMutationCounts } from '../mutate/print-judgement.ts';
import type { Subject } from '../mutate/subject.ts';
import { printCliError } from '../print-diagnostics.ts';
import { ProgressLine } from '../progress-line.ts';

type MutateInvocation = Extract<Invocation, { readonly kind: 'mutate' }>;

/** 0 every mutation is caught, 1 one survives, 2 one is uncertain, 3 invalid input or a scenario that fails already. */
export async function mutate(invocation: MutateInvocation, console: Console): Promise<ExitCode> {
  const { files, scenario, only, most, limits } = invocation;
  const means: RunMeans = {
    limits,
    interrupted: console.interrupted,
    progress: new ProgressLine(console),
    beginning: { begin: (program) => createSearch(program, limits.search), keeper: null },
  };
  const subjects: Subject[] = [];
  for (const file of files) {
    const subject = await openSubject(file, scenario, means, console);
    if (subject === null) return 3;
    subjects.push(subject);
  }
  const all = mutationsOf(subjects, only);
  if (all.length === 0) {
    printCliError(nothingToChange(only), console.err);
    return 3;
  }
  const counts = new Map<Judgement['kind'], number>();
  const tried = all.slice(0, most ?? all.length);
  for (const mutation of tried) {
    const judgement = await judgeMutation(mutation, subjects, means);
    if (console.interrupted()) break;
    counts.set(judgement.kind, (counts.get(judgement.kind) ?? 0) + 1);
    printJudgement(
      mutation,
      judgement,
      textOf(mutation, subjects),
      shown(subjects, console),
      console,
    );
  }
  const left = all.length - [...counts.values()].reduce((sum, count) => sum + count, 0);
  printMutationCounts(counts, left, console);
  return exitCode(counts, console);
}

function exitCode(counts: ReadonlyMap<Judgement['kind'], number>, console: Console): ExitCode {
  if (counts.has('survives')) return 1;
  if (counts.has('inconclusive') || console.interrupted()) return 2;
  if (counts.has('caught')) return 0;
  const message = 'no scenario runs any of the code that could be changed';
  printCliError(cliError('nothing-to-change', message, null), console.err);
  return 3;
}

/** Of each text that any file draws on once; of threads only where no proc can be changed. */
function mutationsOf(subjects: readonly Subject[], only: string | null): readonly Mutation[] {
  const texts = new Map(subjects.flatMap(({ compilation }) => [...compilation.sources]));
  const files = [...texts].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const asked = ({ file, line, proc }: Mutation): boolean =>
    only === null ? !ofTheKernel(file) : `${file}:${line} ${proc}`.includes(only);
  const procs = files.flatMap(([file, text]) => findMutations(file, text, 'procs')).filter(asked);
  if (procs.length > 0) return procs;
  return files.flatMap(([file, text]) => findMutations(file, text, 'threads')).filter(asked);
}

function ofTheKernel(file: string): boolean {
  return file.startsWith('kernel/') && !file.startsWith('kernel/drivers/');
}

function textOf({ file }: Mutation, subjects: readonly Subject[]): string {
  const owner = subjects.find(({ compilation }) => compilation.sources.has(file));
  return owner?.compilation.sources.get(file) ?? '';
}

function shown(subjects: readonly Subject[], { folder }: Console): (file: string) => string {
  return shownName(subjects[0]?.opened.root ?? folder, folder);
}

function nothingToChange(only: string | null): ReturnType<typeof cliError> {
  return only === null
    ? cliError(
        'nothing-to-change',
        'there is no proc, verb or thread with something to leave out',
        'the kernel itself is changed only if asked: --only kernel/linux',
      )
    : cliError(
        'nothing-to-change',
        `nothing that could be changed is called '${only}'`,
        'it is looked for in texts such as `kernel/linux/5.3/hmm_range.hmm:24 hmm_range_fault`',
      );
}
