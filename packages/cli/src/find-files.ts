// SPDX-License-Identifier: MIT
/** The .hmm files that paths on the command line stand for. */

import { type Dirent, readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type CliError, cliError } from './codes.ts';

/** Absolute names, each once, in the order of the paths and sorted within a folder. */
interface Found {
  readonly files: readonly string[];
  readonly errors: readonly CliError[];
}

/** Files as they are, and everything that ends in `.hmm` below folders, except in `node_modules` and hidden folders. */
export function findFiles(paths: readonly string[], folder: string): Found {
  const files = new Set<string>();
  const errors: CliError[] = [];
  for (const path of paths)
    try {
      const absolute = resolve(folder, path);
      if (!statSync(absolute).isDirectory()) files.add(absolute);
      else for (const file of below(absolute)) files.add(file);
    } catch (thrown) {
      errors.push(unreadable(path, thrown));
    }
  return { files: [...files], errors };
}

function below(folder: string): readonly string[] {
  const entries = readdirSync(folder, { withFileTypes: true });
  return entries
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => within(folder, entry));
}

function within(folder: string, entry: Dirent): readonly string[] {
  const path = join(folder, entry.name);
  if (entry.isDirectory())
    return entry.name === 'node_modules' || entry.name.startsWith('.') ? [] : below(path);
  return entry.isFile() && entry.name.endsWith('.hmm') ? [path] : [];
}

function unreadable(path: string, thrown: unknown): CliError {
  const missing = thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT';
  const message = missing
    ? `there is no file '${path}'`
    : `'${path}' cannot be read: ${String(thrown)}`;
  return cliError('file-not-readable', message, null);
}
