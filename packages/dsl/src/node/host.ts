// SPDX-License-Identifier: MIT
/**
 * Files for the compiler, from a project's folder and from the kernel sources of @hmmlab/runtime.
 * The only part of this package that needs Node.
 */

import { readFileSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Host } from '../api.ts';

export interface NodeHostOptions {
  /** The project's folder: names of files are relative to it, and no import leaves it. */
  readonly root: string;
}

interface NamedText {
  readonly file: string;
  readonly text: string;
}

/** A host over the file system. Built-in profiles are read once. */
export function createNodeHost({ root }: NodeHostOptions): Host {
  const project = realpathSync(root);
  const kernel = kernelFolder();
  let names: readonly string[] | null = null;
  const files = new Map<string, readonly NamedText[]>();
  return {
    importFile(path, from) {
      return importInside(path, project, resolve(project, dirname(from)));
    },
    profileFiles(name) {
      const known = files.get(name);
      if (known !== undefined) return known;
      const found = profilePaths(kernel, name).map((path) => ({
        file: BUILT_IN + slashed(relative(kernel, path)),
        text: readFileSync(path, 'utf8'),
      }));
      files.set(name, found);
      return found;
    },
    profileNames() {
      names ??= allNames(kernel);
      return names;
    },
  };
}

/** Prefix of the names of built-in files, which import nothing. */
const BUILT_IN = 'kernel/';

function kernelFolder(): string {
  const entry = fileURLToPath(import.meta.resolve('@hmmlab/runtime'));
  let folder = dirname(entry);
  while (!isFolder(join(folder, 'kernel'))) {
    const up = dirname(folder);
    if (up === folder) throw new Error('the kernel sources of @hmmlab/runtime are missing');
    folder = up;
  }
  return realpathSync(join(folder, 'kernel'));
}

function importInside(
  path: string,
  base: string,
  folder: string,
): NamedText | { readonly missing: string } {
  if (path.includes('\0')) return { missing: 'this is no file name' };
  const wanted = resolve(folder, path);
  if (!isInside(wanted, base)) return { missing: 'it is outside the project' };
  const real = realOf(wanted);
  if (real === null) return { missing: 'there is no such file' };
  if (!isInside(real, base)) return { missing: 'it leads outside the project' };
  if (!statSync(real).isFile()) return { missing: 'it is no file' };
  return { file: slashed(relative(base, real)), text: readFileSync(real, 'utf8') };
}

function realOf(path: string): string | null {
  try {
    return realpathSync(path);
  } catch {
    return null;
  }
}

/** `linux/5.3`: files of kernel/linux/5.3/, kernel/linux/5.3.hmm; of a driver also kernel/drivers/NAME.hmm. */
function profilePaths(kernel: string, name: string): readonly string[] {
  const parts = name.split('/');
  if (parts.some((part) => part === '' || part === '.' || part === '..' || /[\\\0]/.test(part)))
    return [];
  const path = join(kernel, ...parts);
  const inFolder = isFolder(path)
    ? readdirSync(path)
        .filter((file) => file.endsWith('.hmm'))
        .toSorted()
        .map((file) => join(path, file))
    : [];
  const whole = name.startsWith('drivers/') && parts.length > 2 ? [`${dirname(path)}.hmm`] : [];
  return [...inFolder, ...[`${path}.hmm`, ...whole].filter((file) => isFile(file))];
}

/** Names that `profile` and `driver` blocks of the kernel folder define. */
function allNames(kernel: string): readonly string[] {
  const found = new Set<string>();
  for (const path of filesBelow(kernel)) {
    const text = readFileSync(path, 'utf8');
    for (const [, sort, name] of text.matchAll(/^[ \t]*(profile|driver)[ \t]+([\w./-]+)/gm))
      if (name !== undefined) found.add(sort === 'driver' ? `drivers/${name}` : name);
  }
  return [...found].toSorted();
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.hmm'))
    .toSorted()
    .map((file) => join(folder, file));
}

function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && resolve(folder, way) === path;
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

function slashed(path: string): string {
  return path.split(sep).join('/');
}
