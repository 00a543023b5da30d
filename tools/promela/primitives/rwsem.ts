// SPDX-License-Identifier: MIT
/**
 * Reader/writer semaphores, from design section 5. `rd` counts read holds by thread, `own` is 1 + the
 * writer, and the queue holds `2 * thread` for a reader and `2 * thread + 1` for a writer.
 */

import type { Call, LockText, OneStep, Waiting, Way } from './primitive.ts';
import { lockText, numberOf, readText } from './primitive.ts';

interface RwsemText extends LockText {
  readonly readers: string;
  readonly holdsOf: (holder: number) => string;
}

function textOf(call: Call): RwsemText {
  const k = numberOf(call, 'rwsem');
  const { all, of } = readText(k, call);
  return { ...lockText(k), readers: all, holdsOf: of };
}

/** The thread that a read hold counts for; one more than the last is nobody. */
const holder = ({ name, thread, model }: Call): number =>
  name.endsWith('non_owner') ? model.program.threads.length : thread;

function arriveReader(call: Call): readonly Way[] {
  const { thread, model } = call;
  const { own, flags, queue, empty, holdsOf } = textOf(call);
  const [fresh, hold] = [`!qd[${thread}]`, holdsOf(holder(call))];
  const join: Way = {
    guard: `${fresh} && (${own} != 0 || !(${empty}))`,
    act: [`${queue}!${2 * thread}`, `qd[${thread}] = 1`],
    result: null,
  };
  const enter = (guard: string, overtakes: string): Way => ({
    guard: `${fresh} && ${own} == 0 && ${guard}`,
    act: [`${hold}++`, `${flags} = ${overtakes}`],
    result: '0',
  });
  const atOnce = enter(empty, `(${flags} & 2)`);
  if (!model.program.lockRules.readersOvertake) return [join, atOnce];
  return [join, atOnce, enter(`!(${empty}) && (${flags} & 2) == 0`, '1')];
}

function arriveWriter(call: Call): readonly Way[] {
  const { thread } = call;
  const { own, flags, queue, empty, readers } = textOf(call);
  const fresh = `!qd[${thread}]`;
  const free = `${own} == 0 && ${readers} == 0 && (${flags} & 2) == 0`;
  return [
    {
      guard: `${fresh} && (!(${free}) || !(${empty}))`,
      act: [`${queue}!${2 * thread + 1}`, `qd[${thread}] = 1`],
      result: null,
    },
    {
      guard: `${fresh} && ${free}`,
      act: [`${flags} = (${empty} -> 0 : 1)`, `${own} = ${thread + 1}`],
      result: '0',
    },
  ];
}

function handOff(call: Call, ticket: number, notYet: string): Way {
  const { flags, queue } = textOf(call);
  return {
    guard: `qd[${call.thread}] && ${queue}?[${ticket}] && (${notYet}) && ${flags} == 1`,
    act: [`${flags} = 3`],
    result: null,
  };
}

const reader: Waiting = {
  ways: (call) => {
    const { thread, model } = call;
    const { own, flags, queue, holdsOf } = textOf(call);
    const threads = [...model.program.threads.keys()];
    // All queued readers leave the queue, those behind writers too; each counts what it asked for.
    const enter = threads.flatMap((other) => {
      const leave = `${queue}??${2 * other}`;
      const mine = other === thread ? holdsOf(holder(call)) : null;
      const nobodys = model.placesOf(other, 'down_read_non_owner');
      const counts =
        mine === null
          ? `if :: (${nobodys}) -> ${holdsOf(threads.length)}++ :: else -> ${holdsOf(other)}++ fi`
          : `${mine}++`;
      return [`if :: ${queue}??[${2 * other}] -> ${leave}; gr[${other}] = 1; ${counts} :: else fi`];
    });
    return [
      ...arriveReader(call),
      {
        guard: `qd[${thread}] && ${queue}?[${2 * thread}] && ${own} == 0`,
        act: [`${flags} = 0`, ...enter],
        result: '0',
        grants: (other) => `gr[${other}] == 1`,
      },
      handOff(call, 2 * thread, `${own} != 0`),
    ];
  },
};

const writer: Waiting = {
  ways: (call) => {
    const { thread } = call;
    const { own, flags, queue, readers } = textOf(call);
    const free = `${own} == 0 && ${readers} == 0`;
    return [
      ...arriveWriter(call),
      {
        guard: `qd[${thread}] && ${queue}?[${2 * thread + 1}] && ${free}`,
        act: [`${queue}?_`, `${flags} = 0`, `${own} = ${thread + 1}`],
        result: '0',
      },
      handOff(call, 2 * thread + 1, `!(${free})`),
    ];
  },
};

const upRead: OneStep = ({ body }, call) => {
  const { flags, empty, holdsOf } = textOf(call);
  const hold = holdsOf(holder(call));
  body.failIf({ bad: `${hold} == 0`, finding: 'unlock_not_held' });
  body.say(`${hold}--`);
  body.when(empty, [`${flags} = 0`]);
  return null;
};

const requireWriter: OneStep = ({ body }, call) => {
  const { own } = textOf(call);
  body.failIf({ bad: `${own} == 0`, finding: 'unlock_not_held' });
  body.failIf({ bad: `${own} != ${call.thread + 1}`, finding: 'unlock_by_non_owner' });
  body.say(`${own} = 0`);
  return null;
};

const upWrite: OneStep = (steps, call) => {
  const { flags, empty } = textOf(call);
  requireWriter(steps, call);
  steps.body.when(empty, [`${flags} = 0`]);
  return null;
};

const downgrade: OneStep = (steps, call) => {
  requireWriter(steps, call);
  steps.body.say(`${textOf(call).holdsOf(call.thread)} = 1`);
  return null;
};

const tryRead: OneStep = ({ body }, call) => {
  const { own, empty, holdsOf } = textOf(call);
  body.say(`num = (${own} == 0 && ${empty} -> 1 : 0)`);
  body.when('num == 1', [`${holdsOf(call.thread)}++`]);
  return 'num';
};

const tryWrite: OneStep = ({ body }, call) => {
  const { own, empty, readers } = textOf(call);
  body.say(`num = (${own} == 0 && ${readers} == 0 && ${empty} -> 1 : 0)`);
  body.when('num == 1', [`${own} = ${call.thread + 1}`]);
  return 'num';
};

export const rwsemWaits: readonly (readonly [string, Waiting])[] = [
  ['down_read', reader],
  ['down_read_killable', reader],
  ['down_read_non_owner', reader],
  ['down_write', writer],
  ['down_write_killable', writer],
];

export const rwsemSteps: readonly (readonly [string, OneStep])[] = [
  ['up_read', upRead],
  ['up_read_non_owner', upRead],
  ['up_write', upWrite],
  ['downgrade_write', downgrade],
  ['down_read_trylock', tryRead],
  ['down_write_trylock', tryWrite],
  ['rwsem_is_locked', (_, call) => `(${textOf(call).own} != 0 || ${textOf(call).readers} != 0)`],
];
