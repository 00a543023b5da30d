// SPDX-License-Identifier: MIT
/**
 * A state under construction: one transition's reads and writes, with every access checked.
 *
 * Writes lie over the state that it began with; what is not written is read from there and nowhere
 * else. `actor` is the thread on whose behalf things happen, so that findings name it.
 */

import type { CellType, Program, ScalarType } from '../program/index.ts';
import type { Layout } from './layout.ts';
import type { Printer } from './print.ts';
import { RaisedFinding, RaisedLimit } from './raised.ts';
import type { SequencePlaces } from './sequence-places.ts';
import type { Frame, SlotStatus, State, ThreadState } from './state.ts';
import type { CellQuestion, StateView } from './state-view.ts';
import { heldBy } from './state-view.ts';
import type { CompoundValue, Value } from './values.ts';
import { freshCompound } from './values.ts';

/** What never changes while a program runs; shared by all drafts of one interpreter. */
export interface World {
  readonly program: Program;
  readonly layout: Layout;
  readonly printer: Printer;
  /** Addresses of all spinlock cells, for `might_sleep`. */
  readonly spinlocks: readonly number[];
  /** Addresses of all cells that can be held. */
  readonly locks: readonly number[];
  /** Addresses of all wait queues. */
  readonly waitQueues: readonly number[];
  /** The program has a sleep without a re-test, so wake-ups must be remembered; see wait-queue.ts. */
  readonly tracksMissedWakeups: boolean;
  /** Some cell is guarded by a lock, and accesses are checked for that. */
  readonly guarded: boolean;
  /** Null if the program has no sequence counter. */
  readonly sequences: SequencePlaces | null;
  /**
   * Left out where dead slots become free after each step, as usual. Else it tells whether nothing refers to a dead
   * slot of a state, and slots are looked through for such ones when a slot is needed.
   */
  readonly isForgotten?: (view: StateView, slot: number) => boolean;
}

/** What a transition writes. */
export interface Changes {
  readonly memory: ReadonlyMap<number, Value>;
  readonly slots: ReadonlyMap<number, SlotStatus>;
  readonly threads: ReadonlyMap<number, ThreadState>;
}

export class Draft implements StateView {
  readonly world: World;
  readonly base: StateView;
  actor: number;
  /** Addresses read or written so far, for reports. */
  readonly touched: Set<number> = new Set();
  /** Result of the actor's primitive or choice, for reports. */
  result: number | null = null;
  /** Told about every load and store of a plain cell by an instruction. */
  onAccess: ((address: number, write: boolean) => void) | null = null;
  /** Number of changes of cells and slots so far. */
  writes = 0;
  readonly #memory = new Map<number, Value>();
  readonly #slots = new Map<number, SlotStatus>();
  readonly #threads = new Map<number, ThreadState>();

  constructor(world: World, base: StateView, actor: number) {
    this.world = world;
    this.base = base;
    this.actor = actor;
  }

