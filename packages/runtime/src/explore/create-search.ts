// SPDX-License-Identifier: MIT
/** The search of a Program. */

import { LearnedExploration } from '../engine/learned-exploration.ts';
import { createInterpreter } from '../interpreter/interpreter.ts';
import type { Program } from '../program/index.ts';
import type { Search, SearchOptions } from './search.ts';
import { needsGraph, searchBy, searchMachine, taskOf } from './search-machine.ts';

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
  const task = taskOf(program, options);
  const explore = (keepsGraph: boolean): LearnedExploration =>
    new LearnedExploration(program, task, { keepsGraph });
  return searchBy({ first: explore(needsGraph(task)), second: () => explore(true) }, task);
}
