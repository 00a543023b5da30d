// SPDX-License-Identifier: MIT
/** Wait queues and completions of the brute force, written from design section 5 and docs/soundness.md. */

import type { CallName, Op } from './oracle-program.ts';
import type { SimState, SimThread, Way } from './oracle-state.ts';
import { at, goTo, isAtomic, pass } from './oracle-state.ts';

type Apply = Way['apply'];

function me(state: SimState, thread: number): SimThread {
  return at(state.threads, thread);
}

function own(thread: number, apply: Apply, timeout = false): Way {
  return { thread, timeout, apply };
}

function enqueue(state: SimState, queue: number, thread: number): void {
  const waiting = at(state.waitQueues, queue);
  if (!waiting.includes(thread)) waiting.push(thread);
  me(state, thread).asleep = true;
}

function dequeue(state: SimState, queue: number, thread: number): void {
  state.waitQueues[queue] = at(state.waitQueues, queue).filter((other) => other !== thread);
  me(state, thread).asleep = false;
}

/** Phases of wait_event: 0 might_sleep and first test, then 1 prepare, 2 test, 3 sleep, 4 finish; 5, 6 after a timeout. */
export function waitEventWays(
  state: SimState,
  thread: number,
  phase: number,
  op: Extract<Op, { kind: 'wait-event' }>,
): Way[] {
  const test =
    (
      then: number | 'done',
      otherwise: number | 'done',
      results: readonly [number, number],
    ): Apply =>
    (next) => {
      const holds = at(next.cells, op.cell) === op.equals;
      const to = holds ? then : otherwise;
      me(next, thread).missed = false;
      if (to !== 'done') return goTo(me(next, thread), to);
      return pass(me(next, thread), op.timed ? results[holds ? 0 : 1] : undefined);
    };
  switch (phase) {
    case 0:
      return [own(thread, test('done', 1, [1, 0]))];
    case 1:
      return [
        own(thread, (next) => {
          enqueue(next, op.queue, thread);
          return goTo(me(next, thread), 2);
        }),
      ];
    case 2:
      return [own(thread, test(4, 3, [1, 0]))];
    case 3:
      return sleepWays(state, thread, op);
    case 4:
    case 5:
      return [
        own(thread, (next) => {
          dequeue(next, op.queue, thread);
          if (phase === 5) return goTo(me(next, thread), 6);
          return pass(me(next, thread), op.timed ? 1 : undefined);
        }),
      ];
    default:
      return [own(thread, test('done', 'done', [1, 0]))];
  }
}

/** schedule and schedule_timeout: 3 not yet called. */
function sleepWays(
  state: SimState,
  thread: number,
  op: Extract<Op, { kind: 'wait-event' }>,
): Way[] {
  if (isAtomic(state, thread)) return [own(thread, () => 'sleep_in_atomic')];
  const { asleep, expired } = me(state, thread);
  if (!asleep || expired) {
    return [
      own(thread, (next) => {
        me(next, thread).expired = false;
        return goTo(me(next, thread), asleep ? 5 : 1);
      }),
    ];
  }
  return op.timed ? [expiry(thread)] : [];
}

/** The environment's part of a timeout; leaving is the thread's own step. */
function expiry(thread: number): Way {
  const expire: Apply = (next) => {
    me(next, thread).expired = true;
    return null;
  };
  return own(thread, expire, true);
}

function wakeAll(next: SimState, queue: number, waker: number): void {
  for (const sleeper of at(next.waitQueues, queue)) {
    me(next, sleeper).asleep = me(next, sleeper).missed = false;
  }
  next.threads.forEach((thread, i) => {
    if (i !== waker && !at(next.waitQueues, queue).includes(i)) thread.missed = true;
  });
  next.waitQueues[queue] = [];
}

function sleepOn(state: SimState, thread: number, on: number, phase: number): Way[] {
  if (phase === 1) {
    return me(state, thread).asleep ? [] : [own(thread, (next) => pass(me(next, thread)))];
  }
  if (isAtomic(state, thread)) return [own(thread, () => 'sleep_in_atomic')];
  return [
    own(thread, (next) => {
      enqueue(next, on, thread);
      return goTo(me(next, thread), 1);
    }),
  ];
}

function consume(state: SimState, on: number): void {
  const completion = at(state.completions, on);
  if (!completion.sticky) completion.done--;
}

function waitForCompletion(
  state: SimState,
  thread: number,
  on: number,
  phase: number,
  timed: boolean,
): Way[] {
  const { done, sticky, waiting } = at(state.completions, on);
  const success = timed ? 1 : undefined;
  const available = done > 0 || sticky;
  const leave = (next: SimState): void => {
    const completion = at(next.completions, on);
    completion.waiting = completion.waiting.filter((other) => other !== thread);
  };
  if (phase === 0) {
    if (isAtomic(state, thread)) return [own(thread, () => 'sleep_in_atomic')];
    return [
      own(thread, (next) => {
        if (!available) {
          at(next.completions, on).waiting.push(thread);
          return goTo(me(next, thread), 1);
        }
        consume(next, on);
        return pass(me(next, thread), success);
      }),
    ];
  }
  if (available && (sticky || waiting[0] === thread)) {
    return [
      own(thread, (next) => {
        leave(next);
        consume(next, on);
        me(next, thread).expired = false;
        return pass(me(next, thread), success);
      }),
    ];
  }
  if (me(state, thread).expired) {
    return [
      own(thread, (next) => {
        leave(next);
        me(next, thread).expired = false;
        return pass(me(next, thread), 0);
      }),
    ];
  }
  return timed ? [expiry(thread)] : [];
}

function change(thread: number, apply: (next: SimState) => number | undefined): Way[] {
  return [own(thread, (next) => pass(me(next, thread), apply(next)))];
}

/** Ways on at a wait queue's or a completion's call; undefined for other primitives. */
export function waitWays(
  name: CallName,
  state: SimState,
  thread: number,
  on: number,
  phase: number,
): Way[] | undefined {
  switch (name) {
    case 'wake_up_all':
      return change(thread, (next) => {
        wakeAll(next, on, thread);
        return undefined;
      });
    case 'sleep_on':
      return sleepOn(state, thread, on, phase);
    case 'wait_for_completion':
      return waitForCompletion(state, thread, on, phase, false);
    case 'wait_for_completion_timeout':
      return waitForCompletion(state, thread, on, phase, true);
    case 'try_wait_for_completion':
      return change(thread, (next) => {
        const { done, sticky } = at(next.completions, on);
        if (done === 0 && !sticky) return 0;
        consume(next, on);
        return 1;
      });
    case 'completion_done':
      return change(thread, (next) => {
        const { done, sticky } = at(next.completions, on);
        return done > 0 || sticky ? 1 : 0;
      });
    case 'complete':
      return change(thread, (next) => {
        at(next.completions, on).done++;
        return undefined;
      });
    case 'complete_all':
      return change(thread, (next) => {
        at(next.completions, on).sticky = true;
        return undefined;
      });
    default:
      return undefined;
  }
}
