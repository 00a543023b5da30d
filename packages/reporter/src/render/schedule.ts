// SPDX-License-Identifier: MIT
/** One schedule without a finding as a table: for whoever asks how a line is reached. */

import type { Trace } from '@hmmlab/runtime';
import type { Program } from '@hmmlab/runtime/program';
import { rowsOf } from '../diff/rows.ts';
import { createPaint } from './paint.ts';
import { tableLines } from './table.ts';

/** The lines of the table; steps fold as in a report. */
export function renderSchedule(
  program: Program,
  trace: Trace,
  options: { readonly width: number; readonly color: boolean },
): readonly string[] {
  const acting = new Set(trace.steps.map(({ thread }) => thread));
  const part = [...program.threads.keys()].filter((thread) => acting.has(thread));
  const last = trace.steps.length - 1;
  const rows = rowsOf({
    program,
    failing: trace,
    passing: null,
    common: 0,
    lanes: new Map(part.map((thread, lane) => [thread, lane])),
    notes: new Map(last < 0 ? [] : [[last, ['reaches it']]]),
    interest: { noted: (index) => index === last, central: () => false },
  });
  const threads = part.map((thread) => program.threads[thread]?.name ?? '?');
  return tableLines({ rows, threads, loopFrom: null }, options.width, createPaint(options.color));
}
