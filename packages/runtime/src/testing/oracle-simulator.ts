// SPDX-License-Identifier: MIT
/**
 * A brute force over all interleavings of an abstract program, independent of the interpreter: own
 * states, own rules, plain recursion. Written from design section 5, not from the primitives.
 */

import { lockWays } from './oracle-locks.ts';
import type { AbstractProgram, Op, Outcome } from './oracle-program.ts';
import { krefLimits } from './oracle-program.ts';
import type { SimProgram, SimState, SimThread, Way } from './oracle-state.ts';
import { at, goTo, pass, toSimProgram } from './oracle-state.ts';
import { stuckFindings } from './oracle-stuck.ts';
import { waitEventWays, waitWays } from './oracle-waits.ts';

type Apply = Way['apply'];

function me(state: SimState, thread: number): SimThread {
  return at(state.threads, thread);
}

function read(state: SimState, thread: number, cell: number): number {
  me(state, thread).missed = false;
  return at(state.cells, cell);
}

function write(program: SimProgram, state: SimState, cell: number, value: number): string | null {
  if (value < 0 || value > program.top) return 'integer_out_of_range';
  state.cells[cell] = value;
  return null;
}

function cellWay(program: SimProgram, thread: number, phase: number, op: Op): Apply | undefined {
  switch (op.kind) {
    case 'load':
      return (next) => pass(me(next, thread), read(next, thread, op.cell));
    case 'store':
      return (next) => {
        const value = op.value === 'register' ? me(next, thread).register : op.value;
        return write(program, next, op.cell, value) ?? pass(me(next, thread));
      };
    case 'increment':
      return (next) => {
        const self = me(next, thread);
        if (phase === 1) return write(program, next, op.cell, self.scratch + 1) ?? pass(self);
        self.scratch = read(next, thread, op.cell);
        return goTo(self, 1);
      };
    case 'assert':
      return (next) =>
        read(next, thread, op.cell) === op.equals ? pass(me(next, thread)) : 'assertion';
    case 'if':
      return (next) => {
        const branch = read(next, thread, op.cell) === op.equals ? op.then : op.else;
        return enter(program, next, thread, branch);
      };
    default:
      return undefined;
  }
}

/** Leaves the operation for those of one of its branches. */
function enter(program: SimProgram, next: SimState, thread: number, branch: readonly Op[]): null {
  const self = me(next, thread);
  pass(self);
  const numbers = program.inside.get(branch) ?? [];
  self.todo.unshift(...numbers.map((op): [number, number] => [op, 0]));
  return null;
}

/** First the load of the pointer, then the access itself. */
function heapWay(thread: number, phase: number, op: Op): Apply | undefined {
  switch (op.kind) {
    case 'allocate':
      return (next) => {
        const self = me(next, thread);
        if (phase === 0) {
          self.scratch = next.heap.push({ alive: true, value: 0 });
          return goTo(self, 1);
        }
        next.pointers[op.pointer] = self.scratch;
        return pass(self);
      };
    case 'release':
    case 'read-through':
    case 'write-through':
      return (next) => {
        const self = me(next, thread);
        if (phase === 1) return through(next, thread, op);
        self.missed = false;
        self.scratch = at(next.pointers, op.pointer);
        return goTo(self, 1);
      };
    default:
      return undefined;
  }
}

function through(
  next: SimState,
  thread: number,
  op: Extract<Op, { kind: 'release' | 'read-through' | 'write-through' }>,
): string | null {
  const self = me(next, thread);
  const target = next.heap[self.scratch - 1];
  if (op.kind === 'release') {
    if (target === undefined) return pass(self);
    if (!target.alive) return 'double_free';
    target.alive = false;
    return pass(self);
  }
  if (target === undefined) return 'null_dereference';
  if (!target.alive) return 'use_after_free';
  if (op.kind === 'read-through') {
    self.missed = false;
    return pass(self, target.value);
  }
  target.value = op.value;
  return pass(self);
}

