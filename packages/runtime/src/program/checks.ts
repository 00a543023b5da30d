// SPDX-License-Identifier: MIT
/** The checks that a scenario may switch on or off. All others are always done. */

/** Name of the finding that a check looks for. */
export type CheckName =
  'data_race' | 'leak' | 'livelock' | 'partial_deadlock' | 'stale_mapping' | 'unguarded_access';

export interface CheckRow {
  readonly name: CheckName;
  /** Whether it is done if the scenario says nothing. */
  readonly usual: boolean;
}

// table
/** In the order in which verdicts name what was not checked. */
export const checkRows: readonly CheckRow[] = [
  { name: 'data_race', usual: false },
  { name: 'leak', usual: true },
  { name: 'livelock', usual: true },
  { name: 'partial_deadlock', usual: true },
  { name: 'stale_mapping', usual: true },
  { name: 'unguarded_access', usual: true },
];

/** What is checked if a scenario says nothing. */
export const usualChecks: readonly CheckName[] = checkRows
  .filter(({ usual }) => usual)
  .map(({ name }) => name);
