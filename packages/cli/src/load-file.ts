// SPDX-License-Identifier: MIT
/** A scenario file from disk through the front end. */

import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Compilation, compile } from '@hmmlab/dsl';
import { createNodeHost } from '@hmmlab/dsl/node';
import { type CliError, cliError } from './codes.ts';
import { projectRoot } from './project-root.ts';
import { renameFiles } from './rename-files.ts';
import { slashed } from './slashed.ts';

/** A file that could be read, whatever is in it, or why not. */
export type Loaded =
  | { readonly kind: 'compilation'; readonly compilation: Compilation }
  | { readonly kind: 'error'; readonly error: CliError };

/** Reads and compiles `path`; places name files relative to `folder`, where the command runs. */
export function loadFile(path: string, folder: string): Loaded {
  const file = resolve(folder, path);
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (thrown) {
    return { kind: 'error', error: unreadable(path, thrown) };
  }
  const root = projectRoot(realpathSync(file), realpathSync(folder));
  const name = slashed(root, realpathSync(file));
  const compilation = compile(text, name, createNodeHost({ root }));
  // A file that is not below the root is one of a built-in profile.
  const rename = (old: string): string =>
    existsSync(resolve(root, old)) ? slashed(realpathSync(folder), resolve(root, old)) : old;
  return { kind: 'compilation', compilation: renameFiles(compilation, rename) };
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
