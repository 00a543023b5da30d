// SPDX-License-Identifier: MIT
/** The folder that imports must not leave. */

import { existsSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

/**
 * The project of a file: the repository around it, else the outermost folder with a package.json,
 * else `folder` if the file is below it, else the file's own folder.
 *
 * @param file   absolute
 * @param folder absolute, where the command runs
 */
export function projectRoot(file: string, folder: string): string {
  const above = ancestors(dirname(file));
  const repository = above.find((path) => existsSync(join(path, '.git')));
  const outermost = above.findLast((path) => existsSync(join(path, 'package.json')));
  const below = !relative(folder, file).startsWith('..');
  return repository ?? outermost ?? (below ? folder : dirname(file));
}

/** The folder itself, then the one that it is in, up to the root of the file system. */
function ancestors(folder: string): readonly string[] {
  const up = resolve(folder, '..');
  return up === folder ? [folder] : [folder, ...ancestors(up)];
}
