// SPDX-License-Identifier: MIT
/** Who holds what since where, and who waits for whom, at the end of a failing schedule. */

import type { Trace, TraceHold } from '@hmmlab/runtime';
import type { Finding, Program } from '@hmmlab/runtime/program';
import { locationOf } from './location.ts';
import type { HeldLock, Wait } from './report.ts';

function since(program: Program, trace: Trace, hold: TraceHold): HeldLock['since'] {
  const step = trace.steps[hold.since];
  return step === undefined
    ? null
    : { step: hold.since + 1, location: locationOf(program, step.span) };
}

/** A hold of a replayed schedule, in names. */
export function heldLock(program: Program, trace: Trace, hold: TraceHold): HeldLock {
  return {
    thread: program.threads[hold.thread]?.name ?? '?',
    object: hold.object,
    mode: hold.mode,
    since: since(program, trace, hold),
  };
}

/** Locks held after the last step, as the runtime orders them. */
export function heldLocks(program: Program, trace: Trace): readonly HeldLock[] {
  return (trace.steps.at(-1)?.holds ?? []).map((hold) => heldLock(program, trace, hold));
}

/** The wait-for graph of a finding, each edge with the lock in its way. */
export function waitsOf(
  program: Program,
  finding: Finding,
  locks: readonly HeldLock[],
): readonly Wait[] {
  return finding.waiting.map((waiting) => ({
    thread: waiting.thread,
    action: waiting.action,
    object: waiting.object,
    location: locationOf(program, waiting.span),
    holds: locks.filter((lock) => lock.thread === waiting.thread),
    causes: waiting.waitsFor.map((thread) => ({
      thread,
      held: locks.find((lock) => lock.thread === thread && lock.object === waiting.object) ?? null,
      queued: finding.waiting.some(
        (other) => other.thread === thread && other.object === waiting.object,
      ),
    })),
  }));
}
