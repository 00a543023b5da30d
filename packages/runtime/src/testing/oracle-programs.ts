// SPDX-License-Identifier: MIT
/** Random abstract programs for tests that compare machines, from any source of numbers. */

import type { AbstractProgram, CallKind, CallName, Op } from './oracle-program.ts';
import { callNames, objectCounts } from './oracle-program.ts';

/** A number from 0 to below `count`; 0 makes the simplest programs. */
export type Choose = (count: number) => number;

type Use = CallKind | 'heap' | 'list' | 'wait-event' | 'atomic' | 'choose';

type Section = readonly [CallName, ...CallName[]];

/** Balanced uses of an object, so that programs get far enough to be interesting. */
const sections: Readonly<Record<CallKind, readonly Section[]>> = {
  mutex: [
    ['mutex_lock', 'mutex_unlock'],
    ['mutex_lock_killable', 'mutex_unlock'],
    ['mutex_trylock', 'mutex_unlock'],
  ],
  rwsem: [
    ['down_read', 'up_read'],
    ['down_write', 'up_write'],
    ['down_read_killable', 'up_read'],
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

/** What a random program is about. */
export type Topic =
  | 'cells'
  | 'mutexes'
  | 'rwsems'
  | 'spinlocks'
  | 'wait queues'
  | 'completions'
  | 'krefs'
  | 'heap'
  | 'lists'
  | 'atomic steps'
  | 'everything';

const topics: ReadonlyMap<Topic, readonly Use[]> = new Map<Topic, readonly Use[]>([
  ['cells', []],
  ['mutexes', ['mutex']],
  ['rwsems', ['rwsem']],
  ['spinlocks', ['spinlock', 'mutex']],
  ['wait queues', ['wait-event', 'wait_queue']],
  ['completions', ['completion']],
  ['krefs', ['kref']],
  ['heap', ['heap']],
  ['lists', ['list']],
  ['atomic steps', ['atomic', 'atomic', 'choose', 'mutex', 'wait_queue']],
  [
    'everything',
    [
      ...(['mutex', 'rwsem', 'spinlock', 'wait_queue', 'completion', 'kref'] as const),
      ...(['wait-event', 'heap', 'list', 'atomic', 'choose'] as const),
    ],
  ],
]);

export const topicNames: readonly Topic[] = [...topics.keys()];

const call = (name: CallName, on: number, then: readonly Op[] = []): Op => ({
  kind: 'call',
  name,
  on,
  then,
});

/** Makes the operations of one program. */
class Generator {
  readonly #choose: Choose;
  readonly #topic: Topic;
  /** Whether threads release what they take, mostly, and assert nothing. */
  readonly #tidy: boolean;

  constructor(topic: Topic, choose: Choose, tidy: boolean) {
    this.#topic = topic;
    this.#choose = choose;
    this.#tidy = tidy;
  }

  thread(): readonly Op[] {
    return this.#some(this.#tidy ? 3 : 5, () => this.#piece(1));
  }

  #of<T>(list: readonly T[]): T {
    const found = list[this.#choose(list.length)];
    if (found === undefined) throw new Error('nothing to choose from');
    return found;
  }

  #some(most: number, make: () => readonly Op[]): readonly Op[] {
    return Array.from({ length: this.#choose(most + 1) }, make).flat();
  }

  /** Mostly the first, so that threads meet. */
  #few(count: number): number {
    return this.#choose(3) < 2 ? 0 : this.#choose(count);
  }

  /** What stands inside a branch or a section; at the innermost level, nothing does. */
  #body(depth: number): readonly Op[] {
    if (depth === 0) return [];
    if (this.#choose(2) === 0) return this.#some(2, () => [this.#touch()]);
    return this.#some(2, () => this.#piece(depth - 1));
  }

  #piece(depth: number): readonly Op[] {
    const uses = topics.get(this.#topic) ?? [];
    const others = this.#tidy ? 2 : 3;
    const which = this.#choose(uses.length * 3 + others);
    if (which === 0) return [this.#touch()];
    if (which === 1) return [this.#branch(depth)];
    if (which < others) return [this.#assertion()];
    return this.#use(this.#of(uses), depth);
  }

  #use(use: Use, depth: number): readonly Op[] {
    switch (use) {
      case 'wait-event':
        return [this.#waitEvent()];
      case 'choose':
        return [{ kind: 'choose', upTo: this.#choose(3) }];
      case 'atomic':
        return [this.#atomic()];
      case 'heap':
        return this.#tidy && this.#choose(2) === 0 ? this.#lifetime(depth) : [this.#access()];
      case 'list':
        return this.#tidy && this.#choose(2) === 0 ? this.#membership(depth) : [this.#listOp()];
      default:
        return this.#tidy ? this.#section(use, depth) : [this.#anyCall(use, depth)];
    }
  }

  #touch(): Op {
    const cell = this.#few(objectCounts.cell);
    switch (this.#choose(3)) {
      case 0:
        return { kind: 'load', cell };
      case 1:
        return { kind: 'store', cell, value: this.#of([0, 1, 2, 'register', 'register']) };
      default:
        return { kind: 'increment', cell };
    }
  }

  #assertion(): Op {
    return { kind: 'assert', cell: this.#few(objectCounts.cell), equals: this.#choose(3) };
  }

  #branch(depth: number): Op {
    const [cell, equals] = [this.#few(objectCounts.cell), this.#choose(3)];
    return { kind: 'if', cell, equals, then: this.#body(depth), else: this.#body(depth) };
  }

  #waitEvent(): Op {
    const [cell, equals] = [this.#few(objectCounts.cell), this.#choose(3)];
    return { kind: 'wait-event', queue: 0, cell, equals, timed: this.#choose(2) === 1 };
  }

  /** One step of several operations, none of which waits; half of them wait for a value first. */
  #atomic(): Op {
    const given = { cell: this.#few(objectCounts.cell), equals: this.#choose(3) };
    const awaits = this.#choose(2) === 0 ? null : given;
    return { kind: 'atomic', awaits, body: this.#some(4, () => [this.#inAtomic()]) };
  }

  #inAtomic(): Op {
    const touches = (): readonly Op[] => this.#some(2, () => [this.#touch()]);
    switch (this.#choose(4)) {
      case 0:
      case 1:
        return this.#touch();
      case 2: {
        const [cell, equals] = [this.#few(objectCounts.cell), this.#choose(3)];
        return { kind: 'if', cell, equals, then: touches(), else: touches() };
      }
      default: {
        const name = this.#of(['mutex_trylock', 'mutex_unlock', 'wake_up_all'] as const);
        if (name === 'wake_up_all') return call(name, 0);
        return call(name, this.#few(objectCounts.mutex), name === 'mutex_trylock' ? touches() : []);
      }
    }
  }

  /** Any primitive of a kind, in any order; what may fail runs a body if it does not. */
  #anyCall(of: CallKind, depth: number): Op {
    const name: CallName = this.#of<CallName>(callNames[of]);
    const mayFail = /trylock|try_wait|unless_zero|kref_put/.test(name);
    return call(name, this.#few(objectCounts[of]), mayFail ? this.#body(depth) : []);
  }

  #section(of: CallKind, depth: number): readonly Op[] {
    const [first, ...rest] = this.#of(sections[of]);
    const on = this.#few(objectCounts[of]);
    const last = rest.map((name) => call(name, on));
    const inside = [...last.slice(0, -1), ...this.#body(depth), ...last.slice(-1)];
    return /try|unless/.test(first) ? [call(first, on, inside)] : [call(first, on), ...inside];
  }

  #access(): Op {
    const pointer = this.#few(objectCounts.pointer);
    const kind = this.#of(['allocate', 'release', 'read-through', 'write-through'] as const);
    return kind === 'write-through' ? { kind, pointer, value: this.#choose(3) } : { kind, pointer };
  }

  /** From allocation to release, through a pointer that others see. */
  #lifetime(depth: number): readonly Op[] {
    const pointer = this.#few(objectCounts.pointer);
    const inside = this.#choose(2) === 0 ? this.#body(depth) : [this.#access()];
    return [{ kind: 'allocate', pointer }, ...inside, { kind: 'release', pointer }];
  }

  #listOp(): Op {
    const name = this.#of([
      ...(['list_add', 'list_add_tail', 'list_del', 'list_empty', 'list_first'] as const),
    ]);
    if (name === 'list_empty' || name === 'list_first') return { kind: 'list-ask', name };
    return { kind: 'list-change', name, item: this.#few(objectCounts.item) };
  }

  #membership(depth: number): readonly Op[] {
    const item = this.#few(objectCounts.item);
    const name = this.#of(['list_add', 'list_add_tail'] as const);
    return [
      { kind: 'list-change', name, item },
      ...this.#body(depth),
      { kind: 'list-change', name: 'list_del', item },
    ];
  }
}

/** A program of two or three threads about one kind of object; two in three are tidy. */
export function randomProgram(topic: Topic, choose: Choose): AbstractProgram {
  const generator = new Generator(topic, choose, choose(3) < 2);
  const readersOvertake = choose(2) === 1;
  const top = [9, 9, 2][choose(3)] ?? 9;
  const threads = Array.from({ length: 2 + choose(2) }, () => generator.thread());
  return { threads, top, readersOvertake };
}

/** Takes choices off a list, then the simplest ones for ever. */
export function fromTape(tape: readonly number[]): Choose {
  let next = 0;
  return (count) => (tape[next++] ?? 0) % count;
}
