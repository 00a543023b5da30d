// SPDX-License-Identifier: MIT
/** The search of a Program by the reference interpreter. */

import { BoundedMachine } from './bounded-machine.ts';
import { createInterpreter } from '../interpreter/interpreter.ts';
import type { Program, Restriction } from '../program/index.ts';
import type { Search, SearchOptions } from './search.ts';
import { SampledMachine } from './sampled-machine.ts';
import { searchMachine } from './search-machine.ts';

/** The bounds of scenario and caller together; null for none. */
function restrictionOf(program: Program, { preemptions }: SearchOptions): Restriction | null {
  const own = program.restriction ?? null;
  if (preemptions === undefined) return own;
  const most = Math.min(preemptions, own?.preemptions ?? preemptions);
  const nothing = { steps: null, beginning: null, samples: null };
  return { ...nothing, ...own, preemptions: most };
}

/**
 * Explores every schedule of a program: call `advance(n)` until it is true, then `verdict()`.
 *
 * Or those within the bounds that it or `options` has. Limits of {@link SearchOptions} end it as `inconclusive`, never as `holds`. Same program, same bytes:
 * nothing depends on how the work is sliced. Complexity: linear in states and transitions; a finding
 * costs its counterexample's length besides.
 */
export function createSearch(program: Program, options: SearchOptions = {}): Search {
  const machine = createInterpreter(program);
  const restriction = restrictionOf(program, options);
  if (restriction === null) return searchMachine(machine, options);
  const bounded = new BoundedMachine(machine, restriction);
  if (restriction.samples === null) return searchMachine(bounded, options);
  const sampled = new SampledMachine(bounded, restriction.samples);
  return searchMachine(sampled, options, (room) => sampled.draw(room));
}
