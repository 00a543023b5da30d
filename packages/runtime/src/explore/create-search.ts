// SPDX-License-Identifier: MIT
/** The search of a Program by the reference interpreter. */

import { createInterpreter } from '../interpreter/interpreter.ts';
import type { Program } from '../program/index.ts';
import type { Search, SearchOptions } from './search.ts';
import { searchMachine } from './search-machine.ts';

/**
 * Explores every schedule of a program: call `advance(n)` until it is true, then `verdict()`.
 *
 * Limits of {@link SearchOptions} end it as `inconclusive`, never as `holds`. Same program, same bytes:
 * nothing depends on how the work is sliced. Complexity: linear in states and transitions; a finding
 * costs its counterexample's length besides.
 */
export function createSearch(program: Program, options: SearchOptions = {}): Search {
  return searchMachine(createInterpreter(program), options);
}
