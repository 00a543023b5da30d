// SPDX-License-Identifier: MIT
/** Diagnostics of the language as errors that vitest shows at their places, each with a code frame. */

import type { Diagnostic } from '@hmmlab/dsl';
import { visible } from '@hmmlab/reporter';
import { locatedError } from './located-error.ts';
import type { InvalidData } from './module-data.ts';

/** One error per diagnostic that is an error, in their order. */
export function diagnosticsError({ files, diagnostics }: InvalidData): AggregateError {
  const paths = new Map(files.map(({ name, path }) => [name, path]));
  const errors = diagnostics
    .filter(({ severity }) => severity === 'error')
    .map((diagnostic) =>
      locatedError(diagnostic.code, diagnosticText(diagnostic), [
        { ...diagnostic.place, file: paths.get(diagnostic.place.file) ?? '?', name: null },
      ]),
    );
  return new AggregateError(errors, `${errors.length} errors`);
}

/** The sentence, then what explains it and what to try, one line each. */
export function diagnosticText({ message, help, related }: Diagnostic): string {
  const notes = related.map(
    ({ message: note, place }) => `  note: ${note} (${place.file}:${place.line}:${place.column})`,
  );
  const lines = [message, ...notes, ...(help === null ? [] : [`  help: ${help}`])];
  return lines.map((text) => visible(text)).join('\n');
}