function listWay(thread: number, op: Op): Apply | undefined {
  switch (op.kind) {
    case 'list-change':
      return (next) => {
        const inside = next.list.includes(op.item);
        if (inside !== (op.name === 'list_del')) return 'list_corruption';
        if (op.name === 'list_add') next.list.unshift(op.item);
        if (op.name === 'list_add_tail') next.list.push(op.item);
        if (op.name === 'list_del') next.list = next.list.filter((item) => item !== op.item);
        return pass(me(next, thread));
      };
    case 'list-ask':
      return (next) => {
        const first = next.list[0];
        me(next, thread).missed = false;
        const answer = op.name === 'list_first' ? first === 0 : first === undefined;
        return pass(me(next, thread), answer ? 1 : 0);
      };
    default:
      return undefined;
  }
}

function krefWay(thread: number, op: Extract<Op, { kind: 'call' }>): Apply | undefined {
  const set = (next: SimState, count: number, result?: number): string | null => {
    if (count > krefLimits.max) return 'refcount_overflow';
    if (count < 0) return 'refcount_underflow';
    next.krefs[op.on] = count;
    return pass(me(next, thread), result);
  };
  const count = (next: SimState): number => at(next.krefs, op.on);
  switch (op.name) {
    case 'kref_get':
      return (next) => (count(next) === 0 ? 'use_after_free' : set(next, count(next) + 1));
    case 'kref_put':
      return (next) => set(next, count(next) - 1, count(next) === 1 ? 1 : 0);
    case 'kref_get_unless_zero':
      return (next) =>
        count(next) === 0 ? pass(me(next, thread), 0) : set(next, count(next) + 1, 1);
    case 'kref_read':
      return (next) => pass(me(next, thread), count(next));
    default:
      return undefined;
  }
}

/** Calls by which a thread looks at something that others change. */
const TESTS = /trylock|is_locked|try_wait|_done|kref_put|kref_read|unless_zero/;

/** A primitive's ways, with the body run after it if it returned true. */
function callWays(
  program: SimProgram,
  state: SimState,
  thread: number,
  phase: number,
  op: Extract<Op, { kind: 'call' }>,
): Way[] {
  const kref = krefWay(thread, op);
  const applies = kref === undefined ? undefined : [kref];
  const given = applies ?? lockWays(op.name, { program, state, thread, on: op.on, phase });
  const tests = TESTS.test(op.name);
  const ways =
    given?.map((apply): Way => ({ thread, timeout: false, apply })) ??
    waitWays(op.name, state, thread, op.on, phase) ??
    [];
  if (op.then.length === 0 && !tests) return ways;
  const left = me(state, thread).todo.length;
  return ways.map((way) => ({
    ...way,
    apply: (next) => {
      const found = way.apply(next);
      const self = me(next, thread);
      if (tests) self.missed = false;
      if (op.then.length === 0) return found;
      if (found !== null || self.todo.length === left || self.register !== 1) return found;
      self.todo.unshift(at(state.threads, thread).todo[0] ?? [0, 0]);
      return enter(program, next, thread, op.then);
    },
  }));
}

function chooseWays(thread: number, upTo: number): Way[] {
  return Array.from({ length: upTo + 1 }, (_, value) => ({
    thread,
    timeout: false,
    apply: (next) => pass(me(next, thread), value),
  }));
}

/** Takes the steps of the body one after the other, with nobody in between. */
function atomicWays(
  program: SimProgram,
  state: SimState,
  thread: number,
  { awaits, body }: Extract<Op, { kind: 'atomic' }>,
): Way[] {
  if (awaits !== null && at(state.cells, awaits.cell) !== awaits.equals) return [];
  const apply: Apply = (next) => {
    const self = me(next, thread);
    if (awaits !== null) self.missed = false;
    const left = self.todo.length - 1;
    enter(program, next, thread, body);
    while (self.todo.length > left) {
      const before = JSON.parse(JSON.stringify(next)) as SimState;
      const [way, ...others] = threadWays(program, before, thread);
      if (way === undefined || others.length > 0) throw new Error('no atomic operation');
      const found = way.apply(next);
      if (found !== null) return found;
    }
    return null;
  };
  return [{ thread, timeout: false, apply }];
}

