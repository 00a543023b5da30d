// SPDX-License-Identifier: MIT
/** Runs a search to its end, for tests. */

import type { SearchOptions } from '../explore/search.ts';
import { searchMachine } from '../explore/search-machine.ts';
import type { Machine, Transition } from '../interpreter/machine.ts';
import type { Program, Verdict } from '../program/index.ts';
import { decodeSchedule } from '../schedule/codec.ts';

/** The verdict on a machine; `slice` units of work at a time. */
export function explored<State>(
  machine: Machine<State>,
  options: SearchOptions = {},
  slice = 1_000_000,
): Verdict {
  const search = searchMachine(machine, options);
  while (!search.advance(slice));
  return search.verdict();
}

/** The transitions of a schedule that must be good. */
export function transitionsOf(program: Program, text: string): readonly Transition[] {
  const decoded = decodeSchedule(program, text);
  if (decoded.kind === 'error') throw new Error(decoded.error.message);
  return decoded.schedule;
}
