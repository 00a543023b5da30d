// SPDX-License-Identifier: MIT
/** A state in words, for people who step through a schedule: what every cell holds, where each thread stands. */

import type { World } from '../interpreter/draft.ts';
import { createContext, interpreterIn } from '../interpreter/interpreter.ts';
import { placeOf } from '../interpreter/occurrence.ts';
import type { Frame, State } from '../interpreter/state.ts';
import type { LivenessTable } from '../interpreter/settle.ts';
import type { Program, ScheduleText, Span } from '../program/index.ts';
import { decodeSchedule } from './codec.ts';

/** A name and what it stands for, as the program prints it. */
export interface Named {
  readonly name: string;
  readonly value: string;
}

/** One activation of a proc, with the locals that may still be read. */
export interface SnapshotFrame {
  readonly proc: string;
  readonly locals: readonly Named[];
}

/** Where a thread stands. */
export interface SnapshotThread {
  readonly thread: string;
  /** Outermost first; empty once it has finished. */
  readonly frames: readonly SnapshotFrame[];
  /** Where it goes on. */
  readonly span: Span;
  /** It has joined a queue and waits. */
  readonly queued: boolean;
}

/** A state in words. Cells of objects that are not alive are left out. */
export interface Snapshot {
  readonly cells: readonly Named[];
  readonly threads: readonly SnapshotThread[];
}

/**
 * The state after the first `count` transitions of a schedule.
 *
 * @returns null if there is none: the schedule is none of this program, or ended before, with a finding
 */
export function snapshot(program: Program, text: ScheduleText, count: number): Snapshot | null {
  const decoded = decodeSchedule(program, text);
  if (decoded.kind === 'error') return null;
  const reached = new Set<number>();
  const context = createContext(program, reached);
  const machine = interpreterIn(context, reached);
  let at = machine.initial();
  for (const transition of decoded.schedule.slice(0, count)) {
    if (at.kind !== 'state') return null;
    at = machine.step(at.state, transition);
  }
  return at.kind === 'state' ? snapshotOf(context.world, context.liveness, at.state) : null;
}

function snapshotOf(world: World, liveness: LivenessTable, state: State): Snapshot {
  const { program, layout, printer } = world;
  return {
    cells: layout.cells.flatMap(({ name, type, slot }, address) => {
      const value = state.memory[address];
      const isAlive = slot === null || state.slots[slot] === 'live';
      if (address === 0 || value === undefined || !isAlive) return [];
      return [{ name, value: printer.value(type, value) }];
    }),
    threads: state.threads.map((thread, index) => ({
      thread: program.threads[index]?.name ?? '?',
      frames: thread.frames.map((frame) => frameOf(world, liveness, frame)),
      span: placeOf(world, index, thread),
      queued: thread.queued,
    })),
  };
}

function frameOf(
  { program, printer }: World,
  liveness: LivenessTable,
  frame: Frame,
): SnapshotFrame {
  const proc = program.procs[frame.proc];
  const live = liveness[frame.proc]?.[frame.pc];
  const locals = (proc?.locals ?? []).flatMap(({ name, type }, slot) => {
    const value = frame.locals[slot];
    const isNamed = !name.startsWith('%');
    if (value === undefined || !isNamed || live?.has(slot) !== true) return [];
    return [{ name, value: printer.scalar(type, value) }];
  });
  return { proc: proc?.name ?? '?', locals };
}
