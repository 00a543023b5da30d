// SPDX-License-Identifier: MIT
/** What must be true of the answer to any text at all. */

import { type Diagnostic, type Host, compile, parse } from '@hmmlab/dsl';

/** How far a text got. */
export type Stage = 'syntax' | 'checks' | 'compiles';

const noFiles: Host = {
  importFile: () => ({ missing: 'there are no files here' }),
  profileFiles: () => [],
  profileNames: () => [],
};

/** @throws Error that says what is wrong with the answer to `text` */
export function checkFile(text: string): Stage {
  const { ast, diagnostics } = parse(text, 'fuzz.hmm');
  if ((ast === null) === (diagnostics.length === 0))
    throw new Error('a tree and errors, or neither');
  checkDiagnostics(diagnostics, text);
  if (ast === null) return 'syntax';
  const { scenarios, diagnostics: all } = compile(text, 'fuzz.hmm', noFiles);
  checkDiagnostics(all, text);
  const invalid = all.some(({ severity }) => severity === 'error');
  if (invalid && scenarios.length > 0) throw new Error('errors and Programs');
  if (invalid) return 'checks';
  return scenarios.length > 0 ? 'compiles' : 'checks';
}

/** Every diagnostic has a code, a sentence and a place inside of the text; there are not too many. */
function checkDiagnostics(diagnostics: readonly Diagnostic[], text: string): void {
  const lines = text.split('\n');
  const fail = (what: string, diagnostic: Diagnostic): never => {
    throw new Error(`${what}: ${JSON.stringify(diagnostic)}`);
  };
  for (const diagnostic of diagnostics) {
    const { code, message, place, help, related } = diagnostic;
    if (!/^HMM[123]\d{3}$/.test(code)) fail('no code of the front end', diagnostic);
    if (message === '' || /undefined|\[object|NaN/.test(message + (help ?? '')))
      fail('no sentence', diagnostic);
    for (const { file, line, column, endLine, endColumn } of [
      place,
      ...related.map((r) => r.place),
    ]) {
      const inside =
        file === 'fuzz.hmm' &&
        column >= 1 &&
        column <= (lines[line - 1]?.length ?? -1) + 1 &&
        endColumn >= 1 &&
        endColumn <= (lines[endLine - 1]?.length ?? -1) + 1 &&
        (endLine > line || (endLine === line && endColumn >= column));
      if (!inside) fail('no place in the text', diagnostic);
    }
  }
  if (diagnostics.length > 200) throw new Error(`${diagnostics.length} diagnostics`);
}
