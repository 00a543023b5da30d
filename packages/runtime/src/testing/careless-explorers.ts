// SPDX-License-Identifier: MIT
/**
 * Small explorers of threads that access numbered cells, each with a mistake that combining two good methods invites, to be
 * switched on. For tests that keep the programs which show these mistakes; nothing else uses them.
 */

/** One step: a cell that is read into the thread's register, counted up, or toggled between 0 and 1. */
export interface CellOp {
  readonly kind: 'read' | 'count' | 'toggle';
  readonly cell: string;
}

export interface CellProgram {
  readonly threads: readonly (readonly CellOp[])[];
  /** Threads that begin again at their end. */
  readonly forever: readonly number[];
}

interface CellState {
  readonly at: readonly number[];
  /** By thread: what it read, in order. */
  readonly read: readonly (readonly number[])[];
  readonly cells: Readonly<Record<string, number>>;
}

const keyOf = (state: CellState): string => JSON.stringify(state);

const areDependent = (a: CellOp, b: CellOp): boolean =>
  a.cell === b.cell && (a.kind !== 'read' || b.kind !== 'read');

class Cells {
  readonly #program: CellProgram;

  constructor(program: CellProgram) {
    this.#program = program;
  }

  get start(): CellState {
    const { threads } = this.#program;
    const cells = Object.fromEntries(threads.flat().map(({ cell }) => [cell, 0]));
    return { at: threads.map(() => 0), read: threads.map(() => []), cells };
  }

  next({ at }: CellState, thread: number): CellOp | undefined {
    return this.#program.threads[thread]?.[at[thread] ?? 0];
  }

  enabled(state: CellState): number[] {
    return [...state.at.keys()].filter((thread) => this.next(state, thread) !== undefined);
  }

  take(state: CellState, thread: number): CellState {
    const op = this.next(state, thread);
    if (op === undefined) throw new Error('a thread that has ended');
    const value = state.cells[op.cell] ?? 0;
    const to = { read: value, count: value + 1, toggle: 1 - value }[op.kind];
    const place = (state.at[thread] ?? 0) + 1;
    const begins = this.#program.forever.includes(thread) && place === this.length(thread);
    return {
      at: state.at.with(thread, begins ? 0 : place),
      read:
        op.kind === 'read'
          ? state.read.with(thread, [...(state.read[thread] ?? []), value])
          : state.read,
      cells: { ...state.cells, [op.cell]: to },
    };
  }

  length(thread: number): number {
    return this.#program.threads[thread]?.length ?? 0;
  }

  /** All that a thread may still do. */
  rest({ at }: CellState, thread: number): readonly CellOp[] {
    const ops = this.#program.threads[thread] ?? [];
    return this.#program.forever.includes(thread) ? ops : ops.slice(at[thread] ?? 0);
  }
}

/** Final states of all schedules with so many preemptions, of which there must be an end. */
export function allFinals(program: CellProgram, preemptions?: number): ReadonlySet<string> {
  return withSleepSets(program, preemptions ?? Infinity, false);
}

/**
 * Classic dynamic partial-order reduction (Flanagan and Godefroid, POPL 2005): final states that it finds.
 *
 * @param keepsStates careless: does not go on from a state that it was in, and so never sees the races behind it
 */
export function dynamicReduction(program: CellProgram, keepsStates: boolean): ReadonlySet<string> {
  const cells = new Cells(program);
  const finals = new Set<string>();
  const visited = new Set<string>();
  const stack: { readonly state: CellState; readonly planned: Set<number>; thread: number }[] = [];
  const plan = (state: CellState): void => {
    for (const thread of cells.enabled(state)) {
      const op = cells.next(state, thread);
      const race = stack.findLast((entry) => {
        const before = cells.next(entry.state, entry.thread);
        return entry.thread !== thread && before && op && areDependent(before, op);
      });
      race?.planned.add(thread);
    }
  };
  const visit = (state: CellState): void => {
    plan(state);
    if (keepsStates && visited.has(keyOf(state))) return;
    visited.add(keyOf(state));
    const [first] = cells.enabled(state);
    if (first === undefined) finals.add(keyOf(state));
    const planned = new Set<number>(first === undefined ? [] : [first]);
    const entry = { state, planned, thread: -1 };
    stack.push(entry);
    // What is planned meanwhile is visited too.
    for (const thread of entry.planned) {
      entry.thread = thread;
      visit(cells.take(state, thread));
    }
    stack.pop();
  };
  visit(cells.start);
  return finals;
}

/**
 * Final states of all schedules with so many preemptions.
 *
 * @param sleeps careless with a bound: leaves out schedules that are equivalent to others, which may cost more preemptions
 */
export function withSleepSets(
  program: CellProgram,
  preemptions: number,
  sleeps: boolean,
): ReadonlySet<string> {
  const cells = new Cells(program);
  const finals = new Set<string>();
  const visit = (
    state: CellState,
    running: number,
    left: number,
    asleep: readonly number[],
  ): void => {
    const enabled = cells.enabled(state);
    if (enabled.length === 0) finals.add(keyOf(state));
    const explored = [...asleep];
    for (const thread of enabled) {
      const cost = running !== thread && enabled.includes(running) ? 1 : 0;
      if (cost > left || explored.includes(thread)) continue;
      const op = cells.next(state, thread);
      const stillAsleep = explored.filter((other) => {
        const its = cells.next(state, other);
        return other !== thread && op && its && !areDependent(op, its);
      });
      visit(cells.take(state, thread), thread, left - cost, sleeps ? stillAsleep : []);
      if (sleeps) explored.push(thread);
    }
  };
  visit(cells.start, -1, preemptions, []);
  return finals;
}

/**
 * Cells that some step has changed in a search of states which takes one thread alone where nothing that the others may ever do
 * depends on its step.
 *
 * @param ignores careless: does so also where that leads back to a known state, and the others may never be looked at
 */
export function oneThreadAlone(program: CellProgram, ignores: boolean): ReadonlySet<string> {
  const cells = new Cells(program);
  const changed = new Set<string>();
  const known = new Set([keyOf(cells.start)]);
  const open = [cells.start];
  for (const state of open) {
    const enabled = cells.enabled(state);
    const alone = enabled.find((thread) => {
      const op = cells.next(state, thread);
      const meets = enabled.some(
        (other) =>
          other !== thread && cells.rest(state, other).some((its) => op && areDependent(op, its)),
      );
      const leadsBack = known.has(keyOf(cells.take(state, thread)));
      return !meets && (ignores || !leadsBack);
    });
    for (const thread of alone === undefined ? enabled : [alone]) {
      const op = cells.next(state, thread);
      const next = cells.take(state, thread);
      if (op !== undefined && op.kind !== 'read') changed.add(op.cell);
      if (known.has(keyOf(next))) continue;
      known.add(keyOf(next));
      open.push(next);
    }
  }
  return changed;
}
