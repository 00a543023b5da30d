// SPDX-License-Identifier: MIT
/** A scenario file from disk through the front end. */

import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Compilation, compile } from '@hmmlab/dsl';
import { createNodeHost } from '@hmmlab/dsl/node';
import { type CliError, cliError } from './codes.ts';
import { slashed } from './slashed.ts';

/** A file that could be read, whatever is in it, or why not. */
export type Loaded =
  | { readonly kind: 'compilation'; readonly compilation: Compilation }
  | { readonly kind: 'error'; readonly error: CliError };

/** Reads and compiles `path`; places name it relative to `folder`. */
export function loadFile(path: string, folder: string): Loaded {
  const name = slashed(folder, path);
  let text: string;
  try {
    text = readFileSync(resolve(folder, path), 'utf8');
  } catch (thrown) {
    return { kind: 'error', error: unreadable(path, thrown) };
  }
  return {
    kind: 'compilation',
    compilation: compile(text, name, createNodeHost({ root: folder })),
  };
}

/** Whether any diagnostic makes the file one that cannot run. */
export function isInvalid({ diagnostics }: Compilation): boolean {
  return diagnostics.some(({ severity }) => severity === 'error');
}

function unreadable(path: string, thrown: unknown): CliError {
  switch (thrown instanceof Error && 'code' in thrown ? thrown.code : null) {
    case 'ENOENT':
      return cliError('file-not-readable', `there is no file '${path}'`, null);
    case 'EISDIR':
      return cliError(
        'file-not-readable',
        `'${path}' is a folder`,
        `name its files: ${path.replace(/[/\\]$/, '')}/*.hmm`,
      );
    default:
      return cliError('file-not-readable', `'${path}' cannot be read: ${String(thrown)}`, null);
  }
}
