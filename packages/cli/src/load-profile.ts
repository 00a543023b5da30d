// SPDX-License-Identifier: MIT
/** A profile by its name, from a file of the caller or from the built-in ones. */

import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import type { FlattenedProfile } from '@hmmlab/dsl';
import { flattenProfile } from '@hmmlab/dsl';
import { createNodeHost } from '@hmmlab/dsl/node';
import { cliError } from './codes.ts';
import type { Console } from './console.ts';
import { printCliError, printDiagnostics } from './print-diagnostics.ts';
import { projectRoot } from './project-root.ts';
import { slashed } from './slashed.ts';

/**
 * @param name as after `use`: `linux/5.3`, `drivers/nouveau/5.3`
 * @param path a file whose profiles come first, or null
 * @returns null once it is printed why there is none
 */
export function loadProfile(
  name: string,
  path: string | null,
  console: Console,
): FlattenedProfile | null {
  const folder = realpathSync(console.folder);
  const file = path === null ? null : resolve(folder, path);
  if (file !== null && !existsSync(file)) {
    printCliError(
      cliError('file-not-readable', `there is no file '${path ?? ''}'`, null),
      console.err,
    );
    return null;
  }
  const root = file === null ? folder : projectRoot(realpathSync(file), folder);
  const from =
    file === null
      ? null
      : { file: slashed(root, realpathSync(file)), text: readFileSync(file, 'utf8') };
  const { profile, diagnostics, sources } = flattenProfile(name, from, createNodeHost({ root }));
  const [first] = diagnostics;
  if (first?.code === 'HMM2011')
    printCliError(cliError('no-such-profile', first.message, first.help), console.err);
  else printDiagnostics({ diagnostics, sources }, console.err, console.width);
  return profile;
}
