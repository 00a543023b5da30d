// SPDX-License-Identifier: MIT
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileAbstract } from '../testing/oracle-compile.ts';
import type { AbstractProgram } from '../testing/oracle-program.ts';
import type { Topic } from '../testing/oracle-programs.ts';
import { fromTape, randomProgram, topicNames } from '../testing/oracle-programs.ts';
import { countAllSchedules } from '../testing/oracle-walk.ts';
import type { Program } from '../program/index.ts';
import { createInterpreter } from './interpreter.ts';
import type { Machine } from './machine.ts';
import type { State } from './state.ts';
import type { CompoundValue, Value } from './values.ts';
import { stateKey } from './state-key.ts';

const STATE_LIMIT = 400;
const SETTINGS = { numRuns: 25, seed: 20_190_703, endOnFailure: false };

const programsAbout = (topic: Topic): fc.Arbitrary<AbstractProgram> =>
  fc
    .array(fc.noBias(fc.nat(0xffff)), { minLength: 40, maxLength: 120 })
    .map((tape) => randomProgram(topic, fromTape(tape)));

function freezeDeep<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(freezeDeep);
  }
  return value;
}

/** States met breadth first, told apart by their JSON; no use of keys. */
function statesByJson(machine: Machine<State>, onStep?: (state: State) => void) {
  const start = machine.initial();
  const met = new Map<string, State>();
  const open: State[] = [];
  const meet = (state: State): void => {
    const json = JSON.stringify(state);
    if (met.has(json) || met.size >= STATE_LIMIT) return;
    met.set(json, state);
    open.push(state);
  };
  if (start.kind === 'state') meet(start.state);
  for (const state of open) {
    onStep?.(state);
    for (const transition of machine.enabled(state)) {
      const next = machine.step(state, transition);
      if (next.kind === 'state') meet(next.state);
    }
  }
  return met;
}

const machineOf = (program: AbstractProgram) => createInterpreter(compileAbstract(program));

describe.each(topicNames)('states of random programs about %s', (topic) => {
  test('have equal keys iff they are equal in every part', () => {
    let states = 0;
    fc.assert(
      fc.property(programsAbout(topic), (program) => {
        const machine = machineOf(program);
        const met = statesByJson(machine);
        const keys = new Set([...met.values()].map((state) => machine.key(state)));
        expect(keys.size).toBe(met.size);
        for (const [json, state] of met) {
          expect(machine.key(JSON.parse(json) as State)).toBe(machine.key(state));
        }
        states += met.size;
      }),
      SETTINGS,
    );
    expect(states).toBeGreaterThan(SETTINGS.numRuns * 10);
  });

  test('are never changed by what is asked of them', () => {
    fc.assert(
      fc.property(programsAbout(topic), (program) => {
        const machine = createInterpreter(freezeDeep(compileAbstract(program)));
        const met = statesByJson(machine, (state) => {
          freezeDeep(state);
          const enabled = machine.enabled(state);
          machine.ending(state, enabled);
          machine.holds(state);
          for (const transition of enabled) machine.describe(state, transition);
          machine.program.threads.forEach((_, thread) => machine.unfinished(state, thread));
        });
        for (const [json, state] of met) expect(JSON.stringify(state)).toBe(json);
      }),
      SETTINGS,
    );
  });

  test('come out the same, to the byte, in two runs', () => {
    fc.assert(
      fc.property(programsAbout(topic), (program) => {
        const [once, again] = [machineOf(program), machineOf(program)].map((machine) =>
          [...statesByJson(machine)].map(([json, state]) => [
            json,
            machine.key(state),
            machine.enabled(state),
            machine.ending(state, machine.enabled(state)),
          ]),
        );
        expect(JSON.stringify(again)).toBe(JSON.stringify(once));
      }),
      SETTINGS,
    );
  });
});

