// SPDX-License-Identifier: MIT
/**
 * A state as a string: equal strings, equal states. Every part is written in a form that tells where it
 * ends (numbers in one or four units, runs with their length first), so no two states collide.
 */

import type { State, ThreadState } from './state.ts';
import type { CompoundValue, Value } from './values.ts';

const OFFSET = 0x4000;
const ESCAPE = 0xffff;

/** One unit for -16384 .. 49150, else the escape unit and three more. */
function pushNumber(out: number[], value: number): void {
  const unit = value + OFFSET;
  if (unit >= 0 && unit < ESCAPE) {
    out.push(unit);
    return;
  }
  const low = value >>> 0;
  const high = Math.floor(value / 0x1_0000_0000);
  out.push(ESCAPE, high & 0xffff, low >>> 16, low & 0xffff);
}

function pushRun(out: number[], values: readonly number[]): void {
  pushNumber(out, values.length);
  for (const value of values) pushNumber(out, value);
}

function pushFlags(out: number[], ...flags: readonly boolean[]): void {
  pushNumber(
    out,
    flags.reduce((bits, flag) => bits * 2 + Number(flag), 0),
  );
}

function pushCompound(out: number[], value: CompoundValue): void {
  switch (value.kind) {
    case 'mutex':
      pushNumber(out, value.owner);
      pushRun(out, value.queue);
      return pushFlags(out, value.overtaken, value.handoff);
    case 'rwsem':
      pushNumber(out, value.writer);
      pushRun(out, value.readers);
      pushRun(
        out,
        value.queue.map(({ thread, write }) => thread * 2 + Number(write)),
      );
      return pushFlags(out, value.overtaken, value.handoff);
    case 'spinlock':
      pushNumber(out, value.owner);
      return pushRun(out, value.queue);
    case 'wait_queue':
      pushRun(out, value.queue);
      return pushRun(out, value.missed);
    case 'completion':
      pushNumber(out, value.done);
      return pushRun(out, value.queue);
    case 'work':
      pushNumber(out, value.proc);
      pushFlags(out, value.pending);
      pushNumber(out, value.running);
      return pushRun(
        out,
        value.waiters.flatMap((w) => [w.thread, stage[w.instance], w.result, Number(w.cancels)]),
      );
    case 'workqueue':
      pushRun(out, value.items);
      pushRun(out, value.running);
      pushNumber(out, value.flushers.length);
      for (const { thread, pending, running } of value.flushers) {
        pushNumber(out, thread);
        pushRun(out, pending);
        pushRun(out, running);
      }
      return;
    case 'list':
      return pushRun(out, value.items);
    case 'frames':
      return pushRun(out, value.used);
    case 'owed':
      return pushRun(out, value.ranges.flat());
  }
}

const stage = { pending: 0, running: 1, over: 2 } as const;

function pushThread(out: number[], thread: ThreadState): void {
  pushFlags(out, thread.queued, thread.expired, thread.signalled);
  pushNumber(out, thread.nonBlock);
  pushRun(out, thread.observed);
  pushNumber(out, thread.frames.length);
  for (const { proc, pc, to, locals } of thread.frames) {
    pushNumber(out, proc);
    pushNumber(out, pc);
    pushNumber(out, to ?? -1);
    pushRun(out, locals);
  }
}

const slotUnit = { free: 0, live: 1, dead: 2 } as const;

function text(units: readonly number[]): string {
  let key = '';
  for (let i = 0; i < units.length; i += 8192) {
    key += String.fromCharCode(...units.slice(i, i + 8192));
  }
  return key;
}

/** Equal for equal values of one cell only. */
export function valueKey(value: Value): number | string {
  if (typeof value === 'number') return value;
  const out: number[] = [];
  pushCompound(out, value);
  return text(out);
}

/** Equal for equal states of one thread only. */
export function threadKey(thread: ThreadState): string {
  const out: number[] = [];
  pushThread(out, thread);
  return text(out);
}

/** Cells have fixed types, so a cell's form is known from its place; those of free slots are as at creation. */
export function stateKey(state: State): string {
  const out: number[] = [];
  for (const value of state.memory) {
    if (typeof value === 'number') pushNumber(out, value);
    else pushCompound(out, value);
  }
  for (const status of state.slots) pushNumber(out, slotUnit[status]);
  for (const thread of state.threads) pushThread(out, thread);
  return text(out);
}
