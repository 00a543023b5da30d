// SPDX-License-Identifier: MIT
/** The few words behind a step that say why it matters. */

import type { Trace, TraceHold, TraceStep } from '@hmmlab/runtime';
import type { Finding, Program } from '@hmmlab/runtime/program';

/** What the last step does wrong, by name of the finding. */
const WRONG: ReadonlyMap<string, string> = new Map([
  ['assertion', 'false'],
  ['contract', 'broken'],
  ['invariant', 'breaks the invariant'],
  ['null_dereference', 'NULL'],
  ['integer_out_of_range', 'out of range'],
  ['index_out_of_range', 'outside the array'],
  ['call_depth', 'too deep'],
  ['local_divergence', 'never comes back'],
  ['division_by_zero', 'by zero'],
  ['unlock_not_held', 'not held'],
  ['unlock_by_non_owner', 'not the owner'],
  ['sleep_in_atomic', 'may sleep, atomic here'],
  ['block_in_non_blockable', 'may sleep, must not here'],
  ['stale_mapping', 'stale'],
  ['use_after_free', 'gone'],
  ['double_free', 'freed before'],
  ['refcount_underflow', 'below zero'],
  ['refcount_overflow', 'too many'],
  ['list_corruption', 'corrupts the list'],
  ['poisoned_entry', 'off the list'],
]);

/** What to say where the thread took the lock that the finding names. */
const TAKEN: ReadonlyMap<string, string> = new Map([
  ['lock_held_at_exit', 'never released'],
  ['sleep_in_atomic', 'atomic from here on'],
  ['self_deadlock', 'held from here on'],
]);

type Notes = Map<number, string[]>;

function note(notes: Notes, index: number, text: string): void {
  if (index >= 0) notes.set(index, [...(notes.get(index) ?? []), text]);
}

function held(step: TraceStep | undefined, thread: number, object: string): TraceHold | undefined {
  return step?.holds.find((hold) => hold.thread === thread && hold.object === object);
}

/** Last step before `end` after which `thread` no longer holds `object`. */
function releaseBefore(trace: Trace, end: number, thread: number, object: string): number {
  return trace.steps.findLastIndex(
    (step, index) =>
      index > 0 &&
      index < end &&
      held(trace.steps[index - 1], thread, object) !== undefined &&
      held(step, thread, object) === undefined,
  );
}

function noteWaits(notes: Notes, program: Program, finding: Finding, trace: Trace): void {
  for (const waiting of finding.waiting) {
    const last = trace.steps.findLastIndex(
      (step) => program.threads[step.thread]?.name === waiting.thread,
    );
    const others = waiting.waitsFor.map((name) => (name === waiting.thread ? 'itself' : name));
    note(notes, last, others.length === 0 ? 'waits' : `waits for ${others.join(', ')}`);
  }
}

function noteTaken(notes: Notes, program: Program, finding: Finding, trace: Trace): void {
  const text = TAKEN.get(finding.name);
  if (text === undefined) return;
  const isIt = ({ thread }: { readonly thread: number }): boolean =>
    program.threads[thread]?.name === finding.thread;
  const hold = trace.steps
    .at(-1)
    ?.holds.find((each) => each.object === finding.object && isIt(each));
  // Taken by the step that shows the finding, behind which nothing is told of holds.
  const taking = trace.steps.findLastIndex(
    (step) => isIt(step) && step.changes.some(({ object }) => object === finding.object),
  );
  note(notes, hold?.since ?? taking, text);
}

/** Where the thread let go of the lock that it now releases once more. */
function noteRelease(notes: Notes, finding: Finding, trace: Trace): void {
  const end = trace.steps.length - 1;
  const last = trace.steps[end];
  if (finding.name !== 'unlock_not_held' || finding.object === null || last === undefined) return;
  note(notes, releaseBefore(trace, end, last.thread, finding.object), 'released here already');
}

/** Where the object was freed that is now used or freed again. */
function noteFreed(notes: Notes, { name, object }: Finding, trace: Trace): void {
  if ((name !== 'use_after_free' && name !== 'double_free') || object === null) return;
  const end = trace.steps.length - 1;
  const freed = trace.steps.findLastIndex(
    ({ text }, index) => index < end && text === `free ${object}`,
  );
  note(notes, freed, 'freed here');
}

/** Where a lasso's loop begins, and where it is back again. */
function noteLoop(notes: Notes, { counterexample }: Finding, trace: Trace): void {
  const { loop } = counterexample;
  if (loop === null) return;
  note(notes, loop, 'loops from here');
  note(notes, trace.steps.length - 1, `back to step ${loop + 1}`);
}

/** Notes by index of the step. `decides` is the index of the deciding step, -1 for none. */
export function notesOf(
  program: Program,
  finding: Finding,
  trace: Trace,
  decides: number,
): ReadonlyMap<number, readonly string[]> {
  const notes: Notes = new Map();
  note(notes, decides, 'decides');
  noteWaits(notes, program, finding, trace);
  noteTaken(notes, program, finding, trace);
  noteLoop(notes, finding, trace);
  noteRelease(notes, finding, trace);
  noteFreed(notes, finding, trace);
  const wrong = finding.waiting.length > 0 ? undefined : WRONG.get(finding.name);
  if (wrong !== undefined) note(notes, trace.steps.length - 1, wrong);
  return notes;
}
