// SPDX-License-Identifier: MIT
/** Reference counts, atomic operations, and operations about the running thread itself. */

import { cellTypeAt } from '../cell-types.ts';
import type { Emitter } from '../emitter.ts';
import type { Call, OneStep } from './primitive.ts';

const cell = ({ args }: Call): string => `m[${args[0] ?? ''}]`;

function set(steps: Emitter, call: Call, value: string): void {
  const [expr] = call.exprs;
  if (expr === undefined) throw new Error('an operand is missing');
  steps.store(call.frame, expr, call.args[0] ?? '', value);
}

/** One more reference, if that is not too many. */
function countUp(steps: Emitter, call: Call): void {
  const [expr] = call.exprs;
  const type = expr && cellTypeAt(expr, call.frame, call.model);
  if (type?.kind === 'kref')
    steps.body.failIf({ bad: `${cell(call)} + 1 > ${type.max}`, finding: 'refcount_overflow' });
  steps.body.say(`${cell(call)}++`);
}

const krefGet: OneStep = (steps, call) => {
  steps.body.failIf({ bad: `${cell(call)} == 0`, finding: 'use_after_free' });
  countUp(steps, call);
  return null;
};

const krefGetUnlessZero: OneStep = (steps, call) => {
  const zero = steps.body.fresh();
  steps.body.say('num = 0', `if :: (${cell(call)} == 0) -> goto ${zero} :: else fi`);
  countUp(steps, call);
  steps.body.say('num = 1');
  steps.body.label(zero);
  return 'num';
};

const krefPut: OneStep = ({ body }, call) => {
  body.failIf({ bad: `${cell(call)} == 0`, finding: 'refcount_underflow' });
  body.say(`${cell(call)}--`);
  return `(${cell(call)} == 0)`;
};

/** The sum is what it returns, whatever the cell makes of it. */
const add =
  (amount: number, returns: (sum: string) => string | null): OneStep =>
  (steps, call) => {
    steps.body.say(`num = ${cell(call)} + ${amount}`);
    set(steps, call, 'num');
    return returns('num');
  };

const xchg: OneStep = (steps, call) => {
  steps.body.say(`num = ${cell(call)}`);
  set(steps, call, call.args[1] ?? '');
  return 'num';
};

const cmpxchg: OneStep = (steps, call) => {
  const other = steps.body.fresh();
  steps.body.say(
    `num = ${cell(call)}`,
    `if :: (num != ${call.args[1]}) -> goto ${other} :: else fi`,
  );
  set(steps, call, call.args[2] ?? '');
  steps.body.label(other);
  return 'num';
};

const incNotZero: OneStep = (steps, call) => {
  const zero = steps.body.fresh();
  steps.body.say('num = 0', `if :: (${cell(call)} == 0) -> goto ${zero} :: else fi`);
  set(steps, call, `(${cell(call)} + 1)`);
  steps.body.say('num = 1');
  steps.body.label(zero);
  return 'num';
};

const nothing: OneStep = () => null;

export const cellSteps: readonly (readonly [string, OneStep])[] = [
  ['kref_init', (steps, call) => (steps.body.say(`${cell(call)} = 1`), null)],
  ['kref_get', krefGet],
  ['kref_get_unless_zero', krefGetUnlessZero],
  ['kref_put', krefPut],
  ['kref_read', (_, call) => cell(call)],
  ['atomic_read', (_, call) => cell(call)],
  ['atomic_set', (steps, call) => (set(steps, call, call.args[1] ?? ''), null)],
  ['atomic_inc', add(1, () => null)],
  ['atomic_dec', add(-1, () => null)],
  ['atomic_inc_return', add(1, (sum) => sum)],
  ['atomic_dec_return', add(-1, (sum) => sum)],
  ['atomic_dec_and_test', add(-1, (sum) => `(${sum} == 0)`)],
  ['atomic_inc_not_zero', incNotZero],
  ['xchg', xchg],
  ['cmpxchg', cmpxchg],
  ['might_sleep', nothing],
  ['cond_resched', nothing],
  ['cpu_relax', nothing],
  ['non_block_start', (steps, { thread }) => (steps.body.say(`nb[${thread}]++`), null)],
  [
    'non_block_end',
    ({ body }, { thread }) => {
      body.failIf({ bad: `nb[${thread}] == 0`, finding: 'assertion' });
      body.say(`nb[${thread}]--`);
      return null;
    },
  ],
];
