// SPDX-License-Identifier: MIT
/** From file names as the front end has them to files on disk. */

import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { slashed } from './hmm-id.ts';

/** Where the files of built-in profiles are; the front end names them `kernel/linux/5.3/...`. */
export const kernelFolder: string = slashed(
  resolve(dirname(fileURLToPath(import.meta.resolve('@hmmlab/runtime'))), '../kernel'),
);

/** The absolute path of `name`, `/`-separated: a built-in file, or one of the project at `root`. */
export function filePath(root: string, name: string): string {
  const builtIn = name.startsWith('kernel/')
    ? join(kernelFolder, name.slice('kernel/'.length))
    : '';
  return slashed(existsSync(builtIn) ? builtIn : resolve(root, name));
}