describe('every part of a state is in its key', () => {
  const program = compileAbstract({ threads: [[], []], top: 9, readersOvertake: true });
  const start = createInterpreter(program).initial();
  if (start.kind !== 'state') throw new Error('an empty program starts');
  const base = start.state;
  const key = (change: Partial<State>): string => stateKey({ ...base, ...change });
  const holding = (value: Value): string => key({ memory: [...base.memory, value] });
  const [thread] = base.threads;
  if (thread === undefined) throw new Error('two threads');

  /** Pairs that differ in one part only; compound values share a kind, as cells of one type do. */
  const mutex = { kind: 'mutex', owner: 0, queue: [1], overtaken: false, handoff: false } as const;
  const rwsem = {
    kind: 'rwsem',
    writer: -1,
    readers: [0],
    queue: [{ thread: 1, write: true }],
    overtaken: false,
    handoff: false,
  } as const;
  const waiter = { thread: 1, instance: 'pending', result: 1, cancels: false } as const;
  const work = { kind: 'work', proc: 1, pending: false, running: -1, waiters: [waiter] } as const;
  const flusher = { thread: 0, pending: [1], running: [2] };
  const queue = { kind: 'workqueue', items: [1], running: [2], flushers: [flusher] } as const;
  const changes: readonly (readonly [CompoundValue, CompoundValue])[] = [
    [mutex, { ...mutex, owner: 1 }],
    [mutex, { ...mutex, queue: [] }],
    [mutex, { ...mutex, overtaken: true }],
    [mutex, { ...mutex, handoff: true }],
    [
      { ...mutex, overtaken: true },
      { ...mutex, handoff: true },
    ],
    [rwsem, { ...rwsem, writer: 0 }],
    [rwsem, { ...rwsem, readers: [0, 0] }],
    [rwsem, { ...rwsem, queue: [{ thread: 1, write: false }] }],
    [rwsem, { ...rwsem, handoff: true }],
    [rwsem, { ...rwsem, overtaken: true }],
    [
      { kind: 'spinlock', owner: 0, queue: [1] },
      { kind: 'spinlock', owner: 0, queue: [] },
    ],
    [
      { kind: 'wait_queue', queue: [1], missed: [] },
      { kind: 'wait_queue', queue: [], missed: [1] },
    ],
    [
      { kind: 'completion', done: 0, queue: [] },
      { kind: 'completion', done: -1, queue: [] },
    ],
    [work, { ...work, proc: 2 }],
    [work, { ...work, pending: true }],
    [work, { ...work, running: 0 }],
    [work, { ...work, waiters: [{ ...waiter, instance: 'running' }] }],
    [work, { ...work, waiters: [{ ...waiter, instance: 'over' }] }],
    [work, { ...work, waiters: [{ ...waiter, result: 0 }] }],
    [work, { ...work, waiters: [{ ...waiter, cancels: true }] }],
    [queue, { ...queue, items: [] }],
    [queue, { ...queue, items: [1, 2], running: [] }],
    [queue, { ...queue, flushers: [{ ...flusher, pending: [1, 2], running: [] }] }],
    [queue, { ...queue, flushers: [{ ...flusher, thread: 1 }] }],
    [
      { kind: 'list', items: [1, 2] },
      { kind: 'list', items: [2, 1] },
    ],
    [
      { kind: 'frames', used: [1] },
      { kind: 'frames', used: [2] },
    ],
    [
      { kind: 'owed', ranges: [[0, 1]] },
      {
        kind: 'owed',
        ranges: [
          [0, 1],
          [0, 1],
        ],
      },
    ],
  ];

  test.each(changes.map(([a, b]) => [JSON.stringify(a), JSON.stringify(b), a, b] as const))(
    '%s is not %s',
    (_a, _b, a, b) => {
      expect(holding(a)).not.toBe(holding(b));
      expect(holding(structuredClone(a))).toBe(holding(a));
    },
  );

  test('numbers of any size are told apart', () => {
    const numbers = [
      0,
      1,
      -1,
      4095,
      -4095,
      49_150,
      49_151,
      65_535,
      65_536,
      2 ** 31 - 1,
      -(2 ** 31),
    ];
    const more = [2 ** 32, 2 ** 32 + 1, -(2 ** 32), 2 ** 40, 2 ** 47, -16_384, -16_385];
    const keys = [...numbers, ...more].map(holding);
    expect(new Set(keys).size).toBe(keys.length);
  });

  test('runs of numbers are, too, whatever they begin with', () => {
    // Units of these could pass for the escape and the three units behind it.
    const numbers = [49_151, -16_384, -16_383, -16_382, 131_071, 131_072];
    const longer = (runs: readonly (readonly number[])[]): number[][] =>
      runs.flatMap((run) => numbers.map((number) => [...run, number]));
    const runs = longer(longer(longer(longer([[]]))));
    const keys = runs.map((run) => key({ memory: [...base.memory, ...run] }));
    expect(new Set(keys).size).toBe(numbers.length ** 4);
  });

  test.each([
    ['queued', { ...thread, queued: true }],
    ['expired', { ...thread, expired: true }],
    ['signalled', { ...thread, signalled: true }],
    ['nonBlock', { ...thread, nonBlock: 1 }],
    ['observed', { ...thread, observed: [0] }],
    ['frames', { ...thread, frames: [{ proc: 0, pc: 0, locals: [], to: null }] }],
  ])('%s of a thread', (_, changed) => {
    expect(key({ threads: [changed, thread] })).not.toBe(key({}));
    expect(key({ threads: [changed, thread] })).not.toBe(key({ threads: [thread, changed] }));
  });

  test.each([
    ['proc', { proc: 1, pc: 0, locals: [0], to: null }],
    ['pc', { proc: 0, pc: 1, locals: [0], to: null }],
    ['locals', { proc: 0, pc: 0, locals: [1], to: null }],
    ['to', { proc: 0, pc: 0, locals: [0], to: 0 }],
  ])('%s of a frame', (_, changed) => {
    const frames = (frame: typeof changed): string =>
      key({ threads: [{ ...thread, frames: [frame] }, thread] });
    expect(frames(changed)).not.toBe(frames({ proc: 0, pc: 0, locals: [0], to: null }));
  });

  test('status of a slot', () => {
    const keys = (['free', 'live', 'dead'] as const).map((status) => key({ slots: [status] }));
    expect(new Set(keys).size).toBe(3);
  });
});

