// SPDX-License-Identifier: MIT
/** Replaces a file in one step: whoever reads it sees the old text or the new one. */

import { chmodSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** Keeps the file's permissions; a symbolic link stays one. Throws what the file system says. */
export function writeAtomically(file: string, text: string): void {
  const target = realpathSync(file);
  const { mode } = statSync(target);
  const draft = join(dirname(target), `.${basename(target)}.${process.pid}.tmp`);
  try {
    writeFileSync(draft, text, { flag: 'wx' });
    chmodSync(draft, mode);
    renameSync(draft, target);
  } catch (thrown) {
    rmSync(draft, { force: true });
    throw thrown;
  }
}
