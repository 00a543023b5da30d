// SPDX-License-Identifier: MIT
/**
 * A search as plain data, to be written down and gone on with elsewhere. What has been learned of the
 * program is no part of it: it is learned again.
 */

import type { Occurrence } from '../interpreter/machine.ts';
import type { SlotStatus, ThreadState } from '../interpreter/state.ts';
import type { Value } from '../interpreter/values.ts';
import type { CheckName, Program } from '../program/index.ts';
import type { GraphCounts, GraphRows } from './graph.ts';
import type { Place } from './known-findings.ts';
import type { ModelLimit } from './model-limit.ts';

/** Of what a checkpoint holds and what its numbers mean: raised with every change of either. */
export const CHECKPOINT_VERSION = 2;

/** What every exploration has brought together. Sets are in order of their numbers, the empty one first. */
export interface SavedExploration {
  readonly graph: GraphCounts;
  readonly findings: readonly { readonly occurrence: Occurrence; readonly place: Place }[];
  readonly findingSets: readonly (readonly number[])[];
  readonly blockedSets: readonly (readonly number[])[];
  readonly finals: { readonly count: number; readonly met: readonly number[] };
  readonly hiddenBehind: readonly number[];
  readonly modelLimits: readonly (readonly [message: string, why: ModelLimit])[];
  /** Null also if the limit that ended it was one of the search: that is asked again. */
  readonly incomplete: string | null;
  readonly maxDepth: number;
  readonly cuts: number;
  /** See `Machine.reached`. */
  readonly reached: readonly number[];
}

/** What the numbers of packed states mean. */
export interface SavedForm {
  /** Values by number: of each thread, of each cell by address, of each slot. */
  readonly threads: readonly (readonly ThreadState[])[];
  readonly cells: readonly (readonly Value[])[];
  readonly slots: readonly (readonly SlotStatus[])[];
  /** By field: see `Packing`. */
  readonly places: readonly {
    readonly word: number;
    readonly shift: number;
    readonly width: number;
  }[];
}

/** All that is not in a table; survives `JSON.stringify`. */
export interface CheckpointHeader {
  readonly version: number;
  readonly program: Program;
  /** Of those that a scenario may switch. */
  readonly checks: readonly CheckName[];
  readonly keepsGraph: boolean;
  readonly explored: SavedExploration;
  readonly form: SavedForm;
  /** Steps from the initial state to the states that are being expanded, and the number behind the last of them. */
  readonly depth: number;
  readonly levelEnd: number;
}

/** A graph's rows, and the packed states one behind the other. */
export interface CheckpointTables extends GraphRows {
  readonly vectors: Int32Array;
}

/** The same search at the same point makes the same checkpoint, to the bit. */
export interface Checkpoint {
  readonly header: CheckpointHeader;
  /** May be the search's own tables, which change when it goes on. */
  readonly tables: CheckpointTables;
}
