// SPDX-License-Identifier: MIT
/** File names as they are printed. */

import { relative, resolve } from 'node:path';

/** `path` relative to `folder`, with `/` on every system. */
export function slashed(folder: string, path: string): string {
  return relative(folder, resolve(folder, path)).replaceAll('\\', '/');
}
