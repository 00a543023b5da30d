// SPDX-License-Identifier: MIT
/** A lost wake-up, a leak at the end, and a finding that every schedule meets. */

import type { ReportInput } from '../create-report.ts';
import type { Deed } from './build-case.ts';
import { buildCase } from './build-case.ts';

const sleeper = `scenario "a naive wait" {
  bool done
  wait_queue wq

  thread waiter { if (!done) sleep_on wq }
  thread waker  { done = true; wake_up_all wq }
}
`;

/** The waker comes between the waiter's test and its sleep. */
export function lostWakeup(): ReportInput {
  const { program, sources, span, trace, verdict } = buildCase({
    title: 'a naive wait',
    file: 'scenarios/locks/naive-wait.hmm',
    threads: ['waiter', 'waker'],
    source: sleeper,
  });
  const test: Deed = ['waiter', 5, 'load done -> false', { at: '!done' }];
  const set: Deed = [
    'waker',
    6,
    'store done = true',
    { at: 'done = true', changes: ['done: false -> true'] },
  ];
  const wake: Deed = ['waker', 6, 'wake_up_all wq', { touched: ['wq'] }];
  const sleep: Deed = [
    'waiter',
    5,
    'sleep_on wq',
    { changes: ['wq: nobody -> waiter'], touched: ['wq'] },
  ];
  return {
    program,
    sources,
    findingIndex: 0,
    failing: trace([test, set, wake, sleep]),
    passing: trace([test, set, sleep, wake]),
    verdict: verdict({
      code: 'HMM4109',
      name: 'lost_wakeup',
      thread: 'waiter',
      object: 'wq',
      span: span(5, 'sleep_on wq'),
      message: 'waiter sleeps on wq for ever: the wake-up came before it slept',
      waiting: [
        {
          thread: 'waiter',
          action: 'sleep_on wq',
          object: 'wq',
          span: span(5, 'sleep_on wq'),
          within: [],
          waitsFor: [],
        },
      ],
    }),
  };
}

const leaky = `scenario "the error path forgets its reference" {
  struct foo { kref ref = 1 }
  pool struct foo: 2
  wait_queue wq

  thread user {
    struct foo *p = kmalloc(foo)
    int left = wait_event_timeout(wq, false, 10)
    if (left) kfree(p)
  }
}
`;

/** No schedule passes, and no step but an omission is to blame. */
export function leakAtTheEnd(): ReportInput {
  const { program, sources, span, trace, verdict } = buildCase({
    title: 'the error path forgets its reference',
    file: 'scenarios/locks/leak.hmm',
    threads: ['user'],
    source: leaky,
  });
  return {
    program,
    sources,
    findingIndex: 0,
    failing: trace([
      ['user', 7, 'allocate foo', { at: 'kmalloc(foo)', touched: ['foo#1'] }],
      [
        'user',
        8,
        'prepare_to_wait wq',
        { at: 'wait_event_timeout', changes: ['wq: nobody -> user'] },
      ],
      ['user', 8, 'schedule_timeout wq', { at: 'wait_event_timeout' }],
      ['user', 8, 'the timeout expires', { at: 'wait_event_timeout', environment: 'timeout' }],
      ['user', 8, 'finish_wait wq', { at: 'wait_event_timeout', changes: ['wq: user -> nobody'] }],
    ]),
    passing: null,
    verdict: verdict({
      code: 'HMM4206',
      name: 'leak',
      object: 'foo#1',
      span: span(7, 'kmalloc(foo)'),
      message: 'foo#1 is still allocated, and nothing leads to it any more',
      counterexample: {
        schedule: 'h1:77aa0b12:0.0.0.t0.0',
        minimal: true,
        preemptions: 0,
        loop: null,
        nearestPassing: null,
      },
    }),
  };
}

const loops = `scenario "two pollers" {
  int tries in 0..99
  mutex m

  thread a { while (!mutex_trylock(m)) tries++; mutex_lock(m) }
  thread b { mutex_lock(m) }
}
`;

/** One turn of the loop in which nothing but the counter changes. */
function retry(index: number): readonly Deed[] {
  return [
    ['a', 5, 'mutex_trylock m -> false', { at: 'mutex_trylock(m)' }],
    ['a', 5, `load tries -> ${index}`, { at: 'tries++' }],
    [
      'a',
      5,
      `store tries = ${index + 1}`,
      { at: 'tries++', changes: [`tries: ${index} -> ${index + 1}`] },
    ],
  ];
}

/** A long schedule with a retry loop, and a lock that another thread keeps. */
export function longRetry(): ReportInput {
  const { program, sources, span, trace, verdict } = buildCase({
    title: 'two pollers',
    file: 'scenarios/locks/pollers.hmm',
    threads: ['a', 'b'],
    source: loops,
  });
  const poll: Deed = ['a', 5, 'mutex_trylock m -> false', { at: 'mutex_trylock(m)' }];
  const lock: Deed = [
    'b',
    6,
    'mutex_lock m',
    { at: 'mutex_lock(m)', takes: ['m', 'exclusive'], changes: ['m: free -> b'] },
  ];
  return {
    program,
    sources,
    findingIndex: 0,
    failing: trace([
      lock,
      poll,
      poll,
      poll,
      poll,
      ...[0, 1, 2, 3, 4, 5, 6, 7].flatMap((index) => retry(index)),
    ]),
    passing: null,
    verdict: verdict(
      {
        code: 'HMM4106',
        name: 'lock_held_at_exit',
        thread: 'b',
        object: 'm',
        span: span(6, 'mutex_lock(m)'),
        message: 'b ends and still holds m',
        counterexample: {
          schedule: `h1:0badcafe:${'0.1.1x3.0.'.repeat(30)}1`,
          minimal: false,
          preemptions: 12,
          loop: null,
          nearestPassing: null,
        },
      },
      {
        kind: 'inconclusive',
        why: 'state-limit',
        coverage: {
          strategy: 'naive',
          states: 2_000_000,
          transitions: 5_123_456,
          maxDepth: 30,
          exhaustive: false,
          bounds: [],
          finalStates: 0,
        },
      },
    ),
  };
}
