// SPDX-License-Identifier: MIT
/**
 * Completions, kernel/sched/completion.c: a counter of completions and a queue of waiters.
 * `complete` adds one, `complete_all` makes it endless until reinit; a wait takes one. A newcomer takes
 * a completion that is there even if others are queued, as the kernel's unlocked test does.
 */

import type { Draft } from '../interpreter/draft.ts';
import type { CompletionValue } from '../interpreter/values.ts';
import { ALL } from '../interpreter/values.ts';
import type { Alternative, Call, Primitive } from './primitive.ts';
import { always, completes, operand, queues, without } from './primitive.ts';

const read = (draft: Draft, call: Call): CompletionValue =>
  draft.compound(operand(call, 0), 'completion');

function write(draft: Draft, call: Call, change: Partial<CompletionValue>): void {
  draft.poke(operand(call, 0), { ...read(draft, call), ...change });
}

function consume(draft: Draft, call: Call): void {
  const { done, queue } = read(draft, call);
  const rest = done === ALL ? ALL : done - 1;
  write(draft, call, { done: rest, queue: without(queue, call.thread) });
}

function arrive(draft: Draft, call: Call, timed: boolean): readonly Alternative[] {
  const { done, queue } = read(draft, call);
  if (done !== 0) return [completes(call, '', (d) => consume(d, call), timed ? 1 : 0)];
  return [queues(call, (d) => write(d, call, { queue: [...queue, call.thread] }), 'waits')];
}

function resume(draft: Draft, call: Call, timed: boolean): readonly Alternative[] {
  const { done, queue } = read(draft, call);
  const first = done === ALL || queue[0] === call.thread;
  if (done !== 0 && first) {
    return [completes(call, 'goes on', (d) => consume(d, call), timed ? 1 : 0)];
  }
  if (!timed || !draft.thread(call.thread).expired) return [];
  const leave = (d: Draft): void => write(d, call, { queue: without(queue, call.thread) });
  return [completes(call, 'times out', leave, 0)];
}

const wait = (timed: boolean): Primitive => ({
  arrive: (draft, call) => arrive(draft, call, timed),
  resume: (draft, call) => resume(draft, call, timed),
  timed,
  idles: true,
});

function tryWait(draft: Draft, call: Call): number {
  if (read(draft, call).done === 0) return 0;
  consume(draft, call);
  return 1;
}

function complete(draft: Draft, call: Call): null {
  const { done } = read(draft, call);
  if (done !== ALL) write(draft, call, { done: done + 1 });
  return null;
}

export const completionPrimitives: ReadonlyMap<string, Primitive> = new Map<string, Primitive>([
  ['wait_for_completion', wait(false)],
  ['wait_for_completion_timeout', wait(true)],
  ['try_wait_for_completion', always(tryWait)],
  ['completion_done', always((draft, call) => Number(read(draft, call).done !== 0))],
  ['complete', always(complete)],
  ['complete_all', always((draft, call) => (write(draft, call, { done: ALL }), null))],
  ['reinit_completion', always((draft, call) => (write(draft, call, { done: 0 }), null))],
]);
