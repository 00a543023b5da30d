// SPDX-License-Identifier: MIT
/**
 * The interpreter against a second, independent brute force over all interleavings, on random programs.
 *
 * By hand, with more programs or others: `HMM_ORACLE_RUNS=100000 HMM_ORACLE_SEED=7 vitest run oracle`.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { walkAllSchedules } from '../testing/all-schedules.ts';
import { compileAbstract, observedMemory } from '../testing/oracle-compile.ts';
import type {
  AbstractProgram,
  CallKind,
  CallName,
  Op,
  Outcome,
} from '../testing/oracle-program.ts';
import { callNames, objectCounts } from '../testing/oracle-program.ts';
import { simulate } from '../testing/oracle-simulator.ts';
import { countAllSchedules } from '../testing/oracle-walk.ts';
import { createInterpreter } from './interpreter.ts';

const runs = Number(process.env['HMM_ORACLE_RUNS'] ?? 400);
const seed = Number(process.env['HMM_ORACLE_SEED'] ?? 20_190_703);

/** Programs beyond are left out of a run; few are. */
const STATE_LIMIT = 20_000;

/** Up to here the interpreter's schedules are walked one by one too, without comparing states. */
const WALK_LIMIT = 300;

type Body = fc.Arbitrary<readonly Op[]>;

const below = (count: number) => fc.nat({ max: count - 1 });
/** Mostly the first, so that threads meet. */
const few = (count: number) =>
  fc.oneof({ arbitrary: fc.constant(0), weight: 2 }, below(count));
const cell = few(objectCounts.cell);
const pointer = few(objectCounts.pointer);
const item = few(objectCounts.item);
const value = fc.nat({ max: 2 });
const kind = <const K extends string>(name: K) => fc.constant(name);

const touch: fc.Arbitrary<Op> = fc.oneof(
  fc.record({ kind: kind('load'), cell }),
  fc.record({ kind: kind('store'), cell, value: fc.oneof(value, kind('register')) }),
  fc.record({ kind: kind('increment'), cell }),
);

const assertion: fc.Arbitrary<Op> = fc.record({ kind: kind('assert'), cell, equals: value });

const memory: fc.Arbitrary<Op> = fc.oneof(
  fc.record({ kind: kind('allocate'), pointer }),
  fc.record({ kind: kind('release'), pointer }),
  fc.record({ kind: kind('read-through'), pointer }),
  fc.record({ kind: kind('write-through'), pointer, value }),
);

const lists: fc.Arbitrary<Op> = fc.oneof(
  fc.record({
    kind: kind('list-change'),
    name: fc.constantFrom('list_add', 'list_add_tail', 'list_del'),
    item,
  }),
  fc.record({ kind: kind('list-ask'), name: fc.constantFrom('list_empty', 'list_first') }),
);

const waits: fc.Arbitrary<Op> = fc.record({
  kind: kind('wait-event'),
  queue: fc.constant(0),
  cell,
  equals: value,
  timed: fc.boolean(),
});

const call = (name: CallName, on: number, then: readonly Op[] = []): Op => ({
  kind: 'call',
  name,
  on,
  then,
});

/** Any primitive of a kind, in any order; what may fail runs `body` if it does not. */
function anyCall(of: CallKind, body: Body): fc.Arbitrary<Op> {
  return fc
    .tuple(fc.constantFrom<CallName>(...callNames[of]), few(objectCounts[of]), body)
    .map(([name, on, then]) =>
      call(name, on, /trylock|try_wait|unless_zero|kref_put/.test(name) ? then : []),
    );
}

const pairs: Record<CallKind, readonly (readonly [CallName, ...CallName[]])[]> = {
  mutex: [
    ['mutex_lock', 'mutex_unlock'],
    ['mutex_lock_killable', 'mutex_unlock'],
    ['mutex_trylock', 'mutex_unlock'],
  ],
  rwsem: [
    ['down_read', 'up_read'],
    ['down_read_killable', 'up_read'],
    ['down_write', 'up_write'],
    ['down_write_killable', 'downgrade_write', 'up_read'],
    ['down_read_trylock', 'up_read'],
    ['down_write_trylock', 'up_write'],
  ],
  spinlock: [
    ['spin_lock', 'spin_unlock'],
    ['spin_trylock', 'spin_unlock'],
  ],
  kref: [
    ['kref_get', 'kref_put'],
    ['kref_get_unless_zero', 'kref_put'],
  ],
  wait_queue: [['wake_up_all'], ['sleep_on']],
  completion: [['complete'], ['wait_for_completion'], ['wait_for_completion_timeout']],
};

