// SPDX-License-Identifier: MIT
/** The search of a Program. */

import { LearnedExploration } from '../engine/learned-exploration.ts';
import { createInterpreter } from '../interpreter/interpreter.ts';
import type { Program, Restriction } from '../program/index.ts';
import { BoundedMachine } from './bounded-machine.ts';
import { SampledMachine } from './sampled-machine.ts';
import { TraceExploration } from '../traces/trace-exploration.ts';
import type { Search, SearchOptions } from './search.ts';
import { needsGraph, searchBy, searchMachine, taskOf } from './search-machine.ts';

/** The bounds of scenario and caller together; null for none. */
function restrictionOf(program: Program, { preemptions }: SearchOptions): Restriction | null {
  const own = program.restriction ?? null;
  if (preemptions === undefined) return own;
  const most = Math.min(preemptions, own?.preemptions ?? preemptions);
  const nothing = { steps: null, beginning: null, samples: null };
  return { ...nothing, ...own, preemptions: most };
}

/** Whether a search can be written down and gone on with: those that are bounded, naive or of traces cannot. */
export function canCheckpoint(program: Program, options: SearchOptions): boolean {
  return (
    restrictionOf(program, options) === null && (options.strategy ?? 'exhaustive') === 'exhaustive'
  );
}

/**
 * Explores every schedule of a program, or those within the bounds that it or `options` has: call
 * `advance(n)` until it is true, then `verdict()`.
 *
 * Limits of {@link SearchOptions} end it as `inconclusive`, never as `holds`. Same program, same bytes:
 * nothing depends on how the work is sliced, nor on whether it is `naive`, but for its name and for what a limit
 * of bytes cuts off. A bounded search is always a `naive` one, whose states tell what is used up of the
 * bounds. Complexity: linear in states and transitions; a finding costs its counterexample's length besides.
 */
export function createSearch(program: Program, options: SearchOptions = {}): Search {
  const restriction = restrictionOf(program, options);
  if (restriction !== null) return boundedSearch(program, restriction, options);
  if (options.strategy === 'naive') return searchMachine(createInterpreter(program), options);
  if (options.strategy === 'traces') {
    const first = new TraceExploration(program, taskOf(program, { ...options, checks: 'safety' }));
    return searchBy({ first, second: null }, taskOf(program, options));
  }
  const task = taskOf(program, options);
  const explore = (keepsGraph: boolean): LearnedExploration =>
    new LearnedExploration(program, task, { keepsGraph });
  return searchBy({ first: explore(needsGraph(program, task)), second: () => explore(true) }, task);
}

function boundedSearch(program: Program, restriction: Restriction, options: SearchOptions): Search {
  const bounded = new BoundedMachine(createInterpreter(program), restriction);
  if (restriction.samples === null) return searchMachine(bounded, options);
  const sampled = new SampledMachine(bounded, restriction.samples);
  return searchMachine(sampled, options, (room) => sampled.draw(room));
}
