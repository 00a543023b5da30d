// SPDX-License-Identifier: MIT
/** The .hmm files of a project, found without waiting: vitest takes no promise where tags are declared. */

import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Files below a folder that may be test files, in no hidden folder and no `node_modules`; absolute. */
export function hmmFiles(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isFile()) return entry.name.endsWith('.hmm') ? [path] : [];
    const isOwn = entry.name !== 'node_modules' && !entry.name.startsWith('.');
    return entry.isDirectory() && isOwn ? hmmFiles(path) : [];
  });
}
