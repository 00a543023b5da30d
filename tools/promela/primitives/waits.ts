// SPDX-License-Identifier: MIT
/** Completions and wait queues, from design section 5 and docs/soundness.md. */

import type { Call, OneStep, Waiting } from './primitive.ts';
import { numberOf } from './primitive.ts';

/** Count of a completion after `complete_all`. */
const ALL = '(-1)';

function completionText(call: Call): { done: string; queue: string; consume: string } {
  const k = numberOf(call, 'completion');
  const [done, queue] = [`own[${k}]`, `q[${k}]`];
  return { done, queue, consume: `if :: (${done} != ${ALL}) -> ${done}-- :: else fi` };
}

const waitForCompletion = (timed: boolean): Waiting => {
  const goesOn = (call: Call): string => {
    const { done, queue } = completionText(call);
    return `(${done} != 0 && (${done} == ${ALL} || ${queue}?[${call.thread}]))`;
  };
  const woken = timed ? '1' : '0';
  const waiting: Waiting = {
    ways: (call) => {
      const { thread } = call;
      const { done, queue, consume } = completionText(call);
      const leave = `${queue}??${thread}`;
      const ways = [
        { guard: `!qd[${thread}] && ${done} != 0`, act: [consume], result: woken },
        {
          guard: `!qd[${thread}] && ${done} == 0`,
          act: [`${queue}!${thread}`, `qd[${thread}] = 1`],
          result: null,
        },
        { guard: `qd[${thread}] && ${goesOn(call)}`, act: [consume, leave], result: woken },
      ];
      const late = `qd[${thread}] && !${goesOn(call)} && ex[${thread}]`;
      return timed ? [...ways, { guard: late, act: [leave], result: '0' }] : ways;
    },
  };
  const expires = (call: Call): string => `qd[${call.thread}] && !${goesOn(call)}`;
  return timed ? { ...waiting, expires } : waiting;
};

const tryWait: OneStep = ({ body }, call) => {
  const { done, consume } = completionText(call);
  body.say(`num = (${done} != 0 -> 1 : 0)`);
  body.when('num == 1', [consume]);
  return 'num';
};

const complete: OneStep = ({ body }, call) => {
  const { done } = completionText(call);
  body.when(`${done} != ${ALL}`, [`${done}++`]);
  return null;
};

const setDone =
  (value: string): OneStep =>
  ({ body }, call) => {
    body.say(`${completionText(call).done} = ${value}`);
    return null;
  };

const queueOf = (call: Call): string => `q[${numberOf(call, 'wait_queue')}]`;

const join = (queue: string, thread: number): string =>
  `if :: ${queue}??[${thread}] -> skip :: else -> ${queue}!${thread} fi`;

const leave = (queue: string, thread: number): string =>
  `if :: ${queue}??[${thread}] -> ${queue}??${thread} :: else fi`;

/** A sleeper that is not on the queue has been woken. */
const schedule = (timed: boolean): Waiting => {
  const asleep = (call: Call): string => `${queueOf(call)}??[${call.thread}]`;
  const ways: Waiting['ways'] = (call) => {
    const woken = { guard: `!(${asleep(call)})`, act: [], result: timed ? '1' : '0' };
    if (!timed) return [woken];
    const late = { guard: `${asleep(call)} && ex[${call.thread}]`, result: '0' };
    return [woken, { ...late, act: [leave(queueOf(call), call.thread)] }];
  };
  return timed ? { ways, expires: asleep } : { ways };
};

const sleepOn: Waiting = {
  ways: (call) => {
    const { thread } = call;
    const queue = queueOf(call);
    return [
      { guard: `!qd[${thread}]`, act: [join(queue, thread), `qd[${thread}] = 1`], result: null },
      { guard: `qd[${thread}] && !(${queue}??[${thread}])`, act: [], result: '0' },
    ];
  },
};

/** Everyone on the queue leaves it. Who is not on it has missed the wake-up, the waker only if it had missed one before. */
const wakeUp: OneStep = ({ body, model }, call) => {
  const k = numberOf(call, 'wait_queue');
  if (model.tracksMissed) {
    const missed = model.program.threads.map((_, thread) => {
      const bit = 1 << thread;
      const had = thread === call.thread ? ` && (flags[${k}] & ${bit}) != 0` : '';
      return `(!(q[${k}]??[${thread}]) && at[${thread}] != 0${had} -> ${bit} : 0)`;
    });
    body.say(`flags[${k}] = ${missed.join(' + ')}`);
  }
  body.say(`do :: q[${k}]?_ :: empty(q[${k}]) -> break od`);
  return null;
};

export const queueWaits: readonly (readonly [string, Waiting])[] = [
  ['wait_for_completion', waitForCompletion(false)],
  ['wait_for_completion_timeout', waitForCompletion(true)],
  ['schedule', schedule(false)],
  ['schedule_interruptible', schedule(false)],
  ['schedule_timeout', schedule(true)],
  ['sleep_on', sleepOn],
];

export const queueSteps: readonly (readonly [string, OneStep])[] = [
  ['try_wait_for_completion', tryWait],
  ['completion_done', (_, call) => `(${completionText(call).done} != 0)`],
  ['complete', complete],
  ['complete_all', setDone(ALL)],
  ['reinit_completion', setDone('0')],
  ['prepare_to_wait', (steps, call) => (steps.body.say(join(queueOf(call), call.thread)), null)],
  ['finish_wait', (steps, call) => (steps.body.say(leave(queueOf(call), call.thread)), null)],
  ['wake_up', wakeUp],
  ['wake_up_all', wakeUp],
];
