// SPDX-License-Identifier: MIT
/** A replayed schedule as a list: number, thread, action, place; what changed below it. Calls are indented. */

import { plainSchedule, visible } from '@hmmlab/reporter';
import type { Trace, TraceStep } from '@hmmlab/runtime';
import type { Program } from '@hmmlab/runtime/program';
import type { Console } from './console.ts';
import { paint } from './paint.ts';

/** Steps on one line: one step, or those of a call that is too deep, from its first to its last. */
interface Entry {
  readonly from: number;
  readonly to: number;
}

/** @param depth calls that are shown from within, one inside of the other; what is deeper is one line. Null: all */
export function printTrace(
  program: Program,
  trace: Trace,
  { out }: Console,
  depth: number | null,
): void {
  const { dim } = paint(out.color);
  const steps = plainSchedule(program, trace);
  const entries = entriesOf(trace.steps, depth ?? Infinity);
  const labels = entries.map(({ from, to }) =>
    from === to ? `${from + 1}` : `${from + 1}-${to + 1}`,
  );
  const digits = Math.max(0, ...labels.map(({ length }) => length));
  const lane = Math.max(0, ...steps.map(({ thread }) => visible(thread).length));
  entries.forEach((entry, index) => {
    const [step, record] = [steps[entry.from], trace.steps[entry.from]];
    if (step === undefined || record === undefined) return;
    const calls = '  '.repeat(Math.min(record.within.length - 1, depth ?? Infinity));
    const text = entry.from === entry.to ? step.text : foldedText(record, entry, depth ?? 0);
    const place = dim(`${visible(step.file)}:${step.line}:${step.column}`);
    const head = `  ${(labels[index] ?? '').padStart(digits)}  ${visible(step.thread).padEnd(lane)}  ${calls}`;
    out.write(`${head}${visible(text)}  ${place}\n`);
    if (entry.from === entry.to) writeChanges(record, ' '.repeat(digits + lane + 6) + calls, out);
  });
  out.write('\n');
}

function entriesOf(steps: readonly TraceStep[], depth: number): readonly Entry[] {
  const entries: { from: number; to: number }[] = [];
  steps.forEach((step, index) => {
    const last = entries.at(-1);
    const before = last === undefined ? undefined : steps[last.to];
    if (last !== undefined && before !== undefined && sameCall(before, step, depth))
      last.to = index;
    else entries.push({ from: index, to: index });
  });
  return entries;
}

/** Whether two steps, one right after the other, are both inside of one call that is too deep to be shown. */
function sameCall(a: TraceStep, b: TraceStep, depth: number): boolean {
  if (a.thread !== b.thread || a.within.length - 1 <= depth || b.within.length - 1 <= depth)
    return false;
  const [first, second] = [a.places[depth], b.places[depth]];
  return (
    a.within[depth + 1] === b.within[depth + 1] && JSON.stringify(first) === JSON.stringify(second)
  );
}

/** `hmm_range_fault: 12 steps` */
function foldedText({ within }: TraceStep, { from, to }: Entry, depth: number): string {
  return `${within[depth + 1] ?? '?'}: ${to - from + 1} steps`;
}

function writeChanges({ changes }: TraceStep, indent: string, out: Console['out']): void {
  for (const { object, before, after } of changes)
    out.write(`${indent}${visible(`${object}: ${before} -> ${after}`)}\n`);
}