  /** What was written, by address, slot number and thread. */
  get changes(): Changes {
    return { memory: this.#memory, slots: this.#slots, threads: this.#threads };
  }

  // ------------------------------------------------------------- threads

  get threadCount(): number {
    return this.base.threadCount;
  }

  thread(index: number): ThreadState {
    return this.#threads.get(index) ?? this.base.thread(index);
  }

  isFinished(index: number): boolean {
    const changed = this.#threads.get(index);
    return changed === undefined ? this.base.isFinished(index) : changed.frames.length === 0;
  }

  /** Whether the thread's frames have changed. */
  hasMoved(index: number): boolean {
    const changed = this.#threads.get(index);
    return changed !== undefined && changed.frames !== this.base.thread(index).frames;
  }

  changeThread(index: number, change: Partial<ThreadState>): void {
    this.#threads.set(index, { ...this.thread(index), ...change });
  }

  frame(index: number): Frame | undefined {
    return this.thread(index).frames.at(-1);
  }

  /** Replaces the innermost frame. */
  changeFrame(index: number, change: Partial<Frame>): void {
    const { frames } = this.thread(index);
    const top = frames.at(-1);
    if (top === undefined) throw new Error(`thread ${index} has finished`);
    this.changeThread(index, { frames: [...frames.slice(0, -1), { ...top, ...change }] });
  }

  setLocal(index: number, slot: number, value: number): void {
    const frame = this.frame(index);
    const proc = this.world.program.procs[frame?.proc ?? -1];
    const local = proc?.locals[slot];
    if (frame === undefined || local === undefined) throw new Error(`no local ${slot}`);
    const checked = this.#fit(local.type, value, local.name);
    const locals = [...frame.locals];
    locals[slot] = checked;
    this.changeFrame(index, { locals });
  }

  /** The primitive at the thread's pc is over: it leaves its queue, takes the result and goes on. */
  complete(index: number, result: number): void {
    const frame = this.frame(index);
    const instruction = frame && this.world.program.procs[frame.proc]?.code[frame.pc];
    if (frame === undefined || instruction?.op !== 'primitive')
      throw new Error('nothing to complete');
    if (index === this.actor) this.result = result;
    this.changeThread(index, { queued: false, expired: false });
    if (instruction.to !== null) this.setLocal(index, instruction.to, result);
    this.changeFrame(index, { pc: frame.pc + 1 });
  }

  // ------------------------------------------------------------- memory

  cellType(address: number): CellType {
    const cell = this.world.layout.cells[address];
    if (cell === undefined) throw new Error(`no cell at address ${address}`);
    return cell.type;
  }

  cellName(address: number): string {
    return this.world.layout.cells[address]?.name ?? `address ${address}`;
  }

  /** Value of a cell that must exist: no checks. For bookkeeping that no instruction does. */
  cell(address: number): Value {
    return this.#memory.get(address) ?? this.base.cell(address);
  }

  ask(address: number, question: CellQuestion): boolean {
    const changed = this.#memory.get(address);
    return changed === undefined ? this.base.ask(address, question) : question.of(changed);
  }

  /** Changes a cell without checks; the counterpart of `cell`. */
  poke(address: number, value: Value): void {
    this.writes++;
    this.#memory.set(address, value);
  }

  /** A checked access: NULL and dead objects are findings. */
  access(address: number): Value {
    this.touched.add(address);
    if (address === 0) throw new RaisedFinding('null_dereference', null, 'an access through NULL');
    const slot = this.world.layout.cells[address]?.slot ?? null;
    if (slot !== null && this.slot(slot) !== 'live') {
      const name = this.world.layout.slots[slot]?.name ?? null;
      const cell = this.cellName(address);
      throw new RaisedFinding('use_after_free', name, `${cell} is accessed after ${name} is gone`);
    }
    return this.cell(address);
  }

  load(address: number): number {
    const value = this.access(address);
    this.onAccess?.(address, false);
    if (typeof value !== 'number') throw new Error(`${this.cellName(address)} is no plain cell`);
    return value;
  }

  store(address: number, value: number): void {
    this.access(address);
    this.onAccess?.(address, true);
    const type = this.cellType(address);
    if (type.kind === 'kref') {
      this.poke(address, value);
      return;
    }
    this.poke(address, this.#fit(type as ScalarType, value, this.cellName(address)));
  }

  /** A compound cell of the wanted kind, checked. */
  compound<Kind extends CompoundValue['kind']>(
    address: number,
    kind: Kind,
  ): Extract<CompoundValue, { kind: Kind }> {
    const value = this.access(address);
    if (typeof value === 'number' || value.kind !== kind) {
      throw new Error(`${this.cellName(address)} is no ${kind}`);
    }
    return value as Extract<CompoundValue, { kind: Kind }>;
  }

  /** Like `compound`, without checks: for asking who holds what. */
  peekCompound<Kind extends CompoundValue['kind']>(
    address: number,
    kind: Kind,
  ): Extract<CompoundValue, { kind: Kind }> | null {
    const value = this.cell(address);
    if (typeof value === 'number' || value.kind !== kind) return null;
    return value as Extract<CompoundValue, { kind: Kind }>;
  }

  #fit(type: ScalarType, value: number, name: string): number {
    const outside = (range: string): never => {
      const text = `${name} would become ${value}, outside ${range}`;
      throw new RaisedFinding('integer_out_of_range', name, text);
    };
    switch (type.kind) {
      case 'bool':
        return value === 0 ? 0 : 1;
      case 'int':
        return value < type.min || value > type.max ? outside(`${type.min}..${type.max}`) : value;
      case 'errno':
        return value < -4095 || value > 4095 ? outside('-4095..4095') : value;
      case 'enum': {
        const members = this.world.program.enums[type.enum]?.members.length ?? 0;
        return value < 0 || value >= members ? outside(`its ${members} members`) : value;
      }
      case 'ref':
      case 'ops':
      case 'pte':
      case 'seq':
        return value;
    }
  }

  // ------------------------------------------------------------- pool slots

  slot(number: number): SlotStatus {
    return this.#slots.get(number) ?? this.base.slot(number);
  }

  setSlot(slot: number, status: SlotStatus): void {
    this.writes++;
    this.#slots.set(slot, status);
  }

  /** Brings the lowest free slot of a pool to life and returns its address. */
  allocate(pool: number): number {
    const first = this.world.layout.pools[pool] ?? 0;
    const { capacity = 0, name = '' } = this.world.program.pools[pool] ?? {};
    for (let number = first; number < first + capacity; number++) {
      const slot = this.world.layout.slots[number];
      if (slot === undefined || !this.#isFree(number)) continue;
      this.setSlot(number, 'live');
      for (let i = 0; i < slot.size; i++)
        this.poke(slot.base + i, this.initialValue(slot.base + i));
      return slot.base;
    }
    const text = `all ${capacity} slots of ${name} are in use or still referred to`;
    throw new RaisedLimit('pool-exhausted', text);
  }

  #isFree(number: number): boolean {
    const status = this.slot(number);
    const { isForgotten } = this.world;
    if (status !== 'dead' || isForgotten === undefined) return status === 'free';
    return !this.#slots.has(number) && isForgotten(this.base, number);
  }

  initialValue(address: number): Value {
    const cell = this.world.layout.cells[address];
    if (cell === undefined) throw new Error(`no cell at address ${address}`);
    return initialValueOf(cell.type, cell.initial);
  }

  /** Ends the life of the slot that starts at `address`. It stays dead while anything refers to it. */
  release(address: number): void {
    this.touched.add(address);
    const number = this.world.layout.cells[address]?.slot ?? null;
    const slot = number === null ? undefined : this.world.layout.slots[number];
    if (number === null || slot?.base !== address) {
      const name = this.cellName(address);
      throw new RaisedFinding('double_free', name, `${name} is no allocated object`);
    }
    if (this.slot(number) !== 'live') {
      throw new RaisedFinding('double_free', slot.name, `${slot.name} is freed a second time`);
    }
    this.setSlot(number, 'dead');
  }

  /** Spinlock that the thread holds, or null: the reason why it must not sleep. */
  heldSpinlock(thread: number): number | null {
    const held = heldBy(thread);
    return this.world.spinlocks.find((address) => this.ask(address, held)) ?? null;
  }
}

/** The state with a draft's changes. Parts that did not change are shared. */
export function applyChanges(state: State, { memory, slots, threads }: Changes): State {
  return {
    memory: withChanges(state.memory, memory),
    slots: withChanges(state.slots, slots),
    threads: withChanges(state.threads, threads),
  };
}

function withChanges<T>(list: readonly T[], changes: ReadonlyMap<number, T>): readonly T[] {
  if (changes.size === 0) return list;
  const copy = [...list];
  for (const [index, item] of changes) copy[index] = item;
  return copy;
}

/** The value a cell of this type is created with. */
export function initialValueOf(type: CellType, initial: number): Value {
  switch (type.kind) {
    case 'int':
    case 'bool':
    case 'enum':
    case 'errno':
    case 'ref':
    case 'pte':
    case 'seq':
    case 'ops':
    case 'kref':
      return initial;
    case 'mutex':
    case 'rwsem':
    case 'spinlock':
    case 'wait_queue':
    case 'completion':
    case 'work':
    case 'workqueue':
    case 'list':
    case 'frames':
    case 'owed':
      return freshCompound(type.kind, initial);
  }
}
