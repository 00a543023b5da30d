// SPDX-License-Identifier: MIT
/** The search of a Program. */

import { LearnedExploration } from '../engine/learned-exploration.ts';
import { createContext, createInterpreter } from '../interpreter/interpreter.ts';
import type { Program } from '../program/index.ts';
import type { Search, SearchOptions } from './search.ts';
import { limitsOf, searchBy, searchMachine } from './search-machine.ts';

/**
 * Explores every schedule of a program: call `advance(n)` until it is true, then `verdict()`.
 *
 * Limits of {@link SearchOptions} end it as `inconclusive`, never as `holds`. Same program, same bytes:
 * nothing depends on how the work is sliced, nor on the strategy, but for its name and for what a limit
 * of bytes cuts off. Complexity: linear in states and transitions; a finding costs its counterexample's
 * length besides.
 */
export function createSearch(program: Program, options: SearchOptions = {}): Search {
  if (options.strategy === 'naive') return searchMachine(createInterpreter(program), options);
  const limits = limitsOf(options);
  const reached = new Set<number>();
  const context = createContext(program, reached);
  return searchBy(new LearnedExploration(context, reached, limits), limits);
}
