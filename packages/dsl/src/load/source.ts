// SPDX-License-Identifier: MIT
/** A text that was read, with its tree. */

import type { File } from '../syntax/ast.ts';
import type { createLineMap } from '../syntax/line-map.ts';

export interface Source {
  /** Name for people and places: relative to the project root, `/`-separated. */
  readonly file: string;
  readonly text: string;
  readonly lines: ReturnType<typeof createLineMap>;
  /** Null if the text has syntax errors: a recovered tree is never checked or run. */
  readonly ast: File | null;
  /** The file that is compiled itself, whose statements must be reached. */
  readonly own: boolean;
}
