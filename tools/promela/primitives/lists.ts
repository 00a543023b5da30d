// SPDX-License-Identifier: MIT
/** Lists, from docs/language.md and docs/soundness.md: a channel holds the addresses of the entries, first to last. */

import { cellTypeAt } from '../cell-types.ts';
import type { Emitter } from '../emitter.ts';
import { accessChecks } from '../expressions.ts';
import type { Call, OneStep } from './primitive.ts';
import { numberOf } from './primitive.ts';

interface ListText {
  readonly queue: string;
  readonly item: string;
  /** Whether the entry is on the list. */
  readonly on: string;
}

/** The list and the entry operand, which must be a live object. */
function listText({ body, model }: Emitter, call: Call): ListText {
  const [queue, item] = [`q[${numberOf(call, 'list')}]`, call.args[1] ?? ''];
  body.failIfAny(accessChecks(item, model.memory));
  return { queue, item, on: `${queue}??[eval(${item})]` };
}

/** Goes round once: `pre` and `nxt` are the neighbours of the entry, `last` is the last one; 0 where there is none. */
function walk({ body }: Emitter, { queue, item }: ListText): void {
  body.say(
    `key = ${item}; pre = 0; nxt = 0; last = 0; hit = 0; num = len(${queue})`,
    `do :: num > 0 -> ${queue}?val; ${queue}!val; num--; if :: (hit == 1) -> nxt = val :: else fi; hit = 0; if :: (val == key) -> pre = last; hit = 1 :: else fi; last = val :: else -> break od`,
  );
}

/** A change writes to the links of the neighbours, which have to be there. */
function linkThrough({ body, model }: Emitter, neighbour: string): void {
  if (!model.allocates) return;
  const checks = accessChecks(neighbour, model.memory);
  body.failIfAny(checks.filter(({ finding }) => finding === 'use_after_free'));
}

const listAdd =
  (atTail: boolean): OneStep =>
  (steps, call) => {
    const list = listText(steps, call);
    const { queue, item, on } = list;
    const [expr] = call.exprs;
    const type = expr && cellTypeAt(expr, call.frame, call.model);
    steps.body.failIf({ bad: on, finding: 'list_corruption' });
    const most = type?.kind === 'list' ? type.max : 0;
    steps.body.failIf({ bad: `len(${queue}) >= ${most}`, finding: 'limit' });
    if (atTail) walk(steps, list);
    else steps.body.say(`last = 0; if :: len(${queue}) > 0 -> ${queue}?<last> :: else fi`);
    linkThrough(steps, 'last');
    steps.body.say(`${queue}!${item}`);
    // To the head: what stood before it goes round once.
    if (!atTail)
      steps.body.say(
        `num = len(${queue}) - 1`,
        `do :: num > 0 -> ${queue}?val; ${queue}!val; num-- :: else -> break od`,
      );
    return null;
  };

const listDel: OneStep = (steps, call) => {
  const list = listText(steps, call);
  steps.body.failIf({ bad: `!(${list.on})`, finding: 'list_corruption' });
  walk(steps, list);
  linkThrough(steps, 'pre');
  linkThrough(steps, 'nxt');
  steps.body.say(`${list.queue}??eval(${list.item})`);
  return null;
};

const listFirst: OneStep = ({ body }, call) => {
  const queue = `q[${numberOf(call, 'list')}]`;
  body.say('val = 0');
  body.when(`len(${queue}) > 0`, [`${queue}?<val>`]);
  return 'val';
};

const listNext: OneStep = (steps, call) => {
  const list = listText(steps, call);
  steps.body.failIf({ bad: `!(${list.on})`, finding: 'poisoned_entry' });
  walk(steps, list);
  return 'nxt';
};

export const listSteps: readonly (readonly [string, OneStep])[] = [
  ['list_add', listAdd(false)],
  ['list_add_tail', listAdd(true)],
  ['list_del', listDel],
  ['list_empty', (_, call) => `(len(q[${numberOf(call, 'list')}]) == 0)`],
  ['list_first', listFirst],
  ['list_next', listNext],
];
