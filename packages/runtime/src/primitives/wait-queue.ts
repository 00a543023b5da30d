// SPDX-License-Identifier: MIT
/**
 * Wait queues, kernel/sched/wait.c. `wait_event` and its siblings are loops of the front end over
 * prepare_to_wait, the condition's own loads, and schedule.
 *
 * A wake-up takes every queued thread off the queue; a thread that comes to schedule after that does
 * not sleep. All waiters are non-exclusive, so wake_up and wake_up_all are the same.
 * sleep_on queues and sleeps without a test in between; wake-ups since the thread's last test are
 * remembered in `missed`, so that a sleep that lost one can be told from an ordinary one.
 */

import type { Draft } from '../interpreter/draft.ts';
import { errnoNumbers } from '../program/errno.ts';
import type { WaitQueueValue } from '../interpreter/values.ts';
import type { Alternative, Call, Primitive } from './primitive.ts';
import { always, completes, operand, queues, without } from './primitive.ts';

const read = (draft: Draft, call: Call): WaitQueueValue =>
  draft.compound(operand(call, 0), 'wait_queue');

function leaveQueue(draft: Draft, call: Call): null {
  const value = read(draft, call);
  if (value.queue.includes(call.thread)) {
    draft.poke(operand(call, 0), { ...value, queue: without(value.queue, call.thread) });
  }
  return null;
}

function joinQueue(draft: Draft, call: Call): null {
  const value = read(draft, call);
  if (!value.queue.includes(call.thread)) {
    draft.poke(operand(call, 0), { ...value, queue: [...value.queue, call.thread] });
  }
  return null;
}

function wakeAll(draft: Draft, call: Call): null {
  const value = read(draft, call);
  draft.poke(operand(call, 0), { ...value, queue: [], missed: missedBy(draft, call, value) });
  return null;
}

function missedBy(draft: Draft, call: Call, value: WaitQueueValue): readonly number[] {
  if (!draft.world.tracksMissedWakeups) return [];
  const missed: number[] = [];
  for (let thread = 0; thread < draft.threadCount; thread++) {
    const asleep = value.queue.includes(thread);
    const own = thread === call.thread && !value.missed.includes(thread);
    if (!asleep && !own && !draft.isFinished(thread)) missed.push(thread);
  }
  return missed;
}

type Sleep = 'plain' | 'timeout' | 'interruptible';

/** Result of a sleep that ended: schedule_timeout gives 1 if woken and 0 if expired. */
function schedule(draft: Draft, call: Call, sleep: Sleep): readonly Alternative[] {
  const thread = draft.thread(call.thread);
  const woken = !read(draft, call).queue.includes(call.thread);
  if (woken) return [completes(call, '', () => {}, sleep === 'timeout' ? 1 : 0)];
  const leave = (d: Draft): void => {
    leaveQueue(d, call);
  };
  if (sleep === 'timeout' && thread.expired) return [completes(call, 'times out', leave, 0)];
  if (sleep === 'interruptible' && thread.signalled) {
    return [completes(call, 'is interrupted', leave, -(errnoNumbers.get('ERESTARTSYS') ?? 0))];
  }
  return [];
}

const sleeping = (sleep: Sleep): Primitive => ({
  arrive: (draft, call) => schedule(draft, call, sleep),
  timed: sleep === 'timeout',
  interruptible: sleep === 'interruptible',
  idles: true,
  wake: (draft, call) => {
    leaveQueue(draft, call);
  },
});

const sleepOn: Primitive = {
  arrive: (_draft, call) => [queues(call, (draft) => void joinQueue(draft, call), 'sleeps')],
  resume: (draft, call) =>
    read(draft, call).queue.includes(call.thread) ? [] : [completes(call, 'wakes up', () => {})],
  idles: true,
  wake: (draft, call) => {
    leaveQueue(draft, call);
  },
};

export const waitQueuePrimitives: ReadonlyMap<string, Primitive> = new Map<string, Primitive>([
  ['prepare_to_wait', always(joinQueue)],
  ['finish_wait', always(leaveQueue)],
  ['schedule', sleeping('plain')],
  ['schedule_interruptible', sleeping('interruptible')],
  ['schedule_timeout', sleeping('timeout')],
  ['sleep_on', sleepOn],
  ['wake_up', always(wakeAll)],
  ['wake_up_all', always(wakeAll)],
]);