describe('names are inert', () => {
  // prettier-ignore
  const HOSTILE = [
    '__proto__', 'constructor', 'toString', 'hasOwnProperty', '"', "'", '\\', '`${x}`', '\n',
    'a\u0000b', '\u202Ex', 'x', '\u0445', '', ' ', '*/', 'T0', 'item0',
  ];

  /** Every name of a program replaced; several objects may get the same one. */
  function renamed(program: Program): Program {
    let next = 0;
    const name = (): string => HOSTILE[next++ % HOSTILE.length] ?? '';
    const named = <T extends { readonly name: string }>(list: readonly T[]): T[] =>
      list.map((one) => ({ ...one, name: name() }));
    return {
      ...program,
      title: '__proto__',
      objects: named(program.objects),
      threads: named(program.threads),
      procs: named(program.procs).map((proc) => ({ ...proc, locals: named(proc.locals) })),
      structs: named(program.structs).map((struct) => ({ ...struct, cells: named(struct.cells) })),
      pools: named(program.pools),
    };
  }

  test.each(topicNames)('in programs about %s', (topic) => {
    fc.assert(
      fc.property(programsAbout(topic), (abstract) => {
        const program = compileAbstract(abstract);
        const plain = countAllSchedules(createInterpreter(program));
        expect(countAllSchedules(createInterpreter(renamed(program)))).toEqual(plain);
      }),
      SETTINGS,
    );
    expect(Object.keys(Object.prototype)).toEqual([]);
  });
});
