// SPDX-License-Identifier: MIT
/** A scenario file from disk through the front end. */

import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Compilation, type Host, compile } from '@hmmlab/dsl';
import { createNodeHost } from '@hmmlab/dsl/node';
import { type CliError, cliError } from './codes.ts';
import { projectRoot } from './project-root.ts';
import { renameFiles } from './rename-files.ts';
import { slashed } from './slashed.ts';

/** A file that could be read, whatever is in it, or why not. */
export type Loaded =
  | { readonly kind: 'compilation'; readonly compilation: Compilation }
  | { readonly kind: 'error'; readonly error: CliError };

/** A file as the front end takes it. */
export interface Opened {
  readonly text: string;
  /** Relative to `root`, with `/`. */
  readonly name: string;
  /** The folder that imports must not leave. */
  readonly root: string;
}

/** Reads `path`, relative to `folder`, where the command runs. */
export function openFile(
  path: string,
  folder: string,
): { readonly kind: 'file'; readonly opened: Opened } | Extract<Loaded, { kind: 'error' }> {
  const file = resolve(folder, path);
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (thrown) {
    return { kind: 'error', error: unreadable(path, thrown) };
  }
  const root = projectRoot(realpathSync(file), realpathSync(folder));
  return { kind: 'file', opened: { text, name: slashed(root, realpathSync(file)), root } };
}

/** Reads and compiles `path`; places name files relative to `folder`, where the command runs. */
export function loadFile(path: string, folder: string): Loaded {
  const found = openFile(path, folder);
  if (found.kind === 'error') return found;
  const { text, name, root } = found.opened;
  const compilation = compile(text, name, hostOf(root));
  return { kind: 'compilation', compilation: renameFiles(compilation, shownName(root, folder)) };
}

/** Names of files relative to `folder` instead of `root`; one not below the root is of a built-in profile. */
export function shownName(root: string, folder: string): (name: string) => string {
  return (name) =>
    existsSync(resolve(root, name)) ? slashed(realpathSync(folder), resolve(root, name)) : name;
}

const hosts = new Map<string, Host>();

/** One for each project, so that built-in profiles are read and parsed once. */
function hostOf(root: string): Host {
  const host = hosts.get(root) ?? createNodeHost({ root });
  hosts.set(root, host);
  return host;
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
