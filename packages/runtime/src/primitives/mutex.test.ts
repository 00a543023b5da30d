// SPDX-License-Identifier: MIT
/** Overtaking and how it ends: a waiter that was overtaken can always get the lock next. */
import { describe, expect, test } from 'vitest';
import { createInterpreter } from '../interpreter/interpreter.ts';
import type { State } from '../interpreter/state.ts';
import type { CellRef, CodeBuilder, ProgramBuilder } from '../testing/program-builder.ts';
import { binary, buildProgram } from '../testing/program-builder.ts';

const LOCKS = [
  ['mutex', 'mutex_lock', 'mutex_unlock'],
  ['rwsem', 'down_write', 'up_write'],
  ['rwsem', 'down_read', 'up_read'],
] as const;

/** Who did what, by the labels of the interpreter, taken one after the other from the start. */
function follow(write: (b: ProgramBuilder) => void) {
  const machine = createInterpreter(buildProgram(write));
  const start = machine.initial();
  if (start.kind !== 'state') throw new Error('no start');
  let state: State = start.state;
  const ways = (thread: number) =>
    machine
      .enabled(state)
      .filter((transition) => transition.thread === thread)
      .map((transition) => ({ transition, text: machine.describe(state, transition).text }));
  return {
    machine,
    texts: (thread: number): string[] => ways(thread).map(({ text }) => text),
    /** Takes the thread's way whose text has `part`. */
    take: (thread: number, part = ''): void => {
      const way = ways(thread).find(({ text }) => text.includes(part));
      if (way === undefined) throw new Error(`no way ${part} for ${thread}`);
      const next = machine.step(state, way.transition);
      if (next.kind !== 'state') throw new Error('no state');
      ({ state } = next);
    },
  };
}

describe.each(LOCKS)('%s, %s', (kind, lock, unlock) => {
  /** A takes the lock for ever and again, W waits for it. */
  const overtaken = () => {
    const program = follow((b) => {
      const m = b.cell('m', { kind });
      const [take, release] = kind === 'mutex' ? [lock, unlock] : ['down_write', 'up_write'];
      b.thread('A', (c) => {
        const loop = c.here;
        c.primitive(take, [m]);
        c.primitive(release, [m]);
        c.jump(loop);
      });
      b.thread('W', (c) => {
        c.primitive(lock, [m]);
        c.primitive(unlock, [m]);
      });
    });
    program.take(0);
    program.take(1, 'queues');
    return program;
  };

  test('a newcomer overtakes, until the head waiter asks for hand-off', () => {
    const run = overtaken();
    expect(run.texts(1)).toEqual([]);
    run.take(0);
    expect(run.texts(1)).toEqual([expect.stringContaining('granted')]);
    run.take(0, 'overtakes');
    expect(run.texts(1)).toEqual([expect.stringContaining('hand-off')]);
    run.take(1, 'hand-off');
    expect(run.texts(1)).toEqual([]);
    run.take(0);
    // Free, but promised to W.
    run.take(0, 'queues');
    expect(run.texts(0)).toEqual([]);
    run.take(1, 'granted');
    expect(run.texts(0)).toEqual([]);
  });

  test('it can be overtaken again and again as long as it does not ask', () => {
    const run = overtaken();
    for (let i = 0; i < 3; i++) {
      run.take(0);
      run.take(0, 'overtakes');
    }
    run.take(0);
    run.take(1, 'granted');
  });
});

test('hand-off ends with its waiter: a signal that takes the head away lets newcomers in', () => {
  const run = follow((b) => {
    b.environment = { signals: true, spuriousWakeups: false, allocationFailure: false };
    const m: CellRef = b.cell('m', { kind: 'mutex' });
    b.thread('A', (c: CodeBuilder) => {
      const loop = c.here;
      c.primitive('mutex_lock', [m]);
      c.primitive('mutex_unlock', [m]);
      c.jump(loop);
    });
    b.thread('W', (c) => {
      const result = c.local('result');
      c.primitive('mutex_lock_killable', [m], result);
      const held = c.branch(binary('==', result, 0));
      c.primitive('mutex_unlock', [m]);
      c.patch(held, held + 1, c.here);
    });
  });
  run.take(0);
  run.take(1, 'queues');
  run.take(0);
  run.take(0, 'overtakes');
  run.take(1, 'hand-off');
  run.take(1, 'signal');
  run.take(1, 'interrupted');
  run.take(0);
  expect(run.texts(0)).toEqual([expect.not.stringContaining('queues')]);
});
