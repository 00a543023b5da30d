// SPDX-License-Identifier: MIT
/** States in which no thread can take a step: final, stalled until a timeout, or stuck. */

import type { Draft } from './draft.ts';
import { leakOccurrences, orphanedHolds } from './leaks.ts';
import { lockHolders } from './lock-holders.ts';
import type { Ending, Occurrence, Transition } from './machine.ts';
import { activeProcs, createOccurrence, placeOf } from './occurrence.ts';
import { RaisedFinding } from './raised.ts';
import { staleAtEnd } from './check-state.ts';
import { evaluateState } from './state-expression.ts';
import type { Blocked } from './waiting.ts';
import { blockedAt, isIdle, toWaiting } from './waiting.ts';
import { findCycles, unexplained } from './wait-cycles.ts';
import { currentInstruction } from './current.ts';

/** How a state is to be read; see `Ending`. `draft` is a fresh one of that state. */
export function judgeEnding(draft: Draft, enabled: readonly Transition[]): Ending {
  if (enabled.some((transition) => transition.environment === null)) return { kind: 'running' };
  const unfinished = unfinishedThreads(draft);
  if (unfinished.length === 0) return { kind: 'final', occurrences: leftBehind(draft) };
  const blocked = unfinished.flatMap((thread) => blockedAt(draft, thread) ?? []);
  const expiring = enabled.filter(({ environment }) => environment === 'timeout');
  const timed = firstExpiring(draft, expiring, blocked);
  if (timed !== null) return { kind: 'stalled', occurrences: [stalled(draft, timed, blocked)] };
  return { kind: 'stuck', occurrences: stuck(draft, blocked) };
}

/** What a final state is blamed for, besides the scenario's own conditions. */
function leftBehind(draft: Draft): readonly Occurrence[] {
  const { checks } = draft.world.program;
  return [
    ...(checks.includes('leak') ? leakOccurrences(draft) : []),
    ...orphanedHolds(draft),
    ...(checks.includes('stale_mapping') ? staleAtEnd(draft.world, draft.base) : []),
  ];
}

/** The timed wait that lets things go on: a waiting thread's own, else an idle daemon's, which may act then. */
function firstExpiring(
  draft: Draft,
  expiring: readonly Transition[],
  blocked: readonly Blocked[],
): Blocked | null {
  const own = blocked.find((entry) => expiring.some(({ thread }) => thread === entry.thread));
  const [first] = expiring;
  return own ?? (first === undefined ? null : blockedAt(draft, first.thread));
}

/** Threads that are neither finished nor idle. */
function unfinishedThreads(draft: Draft): readonly number[] {
  const all = Array.from({ length: draft.threadCount }, (_, thread) => thread);
  return all.filter((thread) => isUnfinished(draft, thread));
}

export function isUnfinished(draft: Draft, thread: number): boolean {
  return draft.thread(thread).frames.length > 0 && !isIdle(draft, thread);
}

function stalled(draft: Draft, timed: Blocked, blocked: readonly Blocked[]): Occurrence {
  const who = draft.world.printer.thread(timed.thread);
  const { object } = timed;
  return at(draft, 'stalled_until_timeout', timed, {
    message: `nobody can go on until the wait of ${who} on ${object} times out`,
    blocked,
  });
}

/**
 * Every cause of a stuck state: each lost wake-up, each cycle, and one finding for the threads that none
 * of these keeps waiting. Naming one only would let an expected cause hide another.
 */
function stuck(draft: Draft, blocked: readonly Blocked[]): readonly Occurrence[] {
  const lost = blocked.filter((entry) => hasLostWakeup(draft, entry));
  const cycles = findCycles(blocked);
  const rest = unexplained(blocked, [...lost, ...cycles.flat()]);
  return [
    ...lost.map((entry) => lostWakeup(draft, entry)),
    ...cycles.map((cycle) => deadlock(draft, cycle, cycle.length === 1)),
    ...(rest.length > 0 ? [deadlock(draft, rest, false)] : []),
  ];
}

function lostWakeup(draft: Draft, lost: Blocked): Occurrence {
  const who = draft.world.printer.thread(lost.thread);
  const { object } = lost;
  const message = isTrueNow(draft, lost)
    ? `${who} sleeps on ${object} for ever although what it waits for is true`
    : `${who} sleeps on ${object} for ever: the wake-up came before it slept`;
  return at(draft, 'lost_wakeup', lost, { message, blocked: [lost] });
}

/** @param shown a cycle, or threads that wait for nobody who could act; the first is named */
function deadlock(draft: Draft, shown: readonly Blocked[], itself: boolean): Occurrence {
  const [first] = shown;
  if (first === undefined) throw new Error('a stuck state without a waiting thread');
  const message = shown.map((entry) => waitSentence(draft, entry)).join('; ');
  return at(draft, itself ? 'self_deadlock' : 'deadlock', first, { message, blocked: shown });
}

/** A thread that never can go on again although others can. */
export function partialDeadlock(draft: Draft, thread: number): Occurrence {
  const entry = blockedAt(draft, thread);
  if (entry === null) throw new Error(`thread ${thread} is not blocked`);
  const message = `${waitSentence(draft, entry)}; it can never go on, though others run on`;
  return at(draft, 'partial_deadlock', entry, { message, blocked: [entry] });
}

function at(
  draft: Draft,
  name: string,
  entry: Blocked,
  { message, blocked }: { message: string; blocked: readonly Blocked[] },
): Occurrence {
  const thread = draft.thread(entry.thread);
  return createOccurrence({
    name,
    thread: entry.thread,
    object: entry.address === null ? null : entry.object,
    within: activeProcs(draft.world, thread),
    span: placeOf(draft.world, entry.thread, thread),
    message,
    waiting: blocked.map((one) => toWaiting(draft, one)),
  });
}

function waitSentence(draft: Draft, entry: Blocked): string {
  const { printer } = draft.world;
  const who = printer.thread(entry.thread);
  const { object, address } = entry;
  if (address === null) return `${who} awaits ${object}`;
  const [first] = entry.waitsFor;
  if (first === undefined) return `${who} waits on ${object} and nobody is left to wake it`;
  if (first === entry.thread) return `${who} waits for ${object}, which it holds itself`;
  const others = entry.waitsFor.map((thread) => printer.thread(thread)).join(', ');
  const holders = lockHolders(draft.cell(address)).map((holder) => holder.thread);
  return holders.includes(first)
    ? `${who} waits for ${object}, held by ${others}`
    : `${who} waits for ${object} behind ${others}`;
}

function hasLostWakeup(draft: Draft, entry: Blocked): boolean {
  if (entry.address === null) return false;
  const value = draft.peekCompound(entry.address, 'wait_queue');
  if (value === null) return false;
  return value.missed.includes(entry.thread) || isTrueNow(draft, entry);
}

/** Whether the condition of a wait_event is true in this very state. */
function isTrueNow(draft: Draft, entry: Blocked): boolean {
  const instruction = currentInstruction(draft, entry.thread);
  if (instruction?.op !== 'primitive' || instruction.condition === undefined) return false;
  const { program, layout } = draft.world;
  const locals = draft.frame(entry.thread)?.locals ?? [];
  try {
    const scope = { program, layout, view: draft.base, locals };
    return evaluateState(instruction.condition, scope) !== 0;
  } catch (error) {
    if (error instanceof RaisedFinding) return false;
    throw error;
  }
}
