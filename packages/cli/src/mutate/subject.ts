// SPDX-License-Identifier: MIT
/** A scenario file under mutation: compiled as it stands, or with one text that it draws on changed. */

import { type Compilation, type Host, type Instance, compile } from '@hmmlab/dsl';
import { createNodeHost } from '@hmmlab/dsl/node';
import { programHash } from '@hmmlab/runtime';
import type { Opened } from '../load-file.ts';
import { type Selection, selectScenarios } from '../select-scenarios.ts';
import { type Mutation, mutated } from './mutation.ts';

/** A file whose scenarios pass. */
export interface Subject {
  readonly opened: Opened;
  readonly compilation: Compilation;
  /** What runs, the scenario that was cheapest first. */
  readonly selections: readonly Selection[];
}

/** What a change makes of a file. */
export type Changed =
  | { readonly kind: 'broken' }
  /** No scenario does anything else than before. */
  | { readonly kind: 'same' }
  /** Scenarios of which at least one instance means something else now. */
  | {
      readonly kind: 'different';
      readonly selections: readonly Selection[];
      readonly compilation: Compilation;
    };

/** Compiles the file as it is. */
export function compileOpened({ text, name, root }: Opened): Compilation {
  return compile(text, name, createNodeHost({ root }));
}

/** Compiles the file with one change; `same` also if it does not use the changed text. */
export function compileMutated(subject: Subject, mutation: Mutation): Changed {
  const { opened, compilation: before } = subject;
  const old = before.sources.get(mutation.file);
  if (old === undefined) return { kind: 'same' };
  const text = mutated(old, mutation);
  const host = withFile(createNodeHost({ root: opened.root }), mutation.file, text);
  const own = mutation.file === opened.name ? text : opened.text;
  const compilation = compile(own, opened.name, host);
  if (compilation.diagnostics.some(({ severity }) => severity === 'error'))
    return { kind: 'broken' };
  const selections = subject.selections.flatMap((selection): readonly Selection[] => {
    const title = selection.scenario.title;
    const [now] = selectScenarios(compilation.scenarios, { scenario: title, tags: [] });
    const names = selection.instances.map(({ name }) => name);
    const instances = (now?.instances ?? []).filter(({ name }) => names.includes(name));
    const same = instances.every((each, index) => sameMeaning(each, selection.instances[index]));
    return now === undefined || same
      ? []
      : [{ scenario: now.scenario, instances, complete: selection.complete }];
  });
  return selections.length === 0
    ? { kind: 'same' }
    : { kind: 'different', selections, compilation };
}

function sameMeaning(now: Instance, before: Instance | undefined): boolean {
  return before !== undefined && programHash(now.program) === programHash(before.program);
}

/** The host, with another text for one file, wherever it is asked for. */
function withFile(host: Host, file: string, text: string): Host {
  return {
    profileNames: () => host.profileNames(),
    profileFiles: (name) =>
      host.profileFiles(name).map((each) => (each.file === file ? { file, text } : each)),
    importFile(path, from) {
      const found = host.importFile(path, from);
      return 'text' in found && found.file === file ? { file, text } : found;
    },
  };
}
