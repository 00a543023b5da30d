// SPDX-License-Identifier: MIT
/**
 * Why a search is large: what its states differ in, and where its threads can be overtaken. For each variable and
 * each group of threads, how many states there would be if one did not look at it; for each line, how many transitions begin there
 * although another thread could go first.
 */

import { LearnedExploration } from '../engine/learned-exploration.ts';
import { createLayout } from '../interpreter/layout.ts';
import type { State } from '../interpreter/state.ts';
import type { Program, Span } from '../program/index.ts';
import { Fingerprints } from './fingerprints.ts';
import type { StateGraph } from './graph.ts';
import type { Progress, SearchOptions } from './search.ts';
import { taskOf } from './search-machine.ts';
import type { Sliced } from './sliced.ts';
import { isOwn } from './transition-code.ts';

/** Something that states may differ in. */
export interface SizePart {
  readonly kind: 'variable' | 'thread';
  /** `a` stands for all of `a[0]`, `a[1]`, ..., and so do threads. */
  readonly name: string;
  /** How many there are: cells or threads. */
  readonly members: number;
  /** Different values of all of it together. */
  readonly values: number;
  /** Different states if it is not looked at. */
  readonly statesWithout: number;
  /** The same if only its last member is not looked at. */
  readonly statesWithoutOne: number;
}

/** A line at which transitions begin. */
export interface SizeLine {
  readonly thread: string;
  readonly file: string;
  readonly line: number;
  /** States in which such a thread stands there. */
  readonly states: number;
  /** Transitions from there that another thread could have been before. */
  readonly contended: number;
}

/** What a {@link SizeStudy} has found out. Parts without which there are fewest states, and the most contended lines, come first. */
export interface SizeReport {
  readonly states: number;
  readonly transitions: number;
  /** Why not all states were looked at, or null if all were. */
  readonly why: string | null;
  readonly parts: readonly SizePart[];
  readonly lines: readonly SizeLine[];
}

interface Group {
  readonly kind: SizePart['kind'];
  readonly name: string;
  /** Fields of its members. */
  readonly members: readonly (readonly number[])[];
}

export class SizeStudy {
  readonly #exploration: LearnedExploration;
  readonly #program: Program;
  readonly #work: Sliced<SizeReport>;
  #report: SizeReport | null = null;

  /** @param options limits of the search, as of `createSearch` */
  constructor(program: Program, options: Pick<SearchOptions, 'maxStates' | 'maxBytes'> = {}) {
    this.#program = program;
    this.#exploration = new LearnedExploration(program, taskOf(program, options), {
      keepsGraph: true,
    });
    this.#work = this.#run();
  }

  get progress(): Progress {
    const { counts, frontier, bytes } = this.#exploration;
    return { ...counts, frontier, bytes };
  }

  /** Does up to so many units of work; the report once all is done. */
  advance(units: number): SizeReport | null {
    for (let done = 0; done < units && this.#report === null;) {
      const slice = this.#work.next();
      if (slice.done === true) this.#report = slice.value;
      else done += slice.value ?? 1;
    }
    return this.#report;
  }

  *#run(): Sliced<SizeReport> {
    yield* this.#exploration.run();
    const { graph, incomplete } = this.#exploration;
    const groups = groupsOf(this.#program);
    const fingerprints = new Fingerprints(groups.map(({ members }) => members));
    const lines = new Lines(this.#program);
    for (let state = 0; state < graph.states; state += 1) {
      yield;
      const now = this.#exploration.stateAt(state);
      fingerprints.add([...now.threads, ...now.memory, ...now.slots]);
      lines.add(now, graph, state);
    }
    const parts = groups.map(({ kind, name, members }, index): SizePart => {
      return { kind, name, members: members.length, ...fingerprints.counts(index) };
    });
    return {
      states: graph.states,
      transitions: graph.edges,
      why: incomplete,
      parts: parts
        .filter(({ values }) => values > 1)
        .toSorted((a, b) => a.statesWithout - b.statesWithout),
      lines: lines.list().toSorted((a, b) => b.contended - a.contended),
    };
  }
}

/** `writer` for `writer[3]`, `M.ptes` for `M.ptes[1]`, `node` for `node#2.next`. */
function groupName(name: string): string {
  return name.replace(/#.*$/, '').replaceAll(/\[\d+\]/g, '');
}

/** Fields are threads, then cells by address, then slots. */
function groupsOf(program: Program): readonly Group[] {
  const { cells, slots } = createLayout(program);
  const groups = new Map<string, { kind: SizePart['kind']; members: Map<string, number[]> }>();
  const add = (kind: SizePart['kind'], name: string, member: string, field: number): void => {
    const key = `${kind} ${name}`;
    const group = groups.get(key) ?? { kind, members: new Map<string, number[]>() };
    groups.set(key, group);
    group.members.set(member, [...(group.members.get(member) ?? []), field]);
  };
  const { threads } = program;
  for (const [field, { name }] of threads.entries()) add('thread', groupName(name), name, field);
  for (const [address, { name, object, slot }] of cells.entries()) {
    if (address === 0) continue;
    add('variable', groupName(name), slot === null ? name : object, threads.length + address);
  }
  for (const { name, number } of slots) {
    add('variable', groupName(name), name, threads.length + cells.length + number);
  }
  return [...groups].map(([key, { kind, members }]) => {
    return { kind, name: key.slice(kind.length + 1), members: [...members.values()] };
  });
}

/** Counts by line. */
class Lines {
  readonly #program: Program;
  readonly #lines = new Map<string, { line: SizeLine; states: number; contended: number }>();

  constructor(program: Program) {
    this.#program = program;
  }

  add(now: State, graph: StateGraph, state: number): void {
    const steps = this.#program.threads.map(() => 0);
    for (let edge = graph.firstEdge(state); edge < graph.endEdge(state); edge += 1) {
      const code = graph.code(edge);
      const thread = graph.codes.thread(code);
      if (isOwn(code)) steps[thread] = (steps[thread] ?? 0) + 1;
    }
    const movers = steps.filter((count) => count > 0).length;
    const standing = new Set<string>();
    for (const [thread, count] of steps.entries()) {
      const key = this.#enter(now, thread);
      const entry = key === null ? undefined : this.#lines.get(key);
      if (key === null || entry === undefined) continue;
      if (!standing.has(key)) entry.states += 1;
      standing.add(key);
      if (movers > 1) entry.contended += count;
    }
  }

  list(): SizeLine[] {
    return [...this.#lines.values()].map(({ line, states, contended }) => {
      return { ...line, states, contended };
    });
  }

  /** The key of the line where a thread stands; null if it has finished. */
  #enter(now: State, thread: number): string | null {
    const span = this.#spanOf(now, thread);
    if (span === null) return null;
    const name = groupName(this.#program.threads[thread]?.name ?? '');
    const key = `${name} ${span.file}:${span.line}`;
    if (!this.#lines.has(key)) {
      const file = this.#program.sources[span.file] ?? '';
      const line = { thread: name, file, line: span.line, states: 0, contended: 0 };
      this.#lines.set(key, { line, states: 0, contended: 0 });
    }
    return key;
  }

  #spanOf(now: State, thread: number): Span | null {
    const frame = now.threads[thread]?.frames.at(-1);
    if (frame === undefined) return null;
    return this.#program.procs[frame.proc]?.code[frame.pc]?.span ?? null;
  }
}
