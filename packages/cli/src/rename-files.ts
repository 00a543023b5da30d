// SPDX-License-Identifier: MIT
/** A compilation with other names for its files: relative to where the command runs. */

import type { Compilation, Diagnostic } from '@hmmlab/dsl';

/** Renames files wherever they are named; `rename` must keep different names different. */
export function renameFiles(
  compilation: Compilation,
  rename: (file: string) => string,
): Compilation {
  const place = (old: Diagnostic['place']): Diagnostic['place'] => ({
    ...old,
    file: rename(old.file),
  });
  const { file, scenarios, diagnostics, sources, imports } = compilation;
  return {
    file: rename(file),
    scenarios: scenarios.map((scenario) => ({
      ...scenario,
      instances: scenario.instances.map(({ name, program }) => ({
        name,
        program: { ...program, sources: program.sources.map(rename) },
      })),
    })),
    diagnostics: diagnostics.map((diagnostic) => ({
      ...diagnostic,
      place: place(diagnostic.place),
      related: diagnostic.related.map((note) => ({ ...note, place: place(note.place) })),
    })),
    sources: new Map([...sources].map(([name, text]) => [rename(name), text])),
    imports: imports.map((each) => ({
      ...each,
      file: each.file === null ? null : rename(each.file),
    })),
  };
}
