// SPDX-License-Identifier: MIT
/** A report in which every name and sentence is one and the same text, of whatever content. */

import type { FindingReport, HeldLock, Moment } from '../report.ts';

export function hostileReport(report: FindingReport, text: string): FindingReport {
  const location = { ...report.location, file: text };
  const lock: HeldLock = { thread: text, object: text, mode: 'read', since: null };
  const moment: Moment = { thread: text, proc: text, text, number: 1, location, holds: [lock] };
  return {
    ...report,
    scenario: text,
    message: text,
    name: text,
    thread: text,
    within: [text],
    coverage: text,
    trouble: text,
    location,
    frame: { lines: [{ number: 6, text }], at: 6, from: 1, to: 2 },
    threads: report.threads.map(() => text),
    rows: report.rows.map((row) =>
      row.kind === 'fold'
        ? { ...row, text }
        : { ...row, proc: text, text, changes: [text, text], notes: [text] },
    ),
    locks: [lock, { ...lock, thread: 'x' }],
    waits: report.waits.map((wait) => ({ ...wait, thread: text, action: text, holds: [lock] })),
    race: { first: moment, second: { ...moment, number: null }, objects: [text], order: text },
    history: {
      title: text,
      omitted: 3,
      milestones: [{ ...moment, number: 2, what: text, changes: [text] }],
    },
    window: {
      cpu: text,
      device: text,
      before: { cpu: text, device: text },
      rows: [{ ...moment, cpu: text, device: text, stale: true }],
    },
    picture: {
      threads: [text, text],
      rows: [{ lane: 1, text, number: 1, waits: true }],
    },
    replay: ['hmm', 'replay', text, '--scenario', text, 'h1:0'],
  };
}