/** A balanced use of an object, around `body`, so that programs get far enough to be interesting. */
function section(of: CallKind, body: Body): Body {
  return fc
    .tuple(fc.constantFrom(...pairs[of]), few(objectCounts[of]), body)
    .map(([[first, ...rest], on, ops]) => {
      const last = rest.map((name) => call(name, on));
      const inside = [...last.slice(0, -1), ...ops, ...last.slice(-1)];
      return /try|unless/.test(first) ? [call(first, on, inside)] : [call(first, on), ...inside];
    });
}

const topics = {
  cells: [],
  mutexes: ['mutex'],
  rwsems: ['rwsem'],
  spinlocks: ['spinlock', 'mutex'],
  'wait queues': [waits, 'wait_queue'],
  completions: ['completion'],
  krefs: ['kref'],
  heap: [memory, memory],
  lists: [lists],
  everything: [
    ...(['mutex', 'rwsem', 'spinlock', 'wait_queue', 'completion', 'kref'] as const),
    ...[waits, memory, lists],
  ],
} satisfies Record<string, readonly (CallKind | fc.Arbitrary<Op>)[]>;

type Topic = keyof typeof topics;

const alone = (op: fc.Arbitrary<Op>): Body => op.map((one) => [one]);

/** A piece of a thread. `tidy` ones release what they take, and rarely fail an assertion. */
function piece(topic: Topic, tidy: boolean, body: Body): Body {
  const uses = topics[topic].map((use): Body => {
    if (typeof use !== 'string') return alone(use);
    return tidy ? section(use, body) : alone(anyCall(use, body));
  });
  const branch: fc.Arbitrary<Op> = fc.record({
    kind: kind('if'),
    cell,
    equals: value,
    then: body,
    else: body,
  });
  const rest = [alone(touch), alone(branch), ...(tidy ? [] : [alone(assertion)])];
  return fc.oneof(...uses, ...uses, ...uses, ...rest);
}

function thread(topic: Topic, tidy: boolean): Body {
  const flat = (pieces: Body, maxLength: number): Body =>
    fc.array(pieces, { maxLength }).map((found) => found.flat());
  const nothing: Body = fc.constant([]);
  const inner = fc.oneof(flat(alone(touch), 2), flat(piece(topic, tidy, nothing), 2));
  return flat(piece(topic, tidy, inner), tidy ? 3 : 5);
}

const ODDS: readonly boolean[] = [true, true, false];

const programs = (topic: Topic): fc.Arbitrary<AbstractProgram> =>
  fc.constantFrom(...ODDS).chain((tidy) =>
    fc.record({
      threads: fc.array(thread(topic, tidy), { minLength: 2, maxLength: 3 }),
      top: fc.constantFrom(2, 9, 9),
      readersOvertake: fc.boolean(),
    }),
  );

/** The interpreter's outcome by walking every schedule, with nothing shared between them. */
function walked(program: AbstractProgram): Outcome {
  const machine = createInterpreter(compileAbstract(program));
  const { schedules, findings, finals } = walkAllSchedules(machine);
  const texts = new Set([...finals.values()].map((state) => observedMemory(machine, state)));
  return { schedules, findings, finals: [...texts].toSorted() };
}

describe('interpreter and brute force agree on random programs', () => {
  test.each(Object.keys(topics) as Topic[])('%s', { timeout: 0 }, (topic) => {
    const met = { compared: 0, finals: 0, findings: new Set<string>() };
    fc.assert(
      fc.property(programs(topic), (program) => {
        const expected = simulate(program, STATE_LIMIT);
        if (expected === undefined) return;
        met.compared++;
        met.finals += expected.finals.length;
        for (const name of expected.findings) met.findings.add(name);
        expect(countAllSchedules(createInterpreter(compileAbstract(program)))).toEqual(expected);
        if (expected.schedules <= WALK_LIMIT) expect(walked(program)).toEqual(expected);
      }),
      { numRuns: runs, seed, endOnFailure: false },
    );
    if (process.env['HMM_ORACLE_RUNS'] !== undefined) console.log(topic, met);
    expect(met.compared).toBeGreaterThan(runs * 0.9);
    expect(met.finals).toBeGreaterThan(runs / 10);
  });
});
