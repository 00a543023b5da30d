// SPDX-License-Identifier: MIT
/** Locks and waits at the end of a schedule, in words. */

import type { FindingReport, HeldLock, Wait } from '../report.ts';
import { place } from './place.ts';
import { cut, padded, proseLines, textWidth } from './text-width.ts';
import { visible } from './visible.ts';

function since(report: FindingReport, lock: HeldLock): string {
  return lock.since === null ? 'the set-up' : place(report, lock.since.location);
}

function lockText(report: FindingReport, lock: HeldLock): string {
  const mode = lock.mode === 'exclusive' ? '' : ` for ${lock.mode}`;
  return `${visible(lock.object)}${mode} since ${since(report, lock)}`;
}

function causeText(report: FindingReport, wait: Wait, cause: Wait['causes'][number]): string {
  const name = cause.thread === wait.thread ? 'itself' : visible(cause.thread);
  if (cause.held !== null) return `held by ${name} since ${since(report, cause.held)}`;
  return cause.queued ? `behind ${name} in its queue` : `which only ${name} could end`;
}

function waitParts(report: FindingReport, wait: Wait): string[] {
  const causes = wait.causes.map((cause) => causeText(report, wait, cause)).join(' and ');
  const action = visible(wait.action);
  const where = place(report, wait.location);
  const awaits = wait.action === `await ${wait.object}`;
  const nobody = awaits ? 'nobody is left to make it true' : 'nobody is left to wake it';
  const waits = awaits
    ? `awaits ${visible(wait.object)} (${where})`
    : `waits in ${action} (${where})`;
  const what = `${waits}, ${causes === '' ? nobody : causes}`;
  if (wait.holds.length === 0) return [what];
  return [`holds ${wait.holds.map((lock) => lockText(report, lock)).join(', ')}`, what];
}

/** One line per thread, or one line per part where that is too long. */
function threadLines(name: string, parts: readonly string[], width: number): string[] {
  const joined = name + parts.join(', ');
  if (textWidth(joined) <= width) return [joined];
  const indent = ' '.repeat(textWidth(name));
  const lines = parts.flatMap((part) => proseLines(part, width - textWidth(name)));
  return lines.map((line, index) => (index === 0 ? name : indent) + line);
}

/** Lines about waiting threads, then about the other threads that hold a lock. */
export function waitLines(report: FindingReport, width: number): string[] {
  const waiting = new Set(report.waits.map((wait) => wait.thread));
  const holders = new Set(report.locks.map((lock) => lock.thread));
  const others = [...holders].filter((thread) => !waiting.has(thread));
  const names = [...waiting, ...others].map((name) => cut(visible(name), 24));
  const column = Math.max(0, ...names.map((name) => textWidth(name))) + 2;
  const lead = (thread: string): string => `  ${padded(cut(visible(thread), 24), column)}`;
  return [
    ...report.waits.flatMap((wait) =>
      threadLines(lead(wait.thread), waitParts(report, wait), width),
    ),
    ...others.flatMap((thread) => {
      const own = report.locks.filter((lock) => lock.thread === thread);
      const texts = own.map((lock) => lockText(report, lock));
      return threadLines(lead(thread), [`holds ${texts.join(', ')}`], width);
    }),
  ];
}
