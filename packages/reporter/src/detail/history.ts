// SPDX-License-Identifier: MIT
/**
 * The life of what a finding is about, as far as it led to the finding: allocated, freed, used; taken,
 * released, released again; got and put. One recipe for each kind of finding that has such a life.
 */

import type { Trace } from '@hmmlab/runtime';
import type { Finding, Program } from '@hmmlab/runtime/program';
import { changeText } from '../diff/change-text.ts';
import type { History, Milestone } from '../report.ts';
import { isPart } from './footprint.ts';
import type { Recipe } from './life.ts';
import { lockMarks, unlockMarks } from './lock-life.ts';
import { momentAt } from './moment.ts';
import { nullMarks } from './null-life.ts';
import { counterMarks, heapMarks, leakMarks } from './object-life.ts';
import { wakeMarks } from './wake-life.ts';

const RECIPES: ReadonlyMap<string, Recipe> = new Map<string, Recipe>([
  ['use_after_free', heapMarks],
  ['double_free', heapMarks],
  ['leak', leakMarks],
  ['refcount_underflow', counterMarks],
  ['refcount_overflow', counterMarks],
  ['unlock_not_held', unlockMarks],
  ['unlock_by_non_owner', unlockMarks],
  ['lock_held_at_exit', lockMarks],
  ['sleep_in_atomic', lockMarks],
  ['lost_wakeup', wakeMarks],
  ['null_dereference', nullMarks],
]);

/** Of what a milestone changes only counts are told: the rest is in its text. */
function isNumber(value: string): boolean {
  return /^\d+$/.test(value);
}

/** Milestones shown at most; the last ones. */
const MOST = 8;

/** Null for findings without such a life, and where nothing of it is in the schedule. */
export function historyOf(program: Program, finding: Finding, trace: Trace): History | null {
  const recipe = RECIPES.get(finding.name);
  if (recipe === undefined) return null;
  const object = finding.object ?? '';
  const marks = recipe({ program, finding, trace, object })
    .filter(({ index }) => index >= 0)
    .toSorted((a, b) => a.index - b.index);
  const all = marks.flatMap(({ index, what }): Milestone[] => {
    const moment = momentAt(program, trace, index);
    const changes = trace.steps[index]?.changes ?? [];
    const own = changes.filter((change) => isNumber(change.after) && isPart(change.object, object));
    if (moment === null) return [];
    const holds = moment.holds.filter((lock) => lock.object !== object);
    return [{ ...moment, what, holds, changes: own.map((each) => changeText(each)) }];
  });
  if (all.length < 2) return null;
  const title = object === '' ? 'what led to it' : `what became of ${object}`;
  return { title, omitted: Math.max(0, all.length - MOST), milestones: all.slice(-MOST) };
}
