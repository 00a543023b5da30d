// SPDX-License-Identifier: MIT
/** The two accesses of a data race: both are the next thing that their threads do. */

import type { StepRecord, Trace } from '@hmmlab/runtime';
import { decodeSchedule, encodeSchedule, replay } from '@hmmlab/runtime';
import type { Finding, Program } from '@hmmlab/runtime/program';
import type { RacingPair } from '../report.ts';
import { momentOf } from './moment.ts';
import { orderText } from './order-text.ts';

/** The same schedule without the check, so that it does not end before the accesses; null if it is none. */
function beyond(program: Program, finding: Finding): Trace | null {
  const decoded = decodeSchedule(program, finding.counterexample.schedule);
  if (decoded.kind === 'error') return null;
  const unchecked = { ...program, checks: program.checks.filter((check) => check !== 'data_race') };
  const result = replay(unchecked, encodeSchedule(unchecked, decoded.schedule));
  return result.kind === 'trace' ? result.trace : null;
}

/** Null if the trace does not end where the two are enabled. */
export function dataRacePair(program: Program, finding: Finding): RacingPair | null {
  const { object, message } = finding;
  const trace = beyond(program, finding);
  if (object === null || trace === null) return null;
  const nameOf = (record: StepRecord): string => program.threads[record.thread]?.name ?? '?';
  const sides = trace.next.filter(({ touched }) => touched.includes(object));
  const one = sides.find((record) => nameOf(record) === finding.thread);
  const other = sides.find(
    (record) => record !== one && message.includes(`; ${nameOf(record)} is about to`),
  );
  if (one === undefined || other === undefined) return null;
  const at = trace.steps.length;
  const first = momentOf(program, trace, one, at, null);
  const second = momentOf(program, trace, other, at, null);
  return { first, second, objects: [object], order: orderText(first, second, [object], []) };
}