function threadWays(program: SimProgram, state: SimState, thread: number): Way[] {
  const [todo] = me(state, thread).todo;
  if (todo === undefined) return [];
  const op = at(program.ops, todo[0]);
  if (op.kind === 'call') return callWays(program, state, thread, todo[1], op);
  if (op.kind === 'choose') return chooseWays(thread, op.upTo);
  if (op.kind === 'atomic') return atomicWays(program, state, thread, op);
  if (op.kind === 'wait-event') return waitEventWays(state, thread, todo[1], op);
  const apply =
    cellWay(program, thread, todo[1], op) ?? heapWay(thread, todo[1], op) ?? listWay(thread, op);
  return apply === undefined ? [] : [{ thread, timeout: false, apply }];
}

/** A thread that has come to its end must hold nothing. */
function judgeExits(state: SimState): string | null {
  const held = [
    ...state.mutexes.map(({ owner }) => owner),
    ...state.rwsems.flatMap(({ writer, readers }) => [writer, ...readers]),
    ...state.spinlocks.map(({ owner }) => owner),
  ];
  const gone = held.some((thread) => thread !== null && me(state, thread).todo.length === 0);
  return gone ? 'lock_held_at_exit' : null;
}

/**
 * Objects that nothing leads to. The number in an object counts the pointers to it, so it may not be
 * more than those are; and nobody but `krefLimits.held` others holds a kref.
 */
function leaks(state: SimState): boolean {
  const pointersTo = (object: number): number =>
    state.pointers.filter((pointer) => pointer === object + 1).length;
  const lost = state.heap.some(({ alive, value }, i) => {
    return alive && (pointersTo(i) === 0 || value > pointersTo(i));
  });
  return lost || state.krefs.some((count) => count > krefLimits.held);
}

/** Memory of a final state: cells, kref counts, list length, then which pointers are NULL, and equal. */
function memoryText(state: SimState): string {
  const [p = 0, q = 0] = state.pointers;
  const pointers = [p === 0, q === 0, p === q].map(Number);
  return [...state.cells, ...state.krefs, state.list.length, ...pointers].join(' ');
}

class Enumeration {
  readonly findings = new Set<string>();
  readonly finals = new Set<string>();
  readonly #program: SimProgram;
  /** Complete schedules from a state on, by the whole state as text: the same recursion, not repeated. */
  readonly #counted = new Map<string, number>();
  readonly #stateLimit: number;

  constructor(program: SimProgram, stateLimit: number) {
    this.#program = program;
    this.#stateLimit = stateLimit;
  }

  count(text: string): number {
    const known = this.#counted.get(text);
    if (known !== undefined) return known;
    if (this.#counted.size > this.#stateLimit) return Number.NaN;
    const state = JSON.parse(text) as SimState;
    const threads = state.threads.map((_, thread) => thread);
    const ways = threads.flatMap((thread) => threadWays(this.#program, state, thread));
    const count = this.#ends(state, ways) ? 1 : this.#countBehind(text, ways);
    this.#counted.set(text, count);
    return count;
  }

  #countBehind(text: string, ways: readonly Way[]): number {
    let sum = 0;
    for (const way of ways) {
      const next = JSON.parse(text) as SimState;
      const found = way.apply(next) ?? judgeExits(next);
      if (found === null) sum += this.count(JSON.stringify(next));
      else {
        this.findings.add(found);
        sum++;
      }
    }
    return sum;
  }

  /** Notes what an end state shows; false if the state has a way on. */
  #ends(state: SimState, ways: readonly Way[]): boolean {
    if (ways.some(({ timeout }) => !timeout)) return false;
    if (ways.length > 0) {
      this.findings.add('stalled_until_timeout');
      return false;
    }
    const names = stuckFindings(this.#program, state);
    for (const name of names) this.findings.add(name);
    if (names.length > 0) return true;
    if (leaks(state)) this.findings.add('leak');
    this.finals.add(memoryText(state));
    return true;
  }
}

/** Runs every interleaving; undefined if there are more than `stateLimit` states. */
export function simulate(program: AbstractProgram, stateLimit: number): Outcome | undefined {
  const sim = toSimProgram(program);
  const run = new Enumeration(sim, stateLimit);
  const schedules = run.count(JSON.stringify(sim.initial));
  if (Number.isNaN(schedules)) return undefined;
  return {
    schedules,
    findings: [...run.findings].toSorted(),
    finals: [...run.finals].toSorted(),
  };
}
