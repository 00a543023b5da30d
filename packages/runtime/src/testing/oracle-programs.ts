// SPDX-License-Identifier: MIT
/** Random abstract programs, as fast-check arbitraries, for tests that compare machines. */

import fc from 'fast-check';
import type { AbstractProgram, CallKind, CallName, Op } from './oracle-program.ts';
import { callNames, objectCounts } from './oracle-program.ts';

type Body = fc.Arbitrary<readonly Op[]>;

const below = (count: number) => fc.nat({ max: count - 1 });
/** Mostly the first, so that threads meet. */
const few = (count: number) => fc.oneof({ arbitrary: fc.constant(0), weight: 2 }, below(count));
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

/** From allocation to release, through a pointer that others see. */
function lifetime(body: Body): Body {
  return fc
    .tuple(pointer, fc.oneof(body, alone(memory)))
    .map(([on, ops]): readonly Op[] => [
      { kind: 'allocate', pointer: on },
      ...ops,
      { kind: 'release', pointer: on },
    ]);
}

function membership(body: Body): Body {
  return fc
    .tuple(fc.constantFrom('list_add', 'list_add_tail'), item, body)
    .map(([name, on, ops]): readonly Op[] => [
      { kind: 'list-change', name, item: on },
      ...ops,
      { kind: 'list-change', name: 'list_del', item: on },
    ]);
}

type Use = CallKind | 'heap' | 'list';

const topics = {
  cells: [],
  mutexes: ['mutex'],
  rwsems: ['rwsem'],
  spinlocks: ['spinlock', 'mutex'],
  'wait queues': [waits, 'wait_queue'],
  completions: ['completion'],
  krefs: ['kref'],
  heap: ['heap'],
  lists: ['list'],
  everything: [
    ...(['mutex', 'rwsem', 'spinlock', 'wait_queue', 'completion', 'kref'] as const),
    ...(['heap', 'list'] as const),
    waits,
  ],
} satisfies Record<string, readonly (Use | fc.Arbitrary<Op>)[]>;

export type Topic = keyof typeof topics;

export const topicNames: readonly Topic[] = Object.keys(topics) as Topic[];

const alone = (op: fc.Arbitrary<Op>): Body => op.map((one) => [one]);

/** A piece of a thread. `tidy` ones release what they take, and rarely fail an assertion. */
function piece(topic: Topic, tidy: boolean, body: Body): Body {
  const uses = topics[topic].map((use): Body => {
    if (typeof use !== 'string') return alone(use);
    if (use === 'heap') return tidy ? fc.oneof(alone(memory), lifetime(body)) : alone(memory);
    if (use === 'list') return tidy ? fc.oneof(alone(lists), membership(body)) : alone(lists);
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

const TIDY: readonly boolean[] = [true, true, false];

/** Random programs of two or three threads about one kind of object; two in three are tidy. */
export const programsAbout = (topic: Topic): fc.Arbitrary<AbstractProgram> =>
  fc.constantFrom(...TIDY).chain((tidy) =>
    fc.record({
      threads: fc.array(thread(topic, tidy), { minLength: 2, maxLength: 3 }),
      top: fc.constantFrom(2, 9, 9),
      readersOvertake: fc.boolean(),
    }),
  );
