// SPDX-License-Identifier: MIT
/**
 * What vitest's module cache must know besides a file's own text. On a hit the plugin is not asked
 * at all, so everything that the generated module depends on has to be in the key.
 */

import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { SourceClosure } from './source-closure.ts';

/** A key that changes with `version` and with any name or text of the closure. */
export function cacheKey(version: string, closure: SourceClosure): string {
  const hash = createHash('sha256').update(JSON.stringify(version));
  for (const entry of closure) hash.update(JSON.stringify(entry));
  return hash.digest('hex');
}

/** A version of the built code in `folders`: package versions stand still while one works on it. */
export function codeVersion(folders: readonly string[]): string {
  const hash = createHash('sha256');
  for (const folder of folders)
    for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).toSorted())
      if (name.endsWith('.js'))
        hash.update(JSON.stringify(name)).update(readFileSync(join(folder, name)));
  return hash.digest('hex');
}
