// SPDX-License-Identifier: MIT
/** The set-up of a program: refused so far unless there is none. */

import type { Model } from './model.ts';
import { Untranslatable } from './untranslatable.ts';

/** Statements that run it, before any thread starts. */
export function setUp({ program }: Model): readonly string[] {
  if (program.setup !== null) throw new Untranslatable('a set-up');
  return [];
}
