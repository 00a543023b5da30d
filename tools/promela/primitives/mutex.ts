// SPDX-License-Identifier: MIT
/** Mutexes and spinlocks, from design section 5: newcomers may steal a mutex until hand-off; spinlocks are queued. */

import type { Call, LockText, OneStep, Waiting } from './primitive.ts';
import { lockText, numberOf } from './primitive.ts';

const textOf = (call: Call, kind: string): LockText => lockText(numberOf(call, kind));

const mutexLock: Waiting = {
  ways: (call) => {
    const { thread } = call;
    const { own, flags, queue, empty } = textOf(call, 'mutex');
    const free = `${own} == 0 && (${flags} & 2) == 0`;
    const head = `qd[${thread}] && ${queue}?[${thread}]`;
    const overtakes = `${flags} = (${empty} -> 0 : 1)`;
    return [
      {
        guard: `!qd[${thread}] && ${free}`,
        act: [overtakes, `${own} = ${thread + 1}`],
        result: '0',
      },
      {
        guard: `!qd[${thread}] && !(${free})`,
        act: [`${queue}!${thread}`, `qd[${thread}] = 1`],
        result: null,
      },
      {
        guard: `${head} && ${own} == 0`,
        act: [`${own} = ${thread + 1}`, `${flags} = 0`, `${queue}?_`],
        result: '0',
      },
      { guard: `${head} && ${own} != 0 && ${flags} == 1`, act: [`${flags} = 3`], result: null },
    ];
  },
};

const spinLock: Waiting = {
  ways: (call) => {
    const { thread } = call;
    const { own, queue, empty } = textOf(call, 'spinlock');
    const free = `${own} == 0 && ${empty}`;
    const first = `qd[${thread}] && ${queue}?[${thread}]`;
    return [
      { guard: `!qd[${thread}] && ${free}`, act: [`${own} = ${thread + 1}`], result: '0' },
      {
        guard: `!qd[${thread}] && !(${free})`,
        act: [`${queue}!${thread}`, `qd[${thread}] = 1`],
        result: null,
      },
      {
        guard: `${first} && ${own} == 0`,
        act: [`${own} = ${thread + 1}`, `${queue}?_`],
        result: '0',
      },
    ];
  },
};

const unlock =
  (kind: string): OneStep =>
  ({ body }, call) => {
    const { own } = textOf(call, kind);
    body.failIf({ bad: `${own} == 0`, finding: 'unlock_not_held' });
    body.failIf({ bad: `${own} != ${call.thread + 1}`, finding: 'unlock_by_non_owner' });
    body.say(`${own} = 0`);
    return null;
  };

const mutexTryLock: OneStep = ({ body }, call) => {
  const { own, flags, empty } = textOf(call, 'mutex');
  body.say(`num = (${own} == 0 && (${flags} & 2) == 0 -> 1 : 0)`);
  body.when('num == 1', [`${flags} = (${empty} -> 0 : 1)`, `${own} = ${call.thread + 1}`]);
  return 'num';
};

const mutexTryLockRecursive: OneStep = ({ body }, call) => {
  const { own, flags, empty } = textOf(call, 'mutex');
  const me = call.thread + 1;
  body.say(`num = (${own} == ${me} -> 2 : (${own} == 0 && (${flags} & 2) == 0 -> 1 : 0))`);
  body.when('num == 1', [`${flags} = (${empty} -> 0 : 1)`, `${own} = ${me}`]);
  return 'num';
};

const spinTryLock: OneStep = ({ body }, call) => {
  const { own, empty } = textOf(call, 'spinlock');
  body.say(`num = (${own} == 0 && ${empty} -> 1 : 0)`);
  body.when('num == 1', [`${own} = ${call.thread + 1}`]);
  return 'num';
};

export const lockWaits: readonly (readonly [string, Waiting])[] = [
  ['mutex_lock', mutexLock],
  ['mutex_lock_interruptible', mutexLock],
  ['mutex_lock_killable', mutexLock],
  ['spin_lock', spinLock],
  ['spin_lock_irqsave', spinLock],
];

export const lockSteps: readonly (readonly [string, OneStep])[] = [
  ['mutex_unlock', unlock('mutex')],
  ['mutex_trylock', mutexTryLock],
  ['mutex_trylock_recursive', mutexTryLockRecursive],
  ['mutex_is_locked', (_, call) => `(${textOf(call, 'mutex').own} != 0)`],
  ['spin_unlock', unlock('spinlock')],
  ['spin_unlock_irqrestore', unlock('spinlock')],
  ['spin_trylock', spinTryLock],
];
